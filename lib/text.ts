import { z } from "zod";
import { storableText } from "./storable-text";

/** Any text, made `storableText`. Limits apply to what is left. */
export const cleanText = z.string().transform(storableText);

/** `cleanText` of `min` to `max` UTF-16 units after trimming. */
export function cleanLine(min: number, max: number) {
  return cleanText.transform((text) => text.trim()).pipe(z.string().min(min).max(max));
}
