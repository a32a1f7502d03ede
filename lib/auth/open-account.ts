import "server-only";
import { cancelDeletion } from "@/lib/accounts/deletion";
import { assertPasswordStill, findRecipient } from "@/lib/accounts/service";
import type { DetectionFinding } from "@/lib/audit/detection";
import { appendAudit } from "@/lib/audit/service";
import { watchLogInSuccess } from "@/lib/audit/watch";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { devicesOf, noteDevice } from "./devices";
import { forgetFailures } from "./lockout";
import { type SessionTokens, startSession, tokensOf } from "./sessions";

/** Who gets in, where, and how they proved who they are. */
export interface Opening {
  userId: string;
  caller: Caller;
  kind: "browser" | "api";
  remember: boolean;
  /** How the person proved who they are (RFC 8176): pwd, otp, or a provider's name. */
  methods: readonly string[];
  /** The hash that a password was right for: of a password changed meanwhile nothing comes. */
  passwordHash?: string | null;
  /** Taken in the same transaction, e.g. the challenge that a code has answered. */
  taking?: (tx: Tx) => Promise<unknown>;
}

/**
 * Opens the account for somebody who has proved who they are: a new sign-in, and whatever a log-in
 * from here means. One that came after many failures, or from a new device in a new place, is told
 * to the owner and has to prove itself again before anything sensitive.
 */
export async function openAccount(opening: Opening): Promise<SessionTokens> {
  const { userId, caller } = opening;
  const nowMs = Date.now();
  const { known, isKnown, hash } = await devicesOf(userId, caller);
  const findings = await watchLogInSuccess({
    subjectId: userId,
    knownDevice: isKnown,
    known,
    network: caller.networkLabel,
    nowMs,
  });
  const session = await transaction(async (tx) => {
    if (opening.passwordHash) await assertPasswordStill(tx, userId, opening.passwordHash);
    await cancelDeletion(tx, userId, whence(caller));
    await opening.taking?.(tx);
    await record(tx, opening, findings);
    if (known.length > 0 && !isKnown) await tellNewDevice(tx, opening, nowMs);
    await noteDevice(tx, { userId, caller, nowMs });
    return startSession(tx, { ...opening, stepUp: findings.length > 0, nowMs });
  });
  const email = (await findRecipient(userId))?.to;
  if (email) await forgetFailures({ email, knownDevice: isKnown ? hash : undefined });
  return tokensOf(session, nowMs);
}

async function record(tx: Tx, opening: Opening, findings: DetectionFinding[]): Promise<void> {
  const { userId, caller, methods } = opening;
  const about = {
    actorId: userId,
    subjectId: userId,
    ...whence(caller),
  };
  const afterFailures = findings.find((finding) => finding.rule === "success_after_failures");
  if (afterFailures) {
    appendAudit(tx, {
      name: "authn_login_successafterfail",
      level: "critical",
      ...about,
      detail: { failures: afterFailures.failures, methods: methods.join(" ") },
    });
    await tell(tx, opening, "log-in-after-failures", Date.now());
  } else {
    const detail = { methods: methods.join(" ") };
    appendAudit(tx, { name: "authn_login_success", ...about, detail });
  }
}

async function tellNewDevice(tx: Tx, opening: Opening, nowMs: number): Promise<void> {
  const { userId, caller } = opening;
  appendAudit(tx, {
    name: "authn_new_device",
    level: "warn",
    actorId: userId,
    subjectId: userId,
    ...whence(caller),
    detail: { device: caller.device },
  });
  await tell(tx, opening, "new-device", nowMs);
}

async function tell(
  tx: Tx,
  { userId, caller }: Opening,
  kind: "new-device" | "log-in-after-failures",
  nowMs: number,
): Promise<void> {
  const owner = await findRecipient(userId, tx);
  if (!owner) return;
  const { device, networkLabel } = caller;
  const at = new Date(nowMs).toISOString();
  await queueMail(tx, { kind, ...owner, values: { device, network: networkLabel ?? "", at } });
}
