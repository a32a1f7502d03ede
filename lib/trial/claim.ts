import "server-only";
import { assertStays, closeVisitor } from "@/lib/accounts/deletion";
import { appendAudit } from "@/lib/audit/service";
import { type Caller, whence } from "@/lib/auth/caller";
import { availableCredits } from "@/lib/credits/balance";
import { claimCredits } from "@/lib/credits/ledger";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type Tx, transaction } from "@/lib/transaction";
import {
  hasClaimed,
  isUnderWay,
  lockDevice,
  markClaimed,
  moveWork,
  videosToMove,
} from "./claim-repo";
import { deviceHashes, readTrialCookie } from "./device";
import { findDevice, lockVisitor } from "./repo";
import type { ClaimInput, ClaimView } from "./schema";

export { takenOverBy } from "./claim-repo";

/**
 * What this browser's visitor has that an account could take over; undefined when nothing.
 * @param userId the account that would; left out before it is known
 */
export async function claimView(
  trialCookie: string | undefined,
  userId?: string,
  nowMs = Date.now(),
): Promise<ClaimView | undefined> {
  const id = readTrialCookie(trialCookie);
  const device = id ? await findDevice(deviceHashes(id)) : undefined;
  if (!device || device.claimedAt) return undefined;
  const visitorId = device.userId;
  const [videos, credits, busy] = await Promise.all([
    videosToMove(visitorId),
    creditsToMove(visitorId, userId, nowMs),
    isUnderWay(visitorId),
  ]);
  return videos.length > 0 || credits > 0 || busy ? { videos, credits, busy } : undefined;
}

/**
 * An account takes over the credits of one browser; of others the work alone, or whoever clears
 * their cookies would collect trials without end.
 */
async function creditsToMove(
  visitorId: string,
  userId: string | undefined,
  nowMs: number,
  tx?: Tx,
): Promise<number> {
  if (userId && (await hasClaimed(userId, tx))) return 0;
  return availableCredits(visitorId, nowMs, tx);
}

/**
 * Moves what this browser's visitor has made, and what is left of their credits, to an account,
 * and closes the visitor: all of it or nothing. Never without the person's word for exactly what
 * they were shown, or whoever gets somebody to log in to a foreign account would be handed their
 * work. Asking again after it was done changes nothing.
 * @param options `seen`: what the person was shown
 * @throws {AppError} `not_found` when there is nothing to take over, or another account has;
 * `claim_changed` when it isn't what was shown, `claim_busy` while something is under way
 */
export async function claimTrial(options: {
  userId: string;
  trialCookie: string | undefined;
  seen: ClaimInput;
  caller: Caller;
  nowMs?: number;
}): Promise<void> {
  const { userId, seen, caller, nowMs = Date.now() } = options;
  const id = readTrialCookie(options.trialCookie);
  if (!id) throw new AppError("not_found");
  await transaction(async (tx) => {
    const device = await lockDevice(tx, deviceHashes(id));
    if (!device) throw new AppError("not_found");
    if (device.claimedBy === userId) return;
    const visitorId = device.userId;
    if (device.claimedAt || !(await lockVisitor(tx, visitorId)).usable) {
      throw new AppError("not_found");
    }
    await assertStays(tx, userId);
    if (await isUnderWay(visitorId, tx)) throw new AppError("claim_busy");
    const videos = (await videosToMove(visitorId, tx)).length;
    const credits = await creditsToMove(visitorId, userId, nowMs, tx);
    if (videos !== seen.videos || credits !== seen.credits) {
      throw new AppError("claim_changed", { data: { videos, credits } });
    }
    const transactionId = credits > 0 ? await moveCredits(tx, visitorId, userId, nowMs) : null;
    await moveWork(tx, visitorId, userId);
    await closeVisitor(tx, visitorId, nowMs);
    await markClaimed(tx, device.id, { claimedBy: userId, claimedAt: new Date(nowMs) });
    const about = { actorId: userId, subjectId: userId, ...whence(caller) };
    appendAudit(tx, {
      name: "credits_claimed",
      ...about,
      detail: { credits, videos, transactionId },
    });
  });
}

/** @throws {AppError} `claim_busy` while a job holds some, `wallet_frozen` */
async function moveCredits(
  tx: Tx,
  fromOwnerId: string,
  toOwnerId: string,
  nowMs: number,
): Promise<string> {
  const key = `claim:${fromOwnerId}:${toOwnerId}:${newId(nowMs)}`;
  const moved = await claimCredits(tx, { fromOwnerId, toOwnerId, key, nowMs });
  if (moved.outcome === "applied") return moved.transactionId;
  throw new AppError(moved.refusal === "wallet_frozen" ? "wallet_frozen" : "claim_busy");
}
