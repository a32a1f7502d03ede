import { z } from "zod";
import { builtInProfiles } from "@/lib/profiles/built-in";
import { ownRules } from "@/lib/profiles/schema";
import { translationPart } from "@/lib/retranslation/part";
import type { TermPair } from "@/lib/translation/types";
import { jobOptions } from "./options";

const pair = z.object({ source: z.string(), target: z.string() });
const correction = z.object({ heard: z.string(), correct: z.string() });

const jobTerms = z.object({
  hints: z.array(z.string()).default([]),
  corrections: z.array(correction).default([]),
  /** By target language. */
  pairs: z.record(z.string(), z.array(pair)).default({}),
});
/** What the glossary had to say to a job when it was ordered. */
export type JobTerms = z.infer<typeof jobTerms>;

const settings = jobOptions.extend({
  rules: z
    .union([z.enum(builtInProfiles), ownRules.and(z.object({ id: z.string() }))])
    .default("netflix"),
  /** Of a translate job: only these cues of a translation that is there. */
  part: translationPart.optional(),
});
/** A job's options with the rules that they referred to when it was ordered. */
export type JobSettings = z.infer<typeof settings>;

const material = settings.extend({
  terms: jobTerms.default({ hints: [], corrections: [], pairs: {} }),
});
/**
 * A job's options with everything that they referred to: a later change of the glossary or of a
 * profile doesn't change a job that is under way or tried again.
 */
export type JobMaterial = z.infer<typeof material>;

/** What was stored with an order; of one without options: the defaults. */
export function readMaterial(stored: unknown): JobMaterial {
  return material.parse(stored ?? {});
}

/** The same of a job's row, which is without the terms. */
export function readSettings(stored: unknown): JobSettings {
  return settings.parse(stored ?? {});
}

/** The terms of a job; those of one that was ordered without any are empty. */
export function readTerms(stored: unknown): JobTerms {
  return jobTerms.parse(stored ?? {});
}

/** How the glossary translates into a language, as it was when the job was ordered. */
export function termPairs(terms: JobTerms, target: string): TermPair[] {
  return terms.pairs[target] ?? [];
}
