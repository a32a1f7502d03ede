import { z } from "zod";
import { maxFindingKey } from "@/lib/subtitles/quality/finding-key";
import { type FindingCode, findingCodes } from "@/lib/subtitles/quality/types";
import { cleanLine, cleanText } from "@/lib/text";
import { maxIgnoredAtOnce, maxIgnoreReason } from "./limits";
import type { Person } from "./schema";

const key = cleanLine(1, maxFindingKey);

export const ignoreInput = z.strictObject({
  findings: z
    .array(
      z
        .strictObject({
          /** See `findingKey`. */
          key,
          /** "" for what is about no cue. */
          cueId: cleanText.pipe(z.string().max(64)),
          code: z.enum(findingCodes),
        })
        .refine((finding) => finding.key.startsWith(`${finding.code}:`)),
    )
    .min(1)
    .max(maxIgnoredAtOnce),
  reason: cleanLine(1, maxIgnoreReason),
});
export type IgnoreInput = z.infer<typeof ignoreInput>;

export const heedInput = z.strictObject({ keys: z.array(key).min(1).max(maxIgnoredAtOnce) });

/** A finding that somebody has decided to leave as it is. */
export interface IgnoredView {
  key: string;
  cueId: string;
  code: FindingCode;
  reason: string;
  /** Null: the account is gone. */
  by: Person | null;
  /** ISO 8601. */
  at: string;
}
