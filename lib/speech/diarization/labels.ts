import { speechBySpeaker } from "./turns";
import type { SpeakerTurn } from "./types";

/** A stretch as OpenAI's diarized answer has it; seconds. */
export interface LabelledSegment {
  start: number;
  end: number;
  /** One of the known names, or a letter that holds for this answer only. */
  speaker: string;
}

/** What the service takes: at most so many clips of known speakers, each so long. */
const mostReferences = 4;
const clipMs = { least: 2_000, most: 10_000 };

/**
 * The clearest stretch of each speaker who is known by now: one turn of 2 to 10 s in which nobody
 * else speaks; those who spoke the most first, at most four.
 */
export function referenceSpans(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  const spoken = [...speechBySpeaker(turns)].toSorted((a, b) => b[1] - a[1]);
  const spans = spoken.flatMap(([speaker]) => clearest(speaker, turns) ?? []);
  return spans.slice(0, mostReferences);
}

function clearest(speaker: string, turns: readonly SpeakerTurn[]): SpeakerTurn | undefined {
  const others = turns.filter((turn) => turn.speaker !== speaker);
  const clear = turns
    .filter((turn) => turn.speaker === speaker)
    .filter((turn) => turn.endMs - turn.startMs >= clipMs.least)
    .filter((turn) => !others.some((o) => o.startMs < turn.endMs && o.endMs > turn.startMs))
    .toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  const [longest] = clear;
  if (!longest) return undefined;
  return { ...longest, endMs: Math.min(longest.endMs, longest.startMs + clipMs.most) };
}

interface Match {
  /** Of one chunk, in times of the video. */
  heard: readonly SpeakerTurn[];
  /** The speakers whose clips went along: the service gives their names back. */
  known: readonly string[];
  /** Of the chunks before. */
  earlier: readonly SpeakerTurn[];
  /** How many speak in all, where that is known. */
  speakers: number | undefined;
}

/**
 * Gives a chunk's speakers names that hold for the whole video. A new letter is a new speaker,
 * unless all there are have been heard: then it is the one whose clip could not go along, where
 * there is only one such.
 */
export function matchLabels({ heard, known, earlier, speakers }: Match): SpeakerTurn[] {
  const before = new Set(earlier.map(({ speaker }) => speaker));
  const left = [...before].filter((speaker) => !known.includes(speaker));
  const letters = [...new Set(heard.map(({ speaker }) => speaker))].filter(
    (letter) => !known.includes(letter),
  );
  const full = speakers !== undefined && before.size >= speakers;
  const names = new Map<string, string>();
  let newest = before.size;
  for (const letter of letters) {
    const only = left.length === 1 && (full || letters.length === 1) ? left[0] : undefined;
    if (!only) newest += 1;
    names.set(letter, only ?? `speaker_${newest}`);
  }
  return heard.map((turn) => ({ ...turn, speaker: names.get(turn.speaker) ?? turn.speaker }));
}
