import { hasWords, sentencesOf } from "./grouping";
import type { PieceReply, SourceCue } from "./types";

export interface JudgedReply {
  /** Texts that can be kept, by cue id. */
  texts: Map<string, string>;
  /** Ids of cues that were lost, came back more than once, moved or without words. */
  damaged: Set<string>;
}

/**
 * Holds a reply against the piece it answers: every cue once, in order, with words in it. Words
 * outside all cues belong to one of them and nobody knows which, so then none is kept.
 */
export function judgeReply(cues: readonly SourceCue[], reply: PieceReply): JudgedReply {
  const damaged = new Set<string>();
  const texts = new Map<string, string>();
  const idAt = (index: number) => cues[index]?.id;
  if (reply.stray || reply.cues.some(({ index }) => idAt(index) === undefined)) {
    return { texts, damaged: new Set(cues.map(({ id }) => id)) };
  }
  reply.cues.forEach(({ index, text }, place) => {
    const id = idAt(index);
    if (id === undefined) return;
    const next = reply.cues[place + 1];
    if (next !== undefined && next.index <= index) {
      damaged.add(id);
      damaged.add(idAt(next.index) ?? id);
    }
    if (texts.has(id) || !hasWords(text)) damaged.add(id);
    texts.set(id, text);
  });
  for (const { id } of cues) if (!texts.has(id)) damaged.add(id);
  for (const id of damaged) texts.delete(id);
  return { texts, damaged };
}

/**
 * The sentences to ask for again, since a lost cue's words are in the cue beside it, which may be of
 * the next sentence; the halves of a piece that is one sentence.
 */
export function smallerParts(
  cues: readonly SourceCue[],
  damaged: ReadonlySet<string>,
): SourceCue[][] {
  const sentences = sentencesOf(cues);
  if (sentences.length === 1) {
    const middle = Math.ceil(cues.length / 2);
    return [cues.slice(0, middle), cues.slice(middle)].filter((half) => half.length > 0);
  }
  const suspects = new Set(
    cues.flatMap(({ id }, place) =>
      damaged.has(id) ? cues.slice(Math.max(0, place - 1), place + 2).map((cue) => cue.id) : [],
    ),
  );
  return sentences.filter((sentence) => sentence.some(({ id }) => suspects.has(id)));
}

/** Texts longer than this are translated in pieces, for the sake of the services' limits. */
const maxTextCharacters = 4_000;

/** A very long text in pieces at the ends of sentences, else at spaces, else anywhere. */
export function splitLongText(text: string, limit: number = maxTextCharacters): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const head = rest.slice(0, limit);
    const sentence = Math.max(
      ...[". ", "? ", "! ", "。", "！", "？"].map((end) => head.lastIndexOf(end)),
    );
    const space = head.lastIndexOf(" ");
    let cut = sentence > limit / 2 ? sentence + 1 : space > limit / 2 ? space : limit;
    // Never between the halves of a character.
    if (/[\ud800-\udbff]/.test(rest.charAt(cut - 1))) cut -= 1;
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  if (rest !== "") pieces.push(rest);
  return pieces;
}
