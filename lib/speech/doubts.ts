import { deflateSync } from "node:zlib";
import type { WordDoubt } from "@/lib/subtitles/model";
import { findLoops } from "./loops";
import type { PlacedWord } from "./snap";
import { echoesPrompt, isCommonPhrase, isStockPhrase, plainLetters } from "./stock-phrases";
import type { SpeechSegment, SpeechWord } from "./types";

/**
 * openai/whisper whisper/transcribe.py: a window is silent when no_speech_prob is over 0.6 and
 * the text's mean log probability not over -1; a text is a loop when it compresses to less than
 * 1/2.4.
 */
const noSpeechProb = 0.6;
const guessLogprob = -1;
const loopRatio = 2.4;
/**
 * Text that is in detected speech and at least this sure is believed against the model's opinion of
 * the window and against the list of phrases: real phrases were measured at -0.11 to -0.48,
 * invented ones at -0.79 to -0.91.
 */
const sureLogprob = -0.5;

/** Which words of a chunk are rounds of a loop after its first, and whether that is certain. */
export type LoopMark = "suspected" | "certain" | undefined;

/**
 * A phrase said four times or more in a row is suspected. It is certain when the text of its rounds
 * also compresses as no speech does: "네 네 네 네" doesn't, thirty rounds do.
 * @param words of one chunk, in order, whatever their segments: loops run across them
 */
export function markLoops(words: readonly SpeechWord[]): LoopMark[] {
  const marks: LoopMark[] = words.map(() => undefined);
  for (const { from, phrase, rounds } of findLoops(words.map((word) => plainKey(word.text)))) {
    const to = from + phrase * rounds;
    const text = words.slice(from, to).map((word) => word.text);
    const mark = compressionRatio(text.join(" ")) > loopRatio ? "certain" : "suspected";
    marks.fill(mark, from + phrase, to);
  }
  return marks;
}

const plainKey = (text: string) => plainLetters(text) || text;

/** UTF-8 bytes over zlib bytes, as Whisper counts it. */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length;
}

interface Evidence {
  segment: SpeechSegment;
  /** The segment's words as the engine timed them. */
  said: readonly SpeechWord[];
  /** The same words where they belong. */
  placed: readonly PlacedWord[];
  /** Rounds of a loop among them are left out of the text's compression: they are marked apart. */
  loops: readonly LoopMark[];
  prompt?: string | undefined;
}

/** What is doubtful about a whole segment, and whether its words have times that can't be. */
export function segmentDoubts(evidence: Evidence): {
  doubts: WordDoubt[];
  impossibleTimes: boolean;
} {
  const { segment, said, placed, loops, prompt } = evidence;
  const logprob = segment.avgLogprob ?? meanLogprob(said);
  const heard = placed.filter(({ outside }) => !outside).length * 2 >= placed.length;
  const believed = heard && (logprob ?? 0) > sureLogprob;
  const doubts: WordDoubt[] = [];
  if (logprob !== undefined && logprob <= guessLogprob) doubts.push("guess");
  if ((segment.noSpeechProb ?? 0) > noSpeechProb && !believed) doubts.push("no_speech");
  if (isRepetitive(segment, loops)) doubts.push("repetition");
  const anomaly = anomalyOf(said, placed);
  if (anomaly !== "none") doubts.push("anomaly");
  const invented = isStockPhrase(segment.text) && !believed;
  const fallback = doubts.includes("guess") && isCommonPhrase(segment.text);
  // Sure as it may sound: the decoder had just read it.
  if (invented || fallback || echoesPrompt(segment.text, prompt)) doubts.push("stock_phrase");
  return { doubts, impossibleTimes: anomaly === "times" };
}

/** The engine's ratio where no loop explains it. */
function isRepetitive(segment: SpeechSegment, loops: readonly LoopMark[]): boolean {
  if (loops.some((mark) => mark !== undefined)) return false;
  return (segment.compressionRatio ?? compressionRatio(segment.text)) > loopRatio;
}

/** Of an engine that tells how sure it is of words but not of texts. */
export function meanLogprob(words: readonly SpeechWord[]): number | undefined {
  const sure = words.flatMap((word) => word.confidence ?? []);
  if (sure.length === 0) return undefined;
  return sure.reduce((sum, p) => sum + Math.log(Math.max(p, 1e-6)), 0) / sure.length;
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * The shortest that a word can be said in. A syllable of Japanese or Chinese that comes as a word of
 * its own is short in real speech; of Korean, whose words are long, nobody says twenty syllables a
 * second (fast speech has eight to ten).
 */
function shortestSeconds(word: string): number {
  if (unspaced.test(word) && Array.from(word).length === 1) return 0.05;
  const syllables = word.normalize("NFC").match(/\p{Script=Hangul}/gu)?.length ?? 0;
  return Math.max(0.133, syllables * 0.05);
}

/**
 * Whisper's own score (whisper/transcribe.py): 1 for a probability below 0.15, 15 a second below
 * 0.133 s, 1 a second above 2 s; over the first eight words at least 3, or at least 1 a word.
 * `times`: already without the probabilities, because nobody can speak that fast or that slowly.
 */
function anomalyOf(
  said: readonly SpeechWord[],
  placed: readonly PlacedWord[],
): "none" | "score" | "times" {
  let unsure = 0;
  let timing = 0;
  let count = 0;
  for (let at = 0; at < said.length && count < 8; at++) {
    const word = said[at];
    if (!word || word.interpolated || plainLetters(word.text) === "") continue;
    count += 1;
    if ((word.confidence ?? 1) < 0.15) unsure += 1;
    const seconds = (word.endMs - word.startMs) / 1000;
    timing += Math.max(0, shortestSeconds(word.text) - seconds) * 15;
    // Whisper stretches the word before a pause over the pause; what counts is what is left of it.
    const fitted = placed[at]?.word;
    timing += Math.max(0, (fitted ? (fitted.endMs - fitted.startMs) / 1000 : seconds) - 2);
  }
  const reaches = (score: number) => count > 0 && (score >= 3 || score + 0.01 >= count);
  if (reaches(timing)) return "times";
  return reaches(timing + unsure) ? "score" : "none";
}

/**
 * Two doubts agree when they have different witnesses. `guess` and an `anomaly` that rests on
 * probabilities have one, the decoder's own: mumbled speech has both.
 */
export function doubtsAgree(
  doubts: readonly WordDoubt[],
  { impossibleTimes }: { impossibleTimes: boolean },
): boolean {
  const witness = (doubt: WordDoubt) => (doubt === "anomaly" && !impossibleTimes ? "guess" : doubt);
  return new Set(doubts.map(witness)).size >= 2;
}
