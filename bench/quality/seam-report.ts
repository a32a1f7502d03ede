import type { SpeechResult } from "@/lib/speech";
import { textOfWords } from "@/lib/speech/align";
import type { Stretch } from "@/lib/speech/chunks";
import { type CleanedSpeech, cleanSpeech, type RecognisedChunk } from "@/lib/speech/clean";
import { matchSequences } from "@/lib/speech/diff";
import { errorRate } from "@/lib/speech/error-rate";
import { plainLetters } from "@/lib/speech/stock-phrases";
import type { SpeechWord } from "@/lib/speech/types";
import type { Cue } from "@/lib/subtitles/model";
import type { Placed } from "./long-recording";

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

/** Both runs beside what is really said. */
export function reportReference(options: {
  cut: CleanedSpeech;
  unchunked: CleanedSpeech;
  cues: readonly Cue[];
  clips: readonly Placed[];
}): void {
  const { cut, unchunked, cues, clips } = options;
  for (const [name, { words, removed }] of Object.entries({ cut, unchunked })) {
    let errors = 0;
    let length = 0;
    for (const clip of clips) {
      const inside = words.filter(
        (word) => middle(word) >= clip.startMs && middle(word) < clip.endMs,
      );
      const rate = errorRate(clip.text, textOfWords(inside));
      errors += rate.errors;
      length += rate.length;
    }
    console.log(
      `${name.padEnd(10)} ${words.length} words, word error rate ${percent(errors / length)} (${errors}/${length}), removed ${removed.length}`,
    );
  }
  console.log(`           ${cues.length} cues from the cut run`);
}

const middle = ({ startMs, endMs }: SpeechWord) => (startMs + endMs) / 2;

/** A word this near to a cut is at the seam. */
const seamMs = 5_000;

/** Which words of two runs are the same, in order. */
function pairsOf(a: readonly SpeechWord[], b: readonly SpeechWord[]) {
  const keys = (words: readonly SpeechWord[]) => words.map((word) => plainLetters(word.text));
  const pairs = matchSequences(keys(a), keys(b), 6_000);
  if (!pairs) throw new Error("the two runs are not of one recording");
  return pairs;
}

/** The cut run beside the one in one request: words at the seams, and starts. */
export function reportRuns(options: {
  cut: readonly SpeechWord[];
  unchunked: readonly SpeechWord[];
  cues: readonly Cue[];
  chunks: readonly RecognisedChunk[];
}): void {
  const { cut, unchunked, cues, chunks } = options;
  const pairs = pairsOf(cut, unchunked);
  const seams = chunks.slice(1).map((chunk, index) => {
    const before = chunks[index]?.endMs ?? 0;
    return (before + chunk.startMs) / 2;
  });
  const near = (word: SpeechWord) => seams.some((seam) => Math.abs(middle(word) - seam) <= seamMs);
  const [onlyCut, onlyWhole] = [
    cut.filter((_, index) => !pairs.some(([a]) => a === index)),
    unchunked.filter((_, index) => !pairs.some(([, b]) => b === index)),
  ];
  for (const [name, words, all] of [
    ["in the cut run alone", onlyCut, cut],
    ["in the unchunked run alone", onlyWhole, unchunked],
  ] as const) {
    const at = words.filter(near);
    const share = at.length / Math.max(1, all.filter(near).length);
    const elsewhere = (words.length - at.length) / (all.length - all.filter(near).length);
    console.log(
      `${name}: ${at.length} of ${all.filter(near).length} words within ${seamMs / 1000} s of ${seams.length} seams (${percent(share)}); elsewhere ${percent(elsewhere)}`,
    );
    for (const word of at) console.log(`  ${(word.startMs / 1000).toFixed(2)} s ${word.text}`);
  }
  const deltas = pairs.map(([a, b]) => (cut[a]?.startMs ?? 0) - (unchunked[b]?.startMs ?? 0));
  reportStarts("word starts", deltas);
  const firsts = new Set(cues.map((cue) => cue.words?.[0]?.startMs ?? cue.startMs));
  const ofCues = pairs.flatMap(([a, b]) => {
    const startMs = cut[a]?.startMs ?? 0;
    return firsts.has(startMs) ? [startMs - (unchunked[b]?.startMs ?? 0)] : [];
  });
  reportStarts("cue starts", ofCues);
}

function reportStarts(name: string, deltas: readonly number[]): void {
  const sorted = deltas.map(Math.abs).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const within = sorted.filter((ms) => ms <= 50).length / Math.max(1, sorted.length);
  console.log(
    `${name}: ${sorted.length} compared, ${percent(within)} within 50 ms; median ${at(0.5)}, 95th ${at(0.95)}, most ${at(1)} ms`,
  );
}

/**
 * Our part alone: the unchunked run's own words handed out to the chunks they fall into, as an
 * engine would answer that hears the same in every chunk, and put together again.
 */
export function reportCut(options: {
  whole: SpeechResult;
  chunks: readonly RecognisedChunk[];
  speech: readonly Stretch[];
  unchunked: readonly SpeechWord[];
}): void {
  const { whole, chunks, speech, unchunked } = options;
  const placed = chunks.map((chunk): RecognisedChunk => {
    const own = whole.words.filter(
      (word) => middle(word) >= chunk.startMs && middle(word) < chunk.endMs,
    );
    const segments = [...new Set(own.map((word) => word.segment ?? 0))];
    const move = <T extends Stretch>(item: T) => ({
      ...item,
      startMs: Math.max(0, item.startMs - chunk.startMs),
      endMs: Math.min(chunk.endMs - chunk.startMs, item.endMs - chunk.startMs),
    });
    const result: SpeechResult = {
      durationMs: chunk.endMs - chunk.startMs,
      segments: segments.flatMap((index) => whole.segments[index] ?? []).map(move),
      words: own.map((word) => ({ ...move(word), segment: segments.indexOf(word.segment ?? 0) })),
    };
    return { ...chunk, speech, result };
  });
  const outside = whole.words.filter(
    (word) => !chunks.some((c) => middle(word) >= c.startMs && middle(word) < c.endMs),
  );
  const { words } = cleanSpeech(placed, { language: "en" });
  const pairs = pairsOf(words, unchunked);
  console.log(
    `the same answers cut up and put together: ${words.length - pairs.length} words more, ${unchunked.length - pairs.length} fewer than unchunked (${outside.length} outside every chunk: ${outside
      .slice(0, 5)
      .map((word) => word.text)
      .join(" ")})`,
  );
  reportStarts(
    "their word starts",
    pairs.map(([a, b]) => (words[a]?.startMs ?? 0) - (unchunked[b]?.startMs ?? 0)),
  );
}
