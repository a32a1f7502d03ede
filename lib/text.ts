import { z } from "zod";

/**
 * Text as the database can keep it: without NUL, which Postgres refuses, and without halves of
 * surrogate pairs, which its JSON refuses. Limits apply to what is left.
 */
export const cleanText = z.string().transform((text) => text.replaceAll("\0", "").toWellFormed());

/** `cleanText` of `min` to `max` UTF-16 units after trimming. */
export function cleanLine(min: number, max: number) {
  return cleanText.transform((text) => text.trim()).pipe(z.string().min(min).max(max));
}
