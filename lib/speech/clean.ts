import type { WordDoubt } from "@/lib/subtitles/model";
import type { RemovedText } from "@/lib/subtitles/quality/types";
import { inOrder, spaceBetween, textOfWords } from "./align";
import type { Stretch } from "./chunks";
import { doubtsAgree, type LoopMark, markLoops, meanLogprob, segmentDoubts } from "./doubts";
import { placeInSpeech } from "./snap";
import type { SpeechResult, SpeechSegment, SpeechWord } from "./types";

/** One chunk, where it was cut, and what the engine heard in it. */
export interface RecognisedChunk extends Stretch {
  /** Its place among the chunks; without it: the place in the list. */
  index?: number;
  /** Detected speech, absolute; whatever lies outside the chunk is ignored. */
  speech: readonly Stretch[];
  /** Times relative to `startMs`. */
  result: SpeechResult | undefined;
}

export interface CleanOptions {
  /** The language the track is in; without it: the one most of the speech is in. */
  language?: string | undefined;
  /** What was sent as a prompt with every chunk: text that repeats it is doubtful. */
  prompt?: string | undefined;
}

export interface CleanedSpeech {
  /** Absolute, in order, none overlapping; each with its chunk, its doubts, its other language. */
  words: SpeechWord[];
  /** Absolute; text and times are those of the words that were kept. */
  segments: SpeechSegment[];
  /** What isn't believed, in order. Together with the words it is all that the engine said. */
  removed: RemovedText[];
  /** The language most of the speech is in, as the engine heard it. */
  language?: string;
  /** Languages other than the track's own, and where: from first to last word. */
  stretches: (Stretch & { language: string })[];
}

/**
 * Puts the chunks' results together into one text with absolute times. Words that reach into a
 * pause are moved to the speech they belong to. What two kinds of evidence call invented is removed
 * and kept apart; what one does is kept with its doubt.
 */
export function cleanSpeech(
  chunks: readonly RecognisedChunk[],
  options: CleanOptions = {},
): CleanedSpeech {
  const heard = chunks
    .map((chunk, index) => ({ ...chunk, index: chunk.index ?? index }))
    .toSorted((a, b) => a.startMs - b.startMs)
    .flatMap((chunk) => (chunk.result ? [cleanChunk(chunk, chunk.result, options)] : []));
  const most = mostSpoken(heard);
  const own = options.language ?? most;
  const words: SpeechWord[] = [];
  for (const chunk of heard) {
    const [first] = chunk.words;
    const before = words.at(-1);
    if (first) first.spaceBefore = before !== undefined && spaceBetween(before.text, first.text);
    const other = otherLanguage(chunk, own);
    words.push(...(other ? chunk.words.map((word) => ({ ...word, ...other })) : chunk.words));
  }
  return {
    words: inOrder(words),
    segments: heard.flatMap((chunk) => chunk.segments),
    removed: heard.flatMap((chunk) => chunk.removed),
    stretches: otherStretches(heard, own),
    ...(most !== undefined && { language: most }),
  };
}

function otherLanguage({ language }: CleanedChunk, own: string | undefined) {
  return language !== undefined && language !== own ? { language } : undefined;
}

/** Chunks of one other language beside each other are one stretch. */
function otherStretches(
  chunks: readonly CleanedChunk[],
  own: string | undefined,
): CleanedSpeech["stretches"] {
  const stretches: CleanedSpeech["stretches"] = [];
  let open: CleanedSpeech["stretches"][number] | undefined;
  for (const chunk of chunks) {
    const [first] = chunk.words;
    const last = chunk.words.at(-1);
    if (!first || !last) continue;
    const other = otherLanguage(chunk, own);
    if (other && open?.language === other.language) {
      open.endMs = last.endMs;
    } else {
      open = other && { startMs: first.startMs, endMs: last.endMs, ...other };
      if (open) stretches.push(open);
    }
  }
  return stretches;
}

interface CleanedChunk {
  words: SpeechWord[];
  segments: SpeechSegment[];
  removed: RemovedText[];
  language: string | undefined;
}

