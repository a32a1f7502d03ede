import { z } from "zod";
import type { QuoteView } from "@/lib/credits/schema";
import { maxCredits } from "@/lib/jobs/schema";
import { cleanLine } from "@/lib/text";
import { maxPartCues } from "./limits";

const cueIds = z.array(cleanLine(1, 64)).min(1).max(maxPartCues);

export const retranslationQuoteInput = z.strictObject({ cueIds });

export const retranslateInput = z.strictObject({
  cueIds,
  /** Made by the caller; the same key again answers the first order instead of making a second. */
  idempotencyKey: cleanLine(8, 100),
  /** A higher price is refused as `price_changed`. */
  maxCredits,
});
export type RetranslateInput = z.infer<typeof retranslateInput>;

/** What it costs to translate some cues again. */
export interface RetranslationQuote extends QuoteView {
  /** What is made anew: the chosen ones that render something, and what they were split from. */
  cues: number;
  /** What is paid for, in ms: whole seconds. */
  durationMs: number;
}
