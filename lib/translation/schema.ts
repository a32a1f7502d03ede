import { z } from "zod";

/** A language to translate into: BCP 47, "ko", "en-GB", "pt-BR", "zh-Hans" ... */
export const targetLanguageCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, {
    error: "Use a language code such as en, pt-BR or zh-Hans.",
  });
