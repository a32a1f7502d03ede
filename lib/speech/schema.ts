import { z } from "zod";
import { speechLanguages } from "./languages";

const codes = new Set(speechLanguages.map(({ code }) => code));

/** What a person may choose for a video: its language, or have it detected. */
export const speechLanguageChoice = z
  .string()
  .refine((value) => value === "auto" || codes.has(value), {
    error: "Use auto or one of the recognised language codes.",
  });

export type SpeechLanguageChoice = z.infer<typeof speechLanguageChoice>;
