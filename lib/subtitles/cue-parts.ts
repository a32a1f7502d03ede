import { plainText } from "@/lib/subtitles/markup";
import type { Cue, Word } from "@/lib/subtitles/model";

/** Words that begin so far from their cue's start aren't timed to it any more: somebody moved it. */
const movedMs = 300;

/** Text without markup, spaces and line breaks, to compare what is said. */
export function compactText(text: string): string {
  return plainText(text).replace(/\s+/g, "");
}

/** The cue's words where they say what its text says. */
export function spokenWords(cue: Cue): Word[] | undefined {
  const { words } = cue;
  if (!words || words.length === 0) return undefined;
  return compactText(cue.text) === saidBy(words) ? words : undefined;
}

function saidBy(words: readonly Word[]): string {
  return words
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, "");
}

/** The cue's words where they say its text at its time. */
export function timedWords(cue: Cue): Word[] | undefined {
  const words = spokenWords(cue);
  const moved = Math.abs((words?.[0]?.startMs ?? 0) - cue.startMs) > movedMs;
  return moved ? undefined : words;
}

/** What was heard, given to the piece in whose time it lies. */
export function shareWords(
  words: readonly Word[],
  pieces: readonly Pick<Cue, "startMs">[],
): Word[][] {
  const shares: Word[][] = pieces.map(() => []);
  for (const word of words) {
    const middle = (word.startMs + word.endMs) / 2;
    const later = pieces.findIndex(({ startMs }) => startMs > middle);
    shares[later === -1 ? pieces.length - 1 : Math.max(0, later - 1)]?.push(word);
  }
  return shares;
}

/** Where the text of two cues that become one comes from. */
export function joinProvenance(a: Cue, b: Cue): Cue["provenance"] {
  const [one, two] = [a.provenance, b.provenance];
  if (!one || !two) return one ?? two;
  const terms = [...new Set([...(one.terms ?? []), ...(two.terms ?? [])])];
  return {
    ...one,
    ...(one.chunks && two.chunks && { chunks: [one.chunks[0], two.chunks[1]] }),
    ...(terms.length > 0 && { terms }),
    ...(one.matched !== undefined &&
      two.matched !== undefined && { matched: Math.min(one.matched, two.matched) }),
  };
}
