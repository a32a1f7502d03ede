/** What a recognised text is measured by, and how far it is from what was said. */
export interface ErrorRate {
  /** `word` for languages with spaces, `character` (spaces left out) for the others and Korean. */
  unit: "word" | "character";
  errors: number;
  /** Units in the reference. */
  length: number;
  /** errors / length: 0 is perfect; above 1 is possible. */
  rate: number;
}

/** Hangul too: Korean spacing is not consistent enough to count by words. */
const byCharacter =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Spoken forms that transcripts write in two ways (openai/whisper whisper/normalizers/english.py). */
const sameWords: Record<string, string> = { mr: "mister", mrs: "missus", dr: "doctor" };

/**
 * The edit distance between what was said and what was recognised, over what was said. Case,
 * punctuation and width are no difference.
 */
export function errorRate(reference: string, hypothesis: string): ErrorRate {
  const unit = byCharacter.test(reference) ? "character" : "word";
  const said = unitsOf(reference, unit);
  const errors = editDistance(said, unitsOf(hypothesis, unit));
  return { unit, errors, length: said.length, rate: errors / Math.max(1, said.length) };
}

function unitsOf(text: string, unit: ErrorRate["unit"]): string[] {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  if (plain === "") return [];
  if (unit === "character") return Array.from(plain.replaceAll(" ", ""));
  return plain.split(" ").map((word) => sameWords[word] ?? word);
}

/** Levenshtein distance with one row of memory. */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  a.forEach((from, i) => {
    const next = [i + 1];
    b.forEach((to, j) => {
      const kept = (row[j] ?? 0) + (from === to ? 0 : 1);
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    });
    row = next;
  });
  return row.at(-1) ?? 0;
}
