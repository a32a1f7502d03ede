/**
 * Text as the database can keep it: without NUL, which Postgres refuses, and without halves of
 * surrogate pairs, which its JSON refuses.
 */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
