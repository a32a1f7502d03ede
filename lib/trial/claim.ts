import "server-only";
import { assertStays, closeVisitor } from "@/lib/accounts/deletion";
import { appendAudit } from "@/lib/audit/service";
import { type Caller, whence } from "@/lib/auth/caller";
import { availableCredits } from "@/lib/credits/balance";
import { claimCredits } from "@/lib/credits/ledger";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { transaction } from "@/lib/transaction";
import { isUnderWay, lockDevice, markClaimed, moveWork, videosToMove } from "./claim-repo";
import { deviceHashes, readTrialCookie } from "./device";
import { findDevice, lockVisitor } from "./repo";
import type { ClaimInput, ClaimView } from "./schema";

/** What this browser's visitor has that an account could take over; undefined when nothing. */
export async function claimView(
  trialCookie: string | undefined,
  nowMs = Date.now(),
): Promise<ClaimView | undefined> {
  const id = readTrialCookie(trialCookie);
  const device = id ? await findDevice(deviceHashes(id)) : undefined;
  if (!device || device.claimedAt) return undefined;
  const { userId } = device;
  const [videos, credits, busy] = await Promise.all([
    videosToMove(userId),
    availableCredits(userId, nowMs),
    isUnderWay(userId),
  ]);
  return videos.length > 0 || credits > 0 || busy ? { videos, credits, busy } : undefined;
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
    const credits = await availableCredits(visitorId, nowMs, tx);
    if (videos !== seen.videos || credits !== seen.credits) {
      throw new AppError("claim_changed", { data: { videos, credits } });
    }
    const key = `claim:${visitorId}:${userId}:${newId(nowMs)}`;
    const between = { fromOwnerId: visitorId, toOwnerId: userId };
    const moved = await claimCredits(tx, { ...between, key, nowMs });
    if (moved.outcome === "refused") {
      throw new AppError(moved.refusal === "wallet_frozen" ? "wallet_frozen" : "claim_busy");
    }
    await moveWork(tx, visitorId, userId);
    await closeVisitor(tx, visitorId, nowMs);
    await markClaimed(tx, device.id, { claimedBy: userId, claimedAt: new Date(nowMs) });
    const about = { actorId: userId, subjectId: userId, ...whence(caller) };
    const { transactionId } = moved;
    appendAudit(tx, {
      name: "credits_claimed",
      ...about,
      detail: { credits, videos, transactionId },
    });
  });
}
