/**
 * A text in Unicode's composed form (NFC), with where each of its units stood before: Hangul that
 * came from a Mac is written in single letters, and is still the same word.
 */
export interface Composed {
  text: string;
  /** The offset in the given text; for `text.length` its end. */
  given: (offset: number) => number;
}

const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });

export function composed(given: string): Composed {
  const whole = given.normalize("NFC");
  if (whole === given) return { text: given, given: (offset) => offset };
  let text = "";
  const offsets: number[] = [];
  for (const { index, segment } of clusters.segment(given)) {
    const part = segment.normalize("NFC");
    for (let i = 0; i < part.length; i++) offsets.push(index);
    text += part;
  }
  return { text, given: (offset) => offsets[offset] ?? given.length };
}
