import "server-only";
import { cancelDeletion } from "@/lib/accounts/deletion";
import type { Locale } from "@/lib/accounts/schema";
import { createVisitor } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { type Caller, whence } from "@/lib/auth/caller";
import type { Principal } from "@/lib/auth/principal";
import { type SessionTokens, startSession, tokensOf } from "@/lib/auth/sessions";
import { availableCredits } from "@/lib/credits/balance";
import { grantCredits } from "@/lib/credits/ledger";
import { trialCredits } from "@/lib/credits/lots";
import { seoulDay } from "@/lib/credits/seoul";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { type Tx, transaction } from "@/lib/transaction";
import {
  trialCookie as cookieOf,
  deviceHash,
  deviceHashes,
  networkHash,
  newDeviceId,
  readTrialCookie,
} from "./device";
import { trialNetwork, trialRates, visitorsADay } from "./policy";
import {
  countWork,
  type DeviceRow,
  findDevice,
  insertDevice,
  lockDeviceId,
  takeAllowance,
} from "./repo";
import type { TrialView } from "./schema";

/** What a browser gets to try with. */
export interface StartedTrial {
  tokens: SessionTokens;
  /** By which it is known again. */
  trialCookie: string;
  /** It hadn't tried before. */
  created: boolean;
}

/**
 * Lets a browser try without an account: a visitor of its own with a few credits, or the one it
 * was before.
 * @param options `trialCookie`: as the browser sent it; a forged one counts as none
 * @throws {AppError} `trial_over` when an account has taken over or nothing is left, `trial_busy`
 * when enough have begun today, `rate_limited`
 */
export async function startTrial(options: {
  caller: Caller;
  trialCookie: string | undefined;
  locale: Locale;
  nowMs?: number;
}): Promise<StartedTrial> {
  const { caller, locale, nowMs = Date.now() } = options;
  const { network } = caller;
  const who = network ?? "all";
  const rate = network ? trialRates.network : trialRates.all;
  await countCall({ name: network ? "trial" : "trialOfAll", who, rate });
  const id = readTrialCookie(options.trialCookie) ?? newDeviceId();
  const hash = deviceHash(id);
  const { session, created } = await transaction(async (tx) => {
    await lockDeviceId(tx, hash);
    const known = await findDevice(deviceHashes(id), tx);
    const userId = known
      ? await comeBack(tx, known, caller, nowMs)
      : await begin(tx, { hash, caller, locale, nowMs });
    const how = { kind: "browser", remember: true, methods: ["trial"] } as const;
    // Nothing a visitor may do asks for a proof of who they are, and they have none to give.
    const session = await startSession(tx, { userId, caller, ...how, stepUp: true, nowMs });
    return { session, created: !known };
  });
  return { tokens: await tokensOf(session, nowMs), trialCookie: cookieOf(id), created };
}

/** The visitor that the device was before. */
async function comeBack(
  tx: Tx,
  { userId, claimedAt }: DeviceRow,
  caller: Caller,
  nowMs: number,
): Promise<string> {
  if (claimedAt) throw new AppError("trial_over");
  const { credits, videos } = await leftTo(userId, nowMs, tx);
  if (credits === 0 && videos === 0) throw new AppError("trial_over");
  await cancelDeletion(tx, userId, whence(caller)).catch((error: unknown) => {
    if (AppError.is(error, "credentials_rejected")) throw new AppError("trial_over");
    throw error;
  });
  return userId;
}

async function begin(
  tx: Tx,
  options: { hash: string; caller: Caller; locale: Locale; nowMs: number },
): Promise<string> {
  const { hash, caller, locale, nowMs } = options;
  await takePlace(tx, { hash, network: caller.network, nowMs });
  const userId = await createVisitor(tx, { locale });
  const createdAt = new Date(nowMs);
  await insertDevice(tx, { id: hash, userId, granted: trialCredits, createdAt });
  const key = `trial:${hash}`;
  const what = { source: "trial", amount: trialCredits, reason: "trial" } as const;
  await grantCredits(tx, { ownerId: userId, ...what, key, nowMs });
  const about = { actorId: userId, subjectId: userId, ...whence(caller) };
  appendAudit(tx, { name: "trial_started", ...about, detail: { credits: trialCredits } });
  return userId;
}

/** Visitors that may begin in a day, in all. */
function capOfAll(): number {
  return env().TRIAL_VISITORS_PER_DAY ?? visitorsADay.all;
}

/** Counts a new visitor of device, network and all, or none of them. */
async function takePlace(
  tx: Tx,
  options: { hash: string; network: string | undefined; nowMs: number },
): Promise<void> {
  const day = seoulDay(options.nowMs);
  const network = trialNetwork(options.network);
  const places = [
    { subject: "device", hash: options.hash, limit: 1 },
    ...(network
      ? [{ subject: "network", hash: networkHash(network), limit: visitorsADay.network } as const]
      : []),
    // Last: everybody queues for it until this transaction is through.
    { subject: "all", hash: "", limit: capOfAll() },
  ] as const;
  for (const { limit, ...of } of places) {
    const taken = await takeAllowance(tx, { ...of, day }, { credits: trialCredits, limit });
    if (!taken) throw new AppError("trial_busy");
  }
}

/** What a visitor still has. */
async function leftTo(userId: string, nowMs: number, tx?: Tx) {
  const credits = await availableCredits(userId, nowMs, tx);
  return { credits, ...(await countWork(userId, tx)) };
}

/** What this browser has tried, and whether it can go on or hand it over. */
export async function trialView(options: {
  trialCookie: string | undefined;
  principal: Principal | undefined;
  nowMs?: number;
}): Promise<TrialView> {
  const { principal, nowMs = Date.now() } = options;
  const id = readTrialCookie(options.trialCookie);
  const device = id ? await findDevice(deviceHashes(id)) : undefined;
  const nothing = { credits: 0, videos: 0, jobs: 0 };
  const isAccount = principal !== undefined && !principal.visitor;
  if (!device) {
    const open = capOfAll() > 0 ? "new" : "off";
    return { state: isAccount ? "over" : open, ...nothing };
  }
  if (device.claimedAt) return { state: "over", ...nothing };
  const left = await leftTo(device.userId, nowMs);
  if (left.credits === 0 && left.videos === 0) return { state: "over", ...left };
  return { state: isAccount ? "claimable" : "active", ...left };
}
