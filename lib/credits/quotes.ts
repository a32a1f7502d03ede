import "server-only";
import { AppError } from "@/lib/errors";
import { transaction } from "@/lib/transaction";
import { captionableVideo, getOwnVideo } from "@/lib/videos/service";
import { availableCredits } from "./balance";
import { paidComponents } from "./job-credits";
import { type Price, priceJob } from "./price";
import type { QuoteView } from "./schema";

/** A price beside what its owner can spend. */
export function quoteView(price: Price, balance: number): QuoteView {
  const balanceAfter = balance - price.total;
  return { ...price, balance, balanceAfter, affordable: balanceAfter >= 0 };
}

/**
 * What captioning a video costs and leaves, also while it is still on its way here.
 * @param options `jobId`: the price of another attempt at this job, without what it has paid for
 * @throws {AppError} `not_found`, `not_ready` while the video's length isn't known, `gone` when its
 * files have been deleted, or why it can't be captioned
 */
export async function quoteJob(options: {
  ownerId: string;
  videoId: string;
  /** "auto" or a language code. */
  language?: string | undefined;
  targets?: readonly string[] | undefined;
  jobId?: string | undefined;
  nowMs?: number;
}): Promise<QuoteView> {
  const { ownerId, videoId, language = "auto", targets = [], jobId, nowMs } = options;
  const video = await getOwnVideo({ ownerId, videoId });
  if (video.status !== "uploading") await captionableVideo({ ownerId, videoId });
  if (video.durationMs === null) throw new AppError("not_ready");
  const price = priceJob({
    durationMs: video.durationMs,
    source: language === "auto" ? undefined : language,
    targets,
    skip: jobId ? await transaction((tx) => paidComponents(tx, jobId)) : [],
  });
  return quoteView(price, await availableCredits(ownerId, nowMs));
}
