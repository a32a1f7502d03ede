import type { Word } from "@/lib/subtitles/model";
import type { SpeakerTurn } from "./types";

/**
 * A run of one speaker's words this short, without a pause around it, is the edge of a turn that
 * was found a little off, or a laugh inside a sentence; a real answer as short as that stands
 * between pauses.
 */
const shortRunMs = 700;
/** The shortest pause that sets a word apart from its neighbours. */
const pauseMs = 250;

/**
 * Says who speaks each word: whose turns it overlaps the most, else whose are nearest. Runs too
 * short to be a turn join their neighbours. Every word stays, in its place, with its text and
 * times; without turns the words come back as they are. Words and turns in order of time.
 */
export function assignSpeakers(words: readonly Word[], turns: readonly SpeakerTurn[]): Word[] {
  if (turns.length === 0) return [...words];
  const speakers = smoothRuns(words, nearestSpeakers(words, turns));
  return words.map((word, index) => {
    const speaker = speakers[index];
    return speaker === undefined ? word : { ...word, speaker };
  });
}

/** One pass over words and turns: each turn is looked at by the words near it only. */
function nearestSpeakers(words: readonly Word[], turns: readonly SpeakerTurn[]): string[] {
  // The latest end of this turn and all before it: turns overlap, so ends alone aren't in order.
  const latestEndMs: number[] = [];
  for (const turn of turns) latestEndMs.push(Math.max(turn.endMs, latestEndMs.at(-1) ?? 0));
  let first = 0;
  let before: string | undefined;
  return words.map((word) => {
    while (first < turns.length && (latestEndMs[first] ?? 0) <= word.startMs) first += 1;
    const speaker =
      mostOverlapping(word, turns, first, before) ?? nearest(word, turns, first) ?? before ?? "";
    before = speaker;
    return speaker;
  });
}

function mostOverlapping(
  word: Word,
  turns: readonly SpeakerTurn[],
  first: number,
  before: string | undefined,
): string | undefined {
  const shared = new Map<string, number>();
  for (let at = first; at < turns.length; at++) {
    const turn = turns[at];
    if (!turn || turn.startMs >= word.endMs) break;
    const ms = Math.min(turn.endMs, word.endMs) - Math.max(turn.startMs, word.startMs);
    if (ms > 0) shared.set(turn.speaker, (shared.get(turn.speaker) ?? 0) + ms);
  }
  let best: string | undefined;
  for (const [speaker, ms] of shared) {
    const lead = ms - (best === undefined ? 0 : (shared.get(best) ?? 0));
    // Two speak at once: it stays with whoever spoke.
    if (lead > 0 || (lead === 0 && speaker === before)) best = speaker;
  }
  return best;
}

/** Between turns: the one that ended last before the word, or the next one if that is nearer. */
function nearest(word: Word, turns: readonly SpeakerTurn[], first: number): string | undefined {
  const next = turns[first];
  let last: SpeakerTurn | undefined;
  // Those before `first` have ended; the newest few hold the one that ended last.
  for (let at = first - 1; at >= 0 && at >= first - 8; at--) {
    const turn = turns[at];
    if (turn && (!last || turn.endMs > last.endMs)) last = turn;
  }
  if (!last || !next) return (last ?? next)?.speaker;
  return next.startMs - word.endMs < word.startMs - last.endMs ? next.speaker : last.speaker;
}

interface Run {
  from: number;
  /** Excluded. */
  to: number;
  speaker: string;
}

function runsOf(speakers: readonly string[]): Run[] {
  const runs: Run[] = [];
  speakers.forEach((speaker, index) => {
    const last = runs.at(-1);
    if (last?.speaker === speaker) last.to = index + 1;
    else runs.push({ from: index, to: index + 1, speaker });
  });
  return runs;
}

function smoothRuns(words: readonly Word[], speakers: string[]): string[] {
  const smooth = [...speakers];
  const gapMs = (index: number) =>
    (words[index]?.startMs ?? 0) - (words[index - 1]?.endMs ?? Number.NEGATIVE_INFINITY);
  const runs = runsOf(speakers);
  runs.forEach((run, index) => {
    const previous = runs[index - 1];
    const next = runs[index + 1];
    if (!previous && !next) return;
    const lengthMs = (words[run.to - 1]?.endMs ?? 0) - (words[run.from]?.startMs ?? 0);
    if (lengthMs >= shortRunMs) return;
    const gapBeforeMs = previous ? gapMs(run.from) : Number.POSITIVE_INFINITY;
    const gapAfterMs = next ? gapMs(run.to) : Number.POSITIVE_INFINITY;
    if (Math.min(gapBeforeMs, gapAfterMs) >= pauseMs) return;
    const joined = gapBeforeMs <= gapAfterMs ? smooth[run.from - 1] : next?.speaker;
    smooth.fill(joined ?? run.speaker, run.from, run.to);
  });
  return smooth;
}
