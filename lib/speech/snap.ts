import type { Stretch } from "./chunks";
import type { SpeechWord } from "./types";

/** Speech is detected a moment after a soft beginning, and a voice fades out longer than it starts. */
const leadMs = 50;
const trailMs = 200;
/**
 * What begins this soon after the speech begins with it. Whisper puts the first word of a phrase
 * anywhere from the end of the one before to a moment after it is heard, and differently each time.
 */
const onsetMs = 250;
/** A word this near to speech belongs to it. */
const nearMs = 300;
/**
 * After a pause Whisper puts the first words of a sentence too early, by up to a second (measured:
 * 0.3 to 0.6 s); that many words at most.
 */
const earlyMs = 1_000;
const earlyWords = 3;
/** So much of a word must lie in a stretch for it to be said there. */
const leastPartMs = 60;
const endsPhrase = /[\p{Po}\p{Pe}\p{Pf}]$/u;

/** A word where it belongs in time, and whether it lies wholly where nobody speaks. */
export interface PlacedWord {
  word: SpeechWord;
  outside: boolean;
}

/**
 * Moves the words of one segment to where somebody speaks: a word that reaches into a pause is cut
 * back to the speech it overlaps most, first words that came too early are put at the beginning
 * of it. Words that lie wholly where nobody speaks stay as they are and are told. As many words
 * come out as went in, in the same order.
 * @param words in order, absolute times
 * @param speech in order, apart from each other
 * @param before the word before them, of the segment before
 */
export function placeInSpeech(
  words: readonly SpeechWord[],
  speech: readonly Stretch[],
  before?: SpeechWord | undefined,
): PlacedWord[] {
  const homes = words.map((word, at) => homeOf(word, words[at - 1] ?? before, speech));
  for (let at = words.length - 2; at >= 0; at--) {
    const word = words[at];
    const next = homes[at + 1];
    if (!homes[at] && word && next && cameEarly({ words, homes, at, next })) homes[at] = next;
  }
  const placed: PlacedWord[] = [];
  for (let from = 0; from < words.length; ) {
    const home = homes[from];
    let to = from + 1;
    while (to < words.length && homes[to] === home) to++;
    const run = words.slice(from, to);
    const fitted = home ? fitInto(run, home) : run;
    const [first] = fitted;
    const previous = placed.at(-1)?.word ?? before;
    if (home && first && isFirstIn(home, first, previous)) {
      first.startMs = Math.max(onsetOf(home), previous?.endMs ?? 0);
    }
    placed.push(...fitted.map((word) => ({ word, outside: home === undefined })));
    from = to;
  }
  return placed;
}

/**
 * The stretch a word overlaps most, else one right beside it. A word that reaches over a pause is
 * on the side that the sentence tells: after it when the word before ends a phrase, before it when
 * it ends one itself.
 */
function homeOf(
  word: SpeechWord,
  before: SpeechWord | undefined,
  speech: readonly Stretch[],
): Stretch | undefined {
  const overlapMs = (stretch: Stretch) =>
    Math.min(word.endMs, stretch.endMs) - Math.max(word.startMs, stretch.startMs);
  const near = speech.filter((stretch) => overlapMs(stretch) >= -nearMs);
  const over = near.filter((stretch) => overlapMs(stretch) >= leastPartMs);
  if (over.length > 1) {
    if (before && endsPhrase.test(before.text)) return over.at(-1);
    if (endsPhrase.test(word.text)) return over[0];
  }
  return near.toSorted((one, other) => overlapMs(other) - overlapMs(one))[0];
}

function cameEarly(options: {
  words: readonly SpeechWord[];
  homes: readonly (Stretch | undefined)[];
  at: number;
  next: Stretch;
}): boolean {
  const { words, homes, at, next } = options;
  const endMs = words[at]?.endMs ?? 0;
  if (endMs > next.startMs || next.startMs - endMs > earlyMs) return false;
  const waiting = words
    .slice(at + 1, at + 1 + earlyWords)
    .filter((word, index) => homes[at + 1 + index] === next && word.endMs <= next.startMs);
  return waiting.length < earlyWords;
}

const onsetOf = (home: Stretch) => Math.max(0, home.startMs - leadMs);

/** Whether the word is what somebody begins to say there: nothing else is, and it comes soon. */
function isFirstIn(home: Stretch, word: SpeechWord, before: SpeechWord | undefined): boolean {
  const soon = word.startMs <= home.startMs + onsetMs && word.endMs > home.startMs;
  return soon && (before === undefined || before.endMs <= home.startMs);
}

function fitInto(words: readonly SpeechWord[], home: Stretch): SpeechWord[] {
  const fromMs = onsetOf(home);
  const toMs = home.endMs + trailMs;
  const inside = (ms: number) => Math.min(toMs, Math.max(fromMs, ms));
  const fitted = words.map((word) => ({
    ...word,
    startMs: inside(word.startMs),
    endMs: inside(word.endMs),
  }));
  const early = words.filter((word) => word.endMs <= fromMs).length;
  const late = words.filter((word) => word.startMs >= toMs).length;
  // They share the time of the neighbour that is inside.
  if (early > 0) shareOut(fitted.slice(0, early + 1));
  if (late > 0) shareOut(fitted.slice(-late - 1));
  return fitted;
}

/** Spreads words over the time they take together, by their length. */
function shareOut(words: readonly SpeechWord[]): void {
  const fromMs = words[0]?.startMs ?? 0;
  const toMs = words.at(-1)?.endMs ?? fromMs;
  const total = words.reduce((sum, word) => sum + word.text.length, 0);
  let done = 0;
  for (const word of words) {
    word.startMs = Math.round(fromMs + ((toMs - fromMs) * done) / total);
    done += word.text.length;
    word.endMs = Math.round(fromMs + ((toMs - fromMs) * done) / total);
    word.interpolated = true;
  }
}
