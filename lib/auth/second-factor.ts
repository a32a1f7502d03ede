import "server-only";
import { renderSVG } from "uqr";
import { findRecipient } from "@/lib/accounts/service";
import type { Whence } from "@/lib/audit/schema";
import { appendAudit, recordAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { countUp, forget, waitMs } from "@/lib/http/rate";
import { queueMail } from "@/lib/mail/service";
import { keyedHash, keyedHashes, seal, unseal } from "@/lib/seal";
import { type Tx, transaction } from "@/lib/transaction";
import { canonicalRecoveryCode, newRecoveryCode, recoveryCodeCount } from "./recovery-code";
import type { SecondFactorSetup } from "./schema";
import {
  confirmSecret,
  countRecoveryCodes,
  deleteSecondFactor,
  findSecondFactor,
  lockSecondFactor,
  putUnconfirmed,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from "./second-factor-repo";
import { newTotpSecret, stepOfCode, totpUri } from "./totp";

/**
 * Wrong codes an account may get. Three codes are right at a time, so guessing succeeds with 60 in
 * a million each day.
 */
const limits = [
  { name: "secondFactor", rate: { limit: 5, windowMs: 15 * 60_000 } },
  { name: "secondFactorDay", rate: { limit: 20, windowMs: 24 * 3_600_000 } },
];
const forgiven = { name: "secondFactorForgiven", rate: { limit: 1, windowMs: 24 * 3_600_000 } };
/** Whoever tries on and on must not fill the owner's mailbox. */
const told = { name: "secondFactorTold", rate: { limit: 1, windowMs: 24 * 3_600_000 } };

/** How long a secret waits for its first code, in ms. */
const setupLifeMs = 3_600_000;

/** Where the secret lies, so that moved to another account it doesn't open. */
const place = (userId: string) => `totp:${userId}`;

const codeText = (userId: string, code: string) => `${userId}:${canonicalRecoveryCode(code)}`;

export async function isSecondFactorOn(userId: string): Promise<boolean> {
  return Boolean((await findSecondFactor(userId))?.confirmedAt);
}

export function recoveryCodesLeft(userId: string): Promise<number> {
  return countRecoveryCodes(userId);
}

/**
 * A new secret; nothing asks for it until `confirmSecondFactor`. `label` is what the app shows.
 * @throws {AppError} `second_factor_on`
 */
export async function beginSecondFactor(options: {
  userId: string;
  label: string;
  nowMs?: number;
}): Promise<SecondFactorSetup> {
  const { userId, label, nowMs = Date.now() } = options;
  const now = new Date(nowMs);
  const secret = newTotpSecret();
  const sealedSecret = seal(secret, place(userId));
  const put = await transaction((tx) => putUnconfirmed(tx, { userId, sealedSecret, now }));
  if (!put) throw new AppError("second_factor_on");
  const uri = totpUri({ secret, label });
  return { secret, uri, qrSvg: qrPicture(uri) };
}

/**
 * Dark on white whatever the page's colours are, with the four modules of quiet around it that the
 * standard asks for (ISO/IEC 18004): cameras find it in the dark theme too.
 */
function qrPicture(text: string): string {
  const svg = renderSVG(text, { ecc: "M", border: 4, whiteColor: "#fff", blackColor: "#000" });
  return svg.replace("<svg ", '<svg role="img" aria-label="QR" shape-rendering="crispEdges" ');
}

/** Whose second factor changes, and from where. */
interface Changing {
  userId: string;
  from?: Whence | undefined;
}

/**
 * Turns the second factor on, once the app has shown a right code for the secret.
 * @returns the recovery codes, which exist nowhere else
 * @throws {AppError} `second_factor_on`, `second_factor_rejected`; `conflict` when nothing was
 * begun within the last hour or another tab has begun anew
 */
export async function confirmSecondFactor(
  options: Changing & { code: string; nowMs?: number },
): Promise<{ recoveryCodes: string[] }> {
  const { userId, from, code, nowMs = Date.now() } = options;
  const factor = await findSecondFactor(userId);
  if (factor?.confirmedAt) throw new AppError("second_factor_on");
  if (!factor || nowMs - factor.createdAt.getTime() > setupLifeMs) throw new AppError("conflict");
  const { sealedSecret } = factor;
  const step = stepOfCode({ secret: openSecret(userId, sealedSecret), code: typed(code), nowMs });
  if (step === undefined) throw new AppError("second_factor_rejected");
  return transaction(async (tx) => {
    const now = new Date(nowMs);
    const confirmed = await confirmSecret(tx, { userId, sealedSecret, step, now });
    if (!confirmed) throw new AppError("conflict");
    const recoveryCodes = await newRecoveryCodes(tx, userId);
    const recipient = await findRecipient(userId, tx);
    if (recipient) await queueMail(tx, { ...recipient, kind: "second-factor-on", values: {} });
    note(tx, { userId, from }, { name: "authn_factor_added", detail: { factor: "totp" } });
    return { recoveryCodes };
  });
}

/**
 * Checks a code of the app or a recovery code and uses it up: of two tries with one code, also at
 * the same moment, one succeeds.
 * @throws {AppError} `second_factor_rejected`; `rate_limited` after five wrong codes, or twenty in
 * a day, whatever the next one is
 */
export async function checkSecondFactor(options: {
  userId: string;
  code: string;
  from?: Whence;
  nowMs?: number;
}): Promise<"totp" | "recovery"> {
  const { userId, from, nowMs = Date.now() } = options;
  const code = typed(options.code);
  // Counted before it is checked, else guesses at the same moment would all be the first one.
  await countTry(userId, from);
  const isTotp = /^\d{6}$/.test(code);
  const taken = await (isTotp
    ? takeTotp(userId, code, nowMs)
    : takeRecovery({ userId, code, from, nowMs }));
  if (!taken) {
    await noteFailure(userId, from, isTotp ? "totp" : "recovery");
    throw new AppError("second_factor_rejected");
  }
  await forgetWrongCodes(userId);
  return isTotp ? "totp" : "recovery";
}

/**
 * Whoever tried may have lost what got them this far, so that the owner needn't wait: after a reset
 * of the password counting begins anew. Once a day, or a mailbox in strange hands could go on
 * guessing by resetting.
 */
export async function forgiveWrongCodes(userId: string): Promise<void> {
  if ((await countUp({ ...forgiven, who: userId })) > forgiven.rate.limit) return;
  await forgetWrongCodes(userId);
}

async function forgetWrongCodes(userId: string): Promise<void> {
  for (const limit of limits) await forget({ ...limit, who: userId });
}

async function countTry(userId: string, from: Whence | undefined): Promise<void> {
  for (const limit of limits) {
    const tries = { ...limit, who: userId };
    const count = await countUp(tries);
    if (count <= tries.rate.limit) continue;
    const retryAfterMs = await waitMs(tries);
    if (count === tries.rate.limit + 1) {
      await noteFailure(userId, from, "limit");
      await tellLocked(userId, retryAfterMs);
    }
    throw new AppError("rate_limited", { retryAfterMs });
  }
}

function noteFailure(userId: string, from: Whence | undefined, reason: string): Promise<void> {
  return recordAudit({
    name: "authn_factor_failed",
    level: "warn",
    subjectId: userId,
    ...from,
    detail: { reason },
  });
}

/** Wrong codes come after a right first factor: the owner should know, above all if it wasn't them. */
async function tellLocked(userId: string, forMs: number): Promise<void> {
  if ((await countUp({ ...told, who: userId })) > told.rate.limit) return;
  const recipient = await findRecipient(userId);
  if (!recipient) return;
  const values = { until: new Date(Date.now() + forMs).toISOString() };
  await transaction((tx) => queueMail(tx, { ...recipient, kind: "second-factor-locked", values }));
}

async function takeTotp(userId: string, code: string, nowMs: number): Promise<boolean> {
  const factor = await findSecondFactor(userId);
  if (!factor?.confirmedAt) return false;
  const secret = openSecret(userId, factor.sealedSecret);
  const step = stepOfCode({ secret, code, nowMs });
  return step !== undefined && takeStep(userId, step);
}

function takeRecovery(options: {
  userId: string;
  code: string;
  from: Whence | undefined;
  nowMs: number;
}): Promise<boolean> {
  const { userId, code, from, nowMs } = options;
  const hashes = keyedHashes("tokens", codeText(userId, code));
  return transaction(async (tx) => {
    if (!(await takeRecoveryCode(tx, { userId, hashes, now: new Date(nowMs) }))) return false;
    const left = await countRecoveryCodes(userId, tx);
    const recipient = await findRecipient(userId, tx);
    const kind = "recovery-code-used";
    if (recipient) await queueMail(tx, { ...recipient, kind, values: { left } });
    note(tx, { userId, from }, { name: "authn_recovery_code_used", detail: { left } });
    return true;
  });
}

/** Turns it off and forgets the recovery codes; does nothing where it is off. */
export async function removeSecondFactor({ userId, from }: Changing): Promise<void> {
  await transaction(async (tx) => {
    const wasOn = await lockSecondFactor(tx, userId);
    await deleteSecondFactor(tx, userId);
    if (!wasOn) return;
    const recipient = await findRecipient(userId, tx);
    if (recipient) await queueMail(tx, { ...recipient, kind: "second-factor-off", values: {} });
    note(tx, { userId, from }, { name: "authn_factor_removed", detail: { factor: "totp" } });
  });
}

/**
 * New recovery codes; the old ones, used or not, are worth nothing any more, and the owner is told.
 * @throws {AppError} `conflict` where the second factor is off
 */
export async function renewRecoveryCodes({
  userId,
  from,
}: Changing): Promise<{ recoveryCodes: string[] }> {
  return transaction(async (tx) => {
    if (!(await lockSecondFactor(tx, userId))) throw new AppError("conflict");
    const recoveryCodes = await newRecoveryCodes(tx, userId);
    const recipient = await findRecipient(userId, tx);
    const kind = "recovery-codes-renewed";
    if (recipient) await queueMail(tx, { ...recipient, kind, values: {} });
    note(tx, { userId, from }, { name: "authn_factor_added", detail: { factor: "recovery" } });
    return { recoveryCodes };
  });
}

async function newRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = new Set<string>();
  while (codes.size < recoveryCodeCount) codes.add(newRecoveryCode());
  const hashes = [...codes].map((code) => keyedHash("tokens", codeText(userId, code)));
  await replaceRecoveryCodes(tx, userId, hashes);
  return [...codes];
}

/** @throws {AppError} `internal` when the secret doesn't open: AUTH_SECRET was lost or the row moved */
function openSecret(userId: string, sealedSecret: string): string {
  const secret = unseal(sealedSecret, place(userId));
  if (!secret) throw new AppError("internal", { detail: "a TOTP secret can't be unsealed" });
  return secret;
}

const typed = (code: string) => code.replace(/[\s-]/g, "");

function note(
  tx: Tx,
  { userId, from }: Changing,
  entry: {
    name: "authn_factor_added" | "authn_factor_removed" | "authn_recovery_code_used";
    detail: Record<string, string | number>;
  },
): void {
  appendAudit(tx, { ...entry, actorId: userId, subjectId: userId, ...from });
}
