import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type AlignedLine, alignTranscript } from "@/lib/speech/alignment";
import type { SpeechWord } from "@/lib/speech/types";
import type { Cue, Word } from "@/lib/subtitles/model";
import type { RuleProfile } from "@/lib/subtitles/rules";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import { applyTiming, beginLastSooner } from "@/lib/subtitles/timing";
import type { TranscriptFormat, TranscriptLine } from "@/lib/transcripts/schema";

/**
 * Under this share of its letters found in what was heard, a text isn't this video's: what two
 * texts of one language have in common by chance stays below it, what a recogniser mishears in
 * noise doesn't bring the right text there.
 */
const leastMatched = 0.3;

/**
 * The person's own text with the times of what was heard. Subtitles stay cue by cue and line by
 * line; plain text is cut into cues by the rules. Each tells how much of it was found.
 * @throws {AppError} transcript_mismatch
 */
export function alignedCues(options: {
  transcript: { format: TranscriptFormat; lines: readonly TranscriptLine[] };
  words: readonly SpeechWord[];
  language: string;
  durationMs: number;
  profile: RuleProfile;
  picture: { fps?: number; shotChanges?: number[] };
}): Cue[] {
  const { transcript, words, language, durationMs, profile, picture } = options;
  const timing = { profile, ...picture, durationMs };
  const { lines } = transcript;
  const aligned = alignTranscript({ lines, words, language, durationMs });
  if (aligned.matched < leastMatched) {
    const percent = Math.round(aligned.matched * 100);
    throw new AppError("transcript_mismatch", { detail: `${percent} % of the text was heard` });
  }
  if (transcript.format !== "txt") {
    const cues = applyTiming({ cues: aligned.lines.map(cueOfLine), ...timing });
    return beginLastSooner({ cues, ...timing });
  }
  const said = aligned.lines.flatMap(wordsOfLine);
  const cues = cuesFromWords({ words: said, language, ...timing, makeId: () => newId() });
  return cues.map((cue) => withMatch(cue, matchedShare(cue.words ?? [])));
}

function wordsOfLine({ words, speaker }: AlignedLine): Word[] {
  return words.map(({ spaceBefore, ...word }, index) => ({
    ...word,
    // Between lines the language decides.
    ...(index > 0 && spaceBefore !== undefined && { spaceBefore }),
    ...(speaker && { speaker }),
  }));
}

function cueOfLine({ text, startMs, endMs, speaker, words, matched }: AlignedLine): Cue {
  const cue = { id: newId(), startMs, endMs, text, ...(speaker && { speaker }), words };
  return withMatch(cue, matched);
}

function withMatch(cue: Cue, matched: number): Cue {
  return { ...cue, provenance: { origin: "alignment", matched } };
}

function matchedShare(words: readonly { text: string; interpolated?: boolean }[]): number {
  let heard = 0;
  let all = 0;
  for (const { text, interpolated } of words) {
    all += text.length;
    if (!interpolated) heard += text.length;
  }
  return all === 0 ? 1 : heard / all;
}
