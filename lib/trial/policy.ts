import { AppError } from "@/lib/errors";
import { trialLimits } from "./schema";

/** Visitors that may begin in a day in Seoul. */
export const visitorsADay = {
  /** Of one network: several people may sit behind it. */
  network: 5,
  /** In all, unless TRIAL_VISITORS_PER_DAY says otherwise. */
  all: 200,
} as const;

/** How often trying may be asked for: by one network, and where networks can't be told apart. */
export const trialRates = {
  network: { limit: 30, windowMs: 3_600_000 },
  all: { limit: 600, windowMs: 3_600_000 },
} as const;

/**
 * The network that visitors are counted by: IPv4 /24, IPv6 /64; undefined for the machine itself,
 * behind which everybody may be: then only the cap of all counts.
 * @param network as `clientNetwork` gives it: an IPv4 address or the groups of a /64
 */
export function trialNetwork(network: string | undefined): string | undefined {
  if (!network?.includes(".")) return network;
  return network.split(".").slice(0, 3).join(".");
}

/**
 * Whether a visitor may upload such a file.
 * @param file `durationMs`: null while nobody knows
 * @throws {AppError} `trial_too_long`, `trial_too_large`
 */
export function assertTrialFile(file: { sizeBytes: number; durationMs: number | null }): void {
  assertTrialLength(file.durationMs);
  if (file.sizeBytes > trialLimits.sizeBytes) throw new AppError("trial_too_large");
}

/** @throws {AppError} `trial_too_long` */
export function assertTrialLength(durationMs: number | null): void {
  if (durationMs !== null && durationMs > trialLimits.durationMs) {
    throw new AppError("trial_too_long");
  }
}

/**
 * Whether a visitor may begin another upload.
 * @throws {AppError} `trial_uploading`, `trial_uploads_used`
 */
export function assertTrialPlace(uploads: { unfinished: number; today: number }): void {
  if (uploads.unfinished > 0) throw new AppError("trial_uploading");
  if (uploads.today >= trialLimits.uploadsADay) throw new AppError("trial_uploads_used");
}
