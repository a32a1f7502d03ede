import { z } from "zod";
import { glossaryText } from "@/lib/glossary/schema";
import { builtInProfiles } from "@/lib/profiles/built-in";
import { speakerEngineIds } from "@/lib/speech/diarization/types";
import { speechLanguageChoice } from "@/lib/speech/schema";
import { targetLanguageCode } from "@/lib/translation/schema";
import { maxHints, maxTargets } from "./limits";

/**
 * What a person may choose for a job beside the spoken language. Remembered for the next one,
 * except what belongs to one video (`hints`, `corrections`, `speakerCount`).
 */
export const jobOptions = z.object({
  /** Languages to translate into. */
  targets: z.array(targetLanguageCode).max(maxTargets).default([]),
  /** With a spoken language of "auto": the only ones it may be; empty: whichever. */
  allowedLanguages: z
    .array(speechLanguageChoice.refine((code) => code !== "auto"))
    .max(10)
    .default([]),
  /** How speakers are told apart. */
  speakers: z.enum(["off", ...speakerEngineIds]).default("off"),
  /** How many speak, where the person knows. */
  speakerCount: z.number().int().min(1).max(20).optional(),
  /** The rules for lines, reading speed and times: one that comes with us, or an own one's id. */
  profile: z.union([z.enum(builtInProfiles), z.uuid()]).default("netflix"),
  /** Use the person's glossary. */
  glossary: z.boolean().default(true),
  /** Names and terms of this video alone. */
  hints: z.array(glossaryText).max(maxHints).default([]),
  /** What is misheard in this video, and what it is. */
  corrections: z
    .array(z.object({ heard: glossaryText, correct: glossaryText }))
    .max(100)
    .default([]),
  /** How thoroughly recognition works; which of them differ is the engine's to say. */
  quality: z.enum(["fast", "standard", "best"]).default("standard"),
  /** How translations address people, where the engine can be told. */
  formality: z.enum(["default", "polite", "plain"]).default("default"),
});
export type JobOptions = z.infer<typeof jobOptions>;
