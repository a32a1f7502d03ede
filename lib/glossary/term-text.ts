import { storableText } from "@/lib/storable-text";

/**
 * A name or a term as it stands in subtitles: one line, composed (NFC, or a Hangul name typed on a
 * Mac would never be found), whatever is in it is text and never markup.
 */
export function cleanTerm(text: string): string {
  return storableText(text)
    .normalize("NFC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}
