import { literalMarkup } from "@/lib/subtitles/markup";
import type { Cue, Word } from "@/lib/subtitles/model";
import { type RuleProfile, ruleProfile } from "@/lib/subtitles/rules";
import {
  type Atoms,
  atomsOf,
  type RunningText,
  runningText,
} from "@/lib/subtitles/segmentation/atoms";
import { gapsOf } from "@/lib/subtitles/segmentation/gaps";
import { type CueRange, Partitioner } from "@/lib/subtitles/segmentation/partition";
import { usableTimes } from "@/lib/subtitles/segmentation/word-times";
import { applyTiming, beginLastSooner, minGapMs } from "@/lib/subtitles/timing";

export { breakLines } from "@/lib/subtitles/segmentation/lines";

/** The atoms of a line as text, with the spaces that stood between them. */
function lineText(running: RunningText, atoms: Atoms, from: number, to: number): string {
  return running.text.slice(atoms.from[from], atoms.to[to - 1]);
}

/**
 * The words in a stretch of the running text. A word that reaches over its end, because no cue
 * could hold it, is cut there and its time shared by length.
 */
function wordsBetween(running: RunningText, firstWord: number, from: number, to: number): Word[] {
  const found: Word[] = [];
  for (let i = firstWord; i < running.words.length; i++) {
    const word = running.words[i];
    const wordFrom = running.wordFrom[i] ?? 0;
    const wordTo = running.wordTo[i] ?? 0;
    if (word === undefined || wordFrom >= to) break;
    if (wordFrom >= from && wordTo <= to) {
      found.push(word);
      continue;
    }
    const cutFrom = Math.max(from, wordFrom);
    const cutTo = Math.min(to, wordTo);
    const raw = running.text.slice(cutFrom, cutTo);
    const perCharacter = (word.endMs - word.startMs) / Math.max(1, wordTo - wordFrom);
    const piece: Word = {
      ...word,
      text: raw.trim(),
      startMs: Math.round(word.startMs + (cutFrom - wordFrom) * perCharacter),
      endMs: Math.round(word.startMs + (cutTo - wordFrom) * perCharacter),
      interpolated: true,
    };
    if (cutFrom > wordFrom) piece.spaceBefore = running.text.charCodeAt(cutFrom - 1) === 32;
    if (piece.text !== "") found.push(piece);
  }
  return found;
}

function cueOf(running: RunningText, atoms: Atoms, range: CueRange, id: string): Cue {
  const { from, to, lineAt } = range;
  const lines = [lineText(running, atoms, from, lineAt)];
  if (lineAt < to) lines.push(lineText(running, atoms, lineAt, to));
  const firstWord = atoms.word[from] ?? 0;
  const words = wordsBetween(running, firstWord, atoms.from[from] ?? 0, atoms.to[to - 1] ?? 0);
  const cue: Cue = {
    id,
    startMs: atoms.startMs[from] ?? 0,
    endMs: atoms.endMs[to - 1] ?? 0,
    text: literalMarkup(lines.join("\n")),
    words,
  };
  const { speaker, language } = running.words[firstWord] ?? {};
  if (speaker !== undefined) cue.speaker = speaker;
  if (language !== undefined) cue.language = language;
  return cue;
}

/**
 * Makes publishable cues of recognised words: cut where sense and pauses allow, in at most two
 * balanced lines, with times that can be read. Every word appears once and in its order. Times
 * that can't be true (missing, reversed, zero, overlapping) are worked out from the neighbours.
 *
 * `language` is that of the words (BCP 47). `profile` defaults to the language's rules for
 * subtitles in the spoken language. `fps` is the video's frame rate, for the pause of two frames;
 * `shotChanges` (ms) are where ends should lie, see `applyTiming`; no cue ends after `durationMs`,
 * the video's length.
 */
export function cuesFromWords({
  words,
  language,
  profile = ruleProfile(language, { sameLanguage: true }),
  fps,
  shotChanges,
  durationMs,
  makeId,
}: {
  words: readonly Word[];
  language: string;
  profile?: RuleProfile;
  fps?: number | undefined;
  shotChanges?: readonly number[] | undefined;
  durationMs?: number | undefined;
  makeId: () => string;
}): Cue[] {
  const running = runningText(words, usableTimes(words), language);
  const atoms = atomsOf(running, language, profile);
  const gaps = gapsOf(running, atoms, language);
  const ranges = new Partitioner(atoms, gaps, profile, minGapMs(profile, fps)).ranges();
  let earliestMs = 0;
  const cues = ranges.map((range) => {
    const cue = cueOf(running, atoms, range, makeId());
    // Pieces of one instant still follow each other.
    cue.startMs = Math.max(cue.startMs, earliestMs);
    cue.endMs = Math.max(cue.endMs, cue.startMs + 1);
    earliestMs = cue.startMs + 1;
    return cue;
  });
  const timed = applyTiming({ cues, profile, fps, shotChanges, durationMs });
  return beginLastSooner({ cues: timed, profile, fps, durationMs });
}
