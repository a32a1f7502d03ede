import "server-only";
import { AppError } from "@/lib/errors";
import { estimateOrder } from "@/lib/jobs/estimate-order";
import { priceOfRetry } from "@/lib/jobs/retry";
import type { JobKind, JobQuoteView } from "@/lib/jobs/schema";
import { captionableVideo, getOwnVideo } from "@/lib/videos/service";
import { availableCredits } from "./balance";
import { type Price, pricedTargets, priceJob } from "./price";
import type { QuoteView } from "./schema";

/** A price beside what its owner can spend. */
export function quoteView(price: Price, balance: number): QuoteView {
  const balanceAfter = balance - price.total;
  return { ...price, balance, balanceAfter, affordable: balanceAfter >= 0 };
}

/**
 * What a job costs and leaves, and how long it takes, also while its video is still on its way
 * here.
 * @param options `jobId`: another attempt at this job, without what it has paid for; `languages`:
 * of that only these
 * @throws {AppError} `not_found`, `not_ready` while the video's length isn't known, `gone` when its
 * files have been deleted, or why it can't be captioned
 */
export async function quoteJob(options: {
  ownerId: string;
  videoId: string;
  kind?: JobKind | undefined;
  /** "auto" or a language code. */
  language?: string | undefined;
  targets?: readonly string[] | undefined;
  jobId?: string | undefined;
  languages?: readonly string[] | undefined;
  nowMs?: number;
}): Promise<JobQuoteView> {
  const { ownerId, jobId, languages, nowMs } = options;
  const { price, ...facts } = jobId
    ? { price: await priceOfRetry({ ownerId, jobId, languages }), ...unknownFacts }
    : await priceOfOrder(options);
  return { ...quoteView(price, await availableCredits(ownerId, nowMs)), ...facts };
}

const unknownFacts = { estimateMs: null, audioChannels: null };

async function priceOfOrder(options: {
  ownerId: string;
  videoId: string;
  kind?: JobKind | undefined;
  language?: string | undefined;
  targets?: readonly string[] | undefined;
}): Promise<{ price: Price } & Pick<JobQuoteView, "estimateMs" | "audioChannels">> {
  const { ownerId, videoId, kind = "caption", language = "auto", targets = [] } = options;
  const video = await getOwnVideo({ ownerId, videoId });
  if (kind !== "translate" && video.status !== "uploading") {
    await captionableVideo({ ownerId, videoId });
  }
  const { durationMs, audioChannels } = video;
  if (durationMs === null) throw new AppError("not_ready");
  const source = language === "auto" ? undefined : language;
  const price = priceJob({ durationMs, kind, source, targets });
  const estimateMs = await estimateOrder({
    kind,
    durationMs,
    targets: pricedTargets({ source, targets }),
  });
  return { price, estimateMs, audioChannels };
}
