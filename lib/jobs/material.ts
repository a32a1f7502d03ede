import { z } from "zod";
import { builtInProfiles, ownRules } from "@/lib/profiles/schema";
import type { TermPair } from "@/lib/translation/types";
import { jobOptions } from "./options";

const pair = z.object({ source: z.string(), target: z.string() });
const correction = z.object({ heard: z.string(), correct: z.string() });

/**
 * A job's options with what they referred to when it was ordered: a later change of the glossary
 * or of a profile doesn't change a job that is under way or tried again.
 */
const storedOptions = jobOptions.extend({
  terms: z
    .object({
      hints: z.array(z.string()).default([]),
      corrections: z.array(correction).default([]),
      /** By target language. */
      pairs: z.record(z.string(), z.array(pair)).default({}),
    })
    .default({ hints: [], corrections: [], pairs: {} }),
  rules: z
    .union([z.enum(builtInProfiles), ownRules.and(z.object({ id: z.string() }))])
    .default("netflix"),
});
export type JobMaterial = z.infer<typeof storedOptions>;
export type JobTerms = JobMaterial["terms"];
export type JobRules = JobMaterial["rules"];

/** Options as a job's row holds them; those of jobs from before there were any are the defaults. */
export function readMaterial(stored: unknown): JobMaterial {
  return storedOptions.parse(stored ?? {});
}

/** How the glossary translates into a language, as it was when the job was ordered. */
export function termPairs(material: JobMaterial, target: string): TermPair[] {
  return material.terms.pairs[target] ?? [];
}