function mostSpoken(chunks: readonly CleanedChunk[]): string | undefined {
  const heardMs = new Map<string, number>();
  for (const { language, words } of chunks) {
    if (!language) continue;
    const spokenMs = words.reduce((sum, word) => sum + word.endMs - word.startMs, 0);
    heardMs.set(language, (heardMs.get(language) ?? 0) + spokenMs);
  }
  return [...heardMs].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

/** A word with everything that is known against it. */
interface JudgedWord {
  word: SpeechWord;
  doubts: WordDoubt[];
  removed: boolean;
}

function cleanChunk(
  chunk: RecognisedChunk & { index: number },
  result: SpeechResult,
  options: CleanOptions,
): CleanedChunk {
  const speech = chunk.speech.filter(
    (stretch) => stretch.endMs > chunk.startMs && stretch.startMs < chunk.endMs,
  );
  const at = (ms: number) => Math.min(chunk.endMs, Math.max(chunk.startMs, chunk.startMs + ms));
  const move = <T extends Stretch>(item: T): T => ({
    ...item,
    startMs: at(item.startMs),
    endMs: at(item.endMs),
  });
  const all = result.words.map(move);
  const loops = markLoops(all);
  const lastSegment = result.segments.length - 1;
  const cleaned: CleanedChunk = { words: [], segments: [], removed: [], language: result.language };
  result.segments.map(move).forEach((segment, index) => {
    const own = all.flatMap((word, place) =>
      Math.min(word.segment ?? 0, lastSegment) === index ? [{ word, loop: loops[place] }] : [],
    );
    const before = cleaned.words.at(-1);
    const judged = judge({ segment, own, speech, before, prompt: options.prompt });
    cleaned.removed.push(...removedTexts(judged, `${chunk.index}-${index}`));
    const kept = judged.filter(({ removed }) => !removed).map((each) => keep(each, chunk));
    if (kept.length === 0) return;
    cleaned.words.push(...kept);
    cleaned.segments.push({
      ...segment,
      startMs: kept[0]?.startMs ?? segment.startMs,
      endMs: kept.at(-1)?.endMs ?? segment.endMs,
      text: textOfWords(kept),
    });
  });
  return cleaned;
}

/** The word for the text, inside its chunk: speech may begin before it was cut. */
function keep({ word, doubts }: JudgedWord, chunk: Stretch & { index: number }): SpeechWord {
  const { segment: _segment, ...rest } = word;
  const inside = (ms: number) => Math.min(chunk.endMs, Math.max(chunk.startMs, ms));
  return {
    ...rest,
    startMs: inside(word.startMs),
    endMs: inside(word.endMs),
    chunk: chunk.index,
    ...(doubts.length > 0 && { doubts }),
  };
}

function judge(given: {
  segment: SpeechSegment;
  own: readonly { word: SpeechWord; loop: LoopMark }[];
  speech: readonly Stretch[];
  before: SpeechWord | undefined;
  prompt: string | undefined;
}): JudgedWord[] {
  const { segment, own, speech, before, prompt } = given;
  // Rounds of a certain loop have made-up times that would push real words aside.
  const real = own.filter(({ loop }) => loop !== "certain");
  const said = real.map(({ word }) => word);
  const placed = placeInSpeech(said, speech, before);
  const { doubts, ...times } = segmentDoubts({
    segment,
    said,
    placed,
    loops: own.map(({ loop }) => loop),
    prompt,
  });
  const outside = placed.filter((each) => each.outside).map((each) => each.word);
  const guessedOutside = (meanLogprob(outside) ?? 0) <= -1;
  let at = 0;
  return own.map(({ word, loop }): JudgedWord => {
    if (loop === "certain") {
      return { word, doubts: merged([...doubts, "repetition"]), removed: true };
    }
    const place = placed[at++];
    const against: WordDoubt[] = [...doubts];
    if (loop === "suspected") against.push("repetition");
    if (place?.outside) against.push("outside_speech");
    if (place?.outside && guessedOutside) against.push("guess");
    const all = merged(against);
    return { word: place?.word ?? word, doubts: all, removed: doubtsAgree(all, times) };
  });
}

const merged = (doubts: readonly WordDoubt[]) => [...new Set(doubts)];

/** Neighbouring words that were removed for the same reasons are one text. */
function removedTexts(judged: readonly JudgedWord[], place: string): RemovedText[] {
  const texts: RemovedText[] = [];
  for (let from = 0; from < judged.length; ) {
    const first = judged[from];
    let to = from + 1;
    while (to < judged.length && sameFate(judged[to], first)) to++;
    if (first?.removed) {
      const group = judged.slice(from, to).map(({ word }) => word);
      texts.push({
        id: `${place}-${texts.length}`,
        startMs: first.word.startMs,
        endMs: Math.max(first.word.startMs, ...group.map(({ endMs }) => endMs)),
        text: textOfWords(group),
        doubts: first.doubts,
      });
    }
    from = to;
  }
  return texts;
}

function sameFate(one: JudgedWord | undefined, other: JudgedWord | undefined): boolean {
  return one?.removed === other?.removed && one?.doubts.join() === other?.doubts.join();
}
