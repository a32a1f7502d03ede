import { inOrder, spaceBetween, textOfWords } from "./align";
import type { Stretch } from "./chunks";
import { withoutLoops } from "./loops";
import { snapToSpeech } from "./snap";
import type { SpeechResult, SpeechSegment, SpeechWord } from "./types";

/** One chunk, where it was cut, and what the engine heard in it. */
export interface RecognisedChunk extends Stretch {
  /** Detected speech, absolute; whatever lies outside the chunk is ignored. */
  speech: readonly Stretch[];
  /** Times relative to `startMs`. */
  result: SpeechResult | undefined;
}

/** Something the engine said that is not believed, kept for the quality report. Absolute times. */
export interface DroppedText extends Stretch {
  text: string;
  /**
   * `silence`: said where nobody speaks; `no_speech`: the engine itself doubted that there was
   * speech and guessed; `repetition`: the same words over and over.
   */
  reason: "silence" | "no_speech" | "repetition";
}

export interface AssembledSpeech {
  /** Absolute, in order, none overlapping. */
  words: SpeechWord[];
  /** Absolute; text and times are those of the words that were kept. */
  segments: SpeechSegment[];
  dropped: DroppedText[];
  /** The language most of the speech is in, as the engine heard it. */
  language?: string;
}

/**
 * openai/whisper whisper/transcribe.py: a window is silent when no_speech_prob is over 0.6 and
 * the text's mean log probability not over -1; a text is a loop when it compresses to less than
 * 1/2.4.
 */
const noSpeechProb = 0.6;
const guessLogprob = -1;
const loopRatio = 2.4;

/**
 * Puts the chunks' results together into one text with absolute times, without what the engine
 * invented: segments it doubted itself, loops, and words that lie wholly where nobody speaks. Words
 * that reach into a pause are moved to the speech they belong to.
 */
export function assembleSpeech(chunks: readonly RecognisedChunk[]): AssembledSpeech {
  const words: SpeechWord[] = [];
  const segments: SpeechSegment[] = [];
  const dropped: DroppedText[] = [];
  const heardMs = new Map<string, number>();
  for (const chunk of chunks.toSorted((a, b) => a.startMs - b.startMs)) {
    if (!chunk.result) continue;
    const speech = chunk.speech.filter(
      (stretch) => stretch.endMs > chunk.startMs && stretch.startMs < chunk.endMs,
    );
    const believed = believe(absolute(chunk, chunk.result), speech);
    dropped.push(...believed.dropped);
    segments.push(...believed.segments);
    const [first] = believed.words;
    const before = words.at(-1);
    if (first) first.spaceBefore = before !== undefined && spaceBetween(before.text, first.text);
    words.push(...believed.words);
    const { language } = chunk.result;
    const spokenMs = believed.words.reduce((sum, word) => sum + word.endMs - word.startMs, 0);
    if (language) heardMs.set(language, (heardMs.get(language) ?? 0) + spokenMs);
  }
  const [most] = [...heardMs].toSorted((a, b) => b[1] - a[1]);
  return { words: inOrder(words), segments, dropped, ...(most && { language: most[0] }) };
}

interface Heard {
  words: SpeechWord[];
  segments: SpeechSegment[];
}

function absolute({ startMs, endMs }: Stretch, result: SpeechResult): Heard {
  const at = (ms: number) => Math.min(endMs, Math.max(startMs, startMs + ms));
  const move = <T extends Stretch>(item: T): T => ({
    ...item,
    startMs: at(item.startMs),
    endMs: at(item.endMs),
  });
  return { words: result.words.map(move), segments: result.segments.map(move) };
}

function believe(heard: Heard, speech: readonly Stretch[]): Heard & { dropped: DroppedText[] } {
  const words: SpeechWord[] = [];
  const segments: SpeechSegment[] = [];
  const dropped: DroppedText[] = [];
  const bySegment = Map.groupBy(heard.words, (word) => word.segment ?? 0);
  heard.segments.forEach((segment, index) => {
    const said = bySegment.get(index) ?? [];
    const verdict = judge(segment, said, speech);
    for (const [reason, group] of verdict.dropped) {
      const [first] = group;
      const last = group.at(-1);
      if (!first || !last) continue;
      const text = textOfWords(group);
      dropped.push({ startMs: first.startMs, endMs: last.endMs, text, reason });
    }
    if (verdict.kept.length === 0) return;
    segments.push({
      ...segment,
      startMs: verdict.kept[0]?.startMs ?? segment.startMs,
      endMs: verdict.kept.at(-1)?.endMs ?? segment.endMs,
      text: textOfWords(verdict.kept),
    });
    words.push(...verdict.kept.map(({ segment: _segment, ...word }) => word));
  });
  return { words, segments, dropped };
}

interface Verdict {
  kept: SpeechWord[];
  dropped: [DroppedText["reason"], SpeechWord[]][];
}

function judge(
  segment: SpeechSegment,
  said: readonly SpeechWord[],
  speech: readonly Stretch[],
): Verdict {
  if ((segment.noSpeechProb ?? 0) > noSpeechProb && (segment.avgLogprob ?? 0) <= guessLogprob) {
    return { kept: [], dropped: [["no_speech", [...said]]] };
  }
  const loops =
    (segment.compressionRatio ?? 0) > loopRatio
      ? withoutLoops(said, (word) => word.text.toLowerCase())
      : { kept: [...said], dropped: [] };
  const snapped = snapToSpeech(loops.kept, speech);
  return {
    kept: snapped.kept,
    dropped: [
      ["repetition", loops.dropped],
      ["silence", snapped.dropped],
    ],
  };
}
