import { plainText } from "@/lib/subtitles/markup";

/** A piece of text that both sides have, or only one. */
export interface DiffPart {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Longer texts are shown as a whole: nobody reads a diff of them, and it would take its time. */
const maxPieces = 400;

const piece =
  /\n|[^\S\n]+|[\p{L}\p{N}\p{M}]+(?:['\u2019][\p{L}\p{N}\p{M}]+)*|[^\s\p{L}\p{N}\p{M}]+/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

let dictionary: Intl.Segmenter | undefined;

/**
 * Words, punctuation, line breaks and runs of spaces: a moved line break is a change of its own.
 * Where no spaces are written a dictionary tells words; which one goes by the script.
 */
function pieces(text: string): string[] {
  const found = text.match(piece) ?? [];
  if (!unspaced.test(text)) return found;
  dictionary ??= new Intl.Segmenter("en", { granularity: "word" });
  const words = dictionary;
  return found.flatMap((part) =>
    unspaced.test(part) ? Array.from(words.segment(part), ({ segment }) => segment) : [part],
  );
}

/**
 * What one text has and the other hasn't, by words (longest common subsequence). Joining what isn't
 * `added` gives `before`, joining what isn't `removed` gives `after`; both without markup.
 */
export function diffText(before: string, after: string): DiffPart[] {
  const from = pieces(plainText(before));
  const to = pieces(plainText(after));
  if (from.length > maxPieces || to.length > maxPieces) {
    return tidy([
      { kind: "removed", text: from.join("") },
      { kind: "added", text: to.join("") },
    ]);
  }
  return tidy(walk(from, to, commonLengths(from, to)));
}

/** Length of the longest common subsequence of `from` from i and `to` from j, for all i and j. */
function commonLengths(from: readonly string[], to: readonly string[]): number[][] {
  const lengths = Array.from({ length: from.length + 1 }, () =>
    new Array<number>(to.length + 1).fill(0),
  );
  for (let i = from.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] ?? [];
    const below = lengths[i + 1] ?? [];
    for (let j = to.length - 1; j >= 0; j -= 1) {
      row[j] =
        from[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function walk(from: readonly string[], to: readonly string[], lengths: number[][]): DiffPart[] {
  const parts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    const a = from[i];
    const b = to[j];
    if (a !== undefined && a === b) {
      parts.push({ kind: "same", text: a });
      i += 1;
      j += 1;
    } else if (b === undefined || (a !== undefined && length(i + 1, j) >= length(i, j + 1))) {
      parts.push({ kind: "removed", text: a ?? "" });
      i += 1;
    } else {
      parts.push({ kind: "added", text: b });
      j += 1;
    }
  }
  return parts;

  function length(row: number, column: number): number {
    return lengths[row]?.[column] ?? 0;
  }
}

/** Neighbours of one kind become one part; empty ones go. */
function tidy(parts: readonly DiffPart[]): DiffPart[] {
  const tidied: DiffPart[] = [];
  for (const part of parts) {
    const last = tidied.at(-1);
    if (part.text === "") continue;
    if (last?.kind === part.kind) last.text += part.text;
    else tidied.push({ ...part });
  }
  return tidied;
}
