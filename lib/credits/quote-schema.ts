import { z } from "zod";
import { speechLanguageChoice } from "@/lib/speech/schema";

export const quoteInput = z.object({
  videoId: z.uuid(),
  /** The spoken language: among `targets` it costs nothing. */
  language: speechLanguageChoice.default("auto"),
  /** Languages to translate into. */
  targets: z
    .array(speechLanguageChoice.refine((code) => code !== "auto"))
    .max(20)
    .default([]),
  /** Another attempt at this job: what it has paid for already is left out. */
  jobId: z.uuid().optional(),
});
