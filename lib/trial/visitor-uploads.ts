import "server-only";
import { seoulDay, seoulDayStart } from "@/lib/credits/seoul";
import { AppError } from "@/lib/errors";
import type { Tx } from "@/lib/transaction";
import { assertTrialLength, assertTrialPlace } from "./policy";
import { countUploads, isVisitor, lockVisitor } from "./repo";

/**
 * Whether a visitor may begin an upload now; another of theirs, and an account that takes over,
 * wait until `tx` is through.
 * @throws {AppError} `trial_uploading`, `trial_uploads_used`, `trial_over` when it has been taken over
 */
export async function assertTrialUpload(
  tx: Tx,
  visitorId: string,
  nowMs = Date.now(),
): Promise<void> {
  const { usable } = await lockVisitor(tx, visitorId);
  if (!usable) throw new AppError("trial_over");
  const today = new Date(seoulDayStart(seoulDay(nowMs)));
  assertTrialPlace(await countUploads(tx, visitorId, today));
}

/**
 * Whether subtitles of a video this long may be made for its owner, whoever that is.
 * @throws {AppError} `trial_too_long` for a visitor's
 */
export async function assertTrialJob(ownerId: string, durationMs: number): Promise<void> {
  if (await isVisitor(ownerId)) assertTrialLength(durationMs);
}
