import { AppError } from "@/lib/errors";
import type { Cue, CueProvenance, Word } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import { applyTiming } from "@/lib/subtitles/timing";
import { type AlignedLine, alignTranscript, type TextLine } from "./alignment";
import type { SpeechWord } from "./types";

/**
 * Of the text's letters, so many must be heard. Other speech of the same language shares a tenth to
 * a quarter with a text by chance, a recognition with a third of its words wrong still two thirds.
 */
export const leastMatched = 0.4;

export interface TimeTextOptions {
  lines: readonly TextLine[];
  /** `subtitles` keep their cues and line breaks; `text` is cut anew, never over a line's end. */
  kind: "subtitles" | "text";
  /** What was recognised, absolute times, in order. */
  words: readonly SpeechWord[];
  language: string;
  durationMs: number;
  profile: RuleProfile;
  fps?: number | undefined;
  shotChanges?: readonly number[] | undefined;
  makeId: () => string;
  /** Goes into each cue, with `origin` and `matched`. */
  provenance: Omit<CueProvenance, "origin" | "matched">;
}

/**
 * Cues of a person's own text, timed by what was heard.
 * @throws {AppError} `transcript_mismatch` when too little of it is heard
 */
export function cuesFromText(options: TimeTextOptions): { cues: Cue[]; matched: number } {
  const { lines, words, language, durationMs, profile, fps, shotChanges } = options;
  const aligned = alignTranscript({ lines, words, language, durationMs });
  if (aligned.matched < leastMatched) {
    throw new AppError("transcript_mismatch", { detail: `matched ${aligned.matched.toFixed(2)}` });
  }
  const said = aligned.lines.filter((line) => line.words.length > 0);
  const cues = said.flatMap((line) =>
    options.kind === "subtitles" ? [subtitleOf(line, options)] : cutLine(line, options),
  );
  return { cues: applyTiming({ cues, profile, fps, shotChanges }), matched: aligned.matched };
}

function subtitleOf(line: AlignedLine, { makeId, provenance }: TimeTextOptions): Cue {
  const { text, startMs, endMs, speaker, matched } = line;
  return {
    ...{ id: makeId(), startMs, endMs, text },
    ...(speaker !== undefined && { speaker }),
    words: line.words,
    provenance: { ...provenance, origin: "alignment", matched: rounded(matched) },
  };
}

function cutLine(line: AlignedLine, options: TimeTextOptions): Cue[] {
  const { language, profile, fps, shotChanges, makeId, provenance } = options;
  const { speaker } = line;
  const words =
    speaker === undefined ? line.words : line.words.map((word) => ({ ...word, speaker }));
  return cuesFromWords({ words, language, profile, fps, shotChanges, makeId }).map((cue) => ({
    ...cue,
    provenance: { ...provenance, origin: "alignment", matched: rounded(matchedShare(cue.words)) },
  }));
}

function matchedShare(words: readonly Word[] = []): number {
  const letters = (some: readonly Word[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  return letters(words.filter((word) => !word.interpolated)) / Math.max(1, letters(words));
}

const rounded = (share: number) => Math.round(share * 100) / 100;
