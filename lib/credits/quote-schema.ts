import { z } from "zod";
import { maxTargets } from "@/lib/jobs/limits";
import { jobKinds } from "@/lib/jobs/schema";
import { speechLanguageChoice } from "@/lib/speech/schema";
import { targetLanguageCode } from "@/lib/translation/schema";

const languages = z.array(targetLanguageCode).max(maxTargets);

export const quoteInput = z.object({
  videoId: z.uuid(),
  /** A translate job has no recognition to pay for. */
  kind: z.enum(jobKinds).default("caption"),
  /** The spoken language, of a translate job the track's: among `targets` it costs nothing. */
  language: speechLanguageChoice.or(targetLanguageCode).default("auto"),
  /** Languages to translate into. */
  targets: languages.default([]),
  /** Another attempt at this job: what it has paid for already is left out. */
  jobId: z.uuid().optional(),
  /** Of another attempt: only these of its languages. */
  languages: languages.min(1).optional(),
});
