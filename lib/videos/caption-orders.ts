import "server-only";
import type { Declined } from "@/lib/credits/job-credits";
import { priceJob } from "@/lib/credits/price";
import { AppError } from "@/lib/errors";
import { assertDoable, materialOf } from "@/lib/jobs/order";
import { plainOptions } from "@/lib/jobs/plain-options";
import { rememberChoice } from "@/lib/jobs/preferences";
import type { JobView } from "@/lib/jobs/schema";
import { createJob, queueJob } from "@/lib/jobs/service";
import { addNotice } from "@/lib/notices/service";
import { type Tx, transaction } from "@/lib/transaction";
import { type OrderCaptionInput, orderCaptionInput } from "./schema";
import {
  type CaptionOrder,
  findUpload,
  setCaptionOrder,
  settleCaptionOrder,
  waitingOrder,
} from "./upload-repo";

/** A job started for an upload is made once, whoever asks for it. */
const jobKey = (uploadId: string) => `upload-${uploadId}`;

/**
 * Orders subtitles of an upload at a price that the person has seen: they are started when the
 * file is there, at once if it already is: then the job is answered. The newest order counts.
 * @throws {AppError} `not_found`, `upload_expired`, `price_changed`, what `assertDoable` throws; for
 * a file that is there what `createJob` throws
 */
export async function orderCaption(options: {
  ownerId: string;
  uploadId: string;
  input: OrderCaptionInput;
}): Promise<JobView | null> {
  const { ownerId, uploadId } = options;
  const input = orderCaptionInput.parse(options.input);
  const upload = await findUpload(ownerId, uploadId);
  if (!upload) throw new AppError("not_found");
  const { durationMs, audioChannels } = upload.video;
  const { language, options: wanted, maxCredits = null } = input;
  const source = language === "auto" ? undefined : language;
  const { targets } = wanted;
  const amount = durationMs === null ? 0 : priceJob({ durationMs, source, targets }).total;
  if (maxCredits !== null && amount > maxCredits) {
    throw new AppError("price_changed", { data: { amount, maxCredits } });
  }
  await assertDoable({ kind: "caption", language, options: wanted, audioChannels });
  const material = await materialOf({ ownerId, language, options: wanted });
  const order = { language, material, maxCredits };
  if (await transaction((tx) => setCaptionOrder(tx, uploadId, order))) {
    await rememberChoice({ ownerId, kind: "caption", choice: { language, options: wanted } });
    return null;
  }
  // Completed before the order came, perhaps just now.
  const ended = await findUpload(ownerId, uploadId);
  if (ended?.state !== "completed") throw new AppError("upload_expired");
  const { videoId } = ended;
  return createJob({ ownerId, input: { videoId, ...input, idempotencyKey: jobKey(uploadId) } });
}

/** Takes an order back while the file is still on its way. */
export async function withdrawCaption(options: {
  ownerId: string;
  uploadId: string;
}): Promise<void> {
  const { ownerId, uploadId } = options;
  if (!(await findUpload(ownerId, uploadId))) throw new AppError("not_found");
  await transaction((tx) => setCaptionOrder(tx, uploadId, null));
}

/**
 * Carries out what was ordered with a complete upload, once, as soon as the video's length is
 * known. When the credits don't suffice the video is there all the same and its owner is told.
 */
export async function fulfilCaptionOrder(tx: Tx, videoId: string): Promise<void> {
  const order = await waitingOrder(tx, videoId);
  if (order?.durationMs == null) return;
  if (!(await settleCaptionOrder(tx, order.uploadId, new Date()))) return;
  const { uploadId, ownerId, language, maxCredits, durationMs } = order;
  const material =
    order.material ?? (await materialOf({ ownerId, language, options: plainOptions }, tx));
  const declined = await queueJob(tx, {
    ownerId,
    videoId,
    language,
    material,
    durationMs,
    idempotencyKey: jobKey(uploadId),
    ...(maxCredits !== null && { maxCredits }),
  });
  if (declined) await tellUnaffordable(tx, { ...order, declined });
}

/** The same in a transaction of its own: after the length of a file has been found out. */
export async function fulfilInspected(videoId: string): Promise<void> {
  try {
    await transaction((tx) => fulfilCaptionOrder(tx, videoId));
  } catch (error) {
    // Deleted meanwhile: there is nothing to caption any more.
    if (!AppError.is(error, "gone")) throw error;
  }
}

async function tellUnaffordable(
  tx: Tx,
  order: CaptionOrder & { declined: Declined },
): Promise<void> {
  const { uploadId, ownerId, videoId, title, declined } = order;
  const lacking = Math.max(0, declined.amount - declined.available);
  await addNotice(tx, {
    userId: ownerId,
    kind: "job-unaffordable",
    values: { videoId, title, lacking },
    dedupeKey: `job-unaffordable:${uploadId}`,
  });
}
