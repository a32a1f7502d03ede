import { textOfWords } from "../align";
import { alignTranscript } from "../alignment";
import type { SpeechResult, SpeechSegment, SpeechWord } from "../types";

/** With less in common the two didn't hear the same, and the one with times is to be believed. */
const leastCommon = 0.5;
/** A text that ends so long before the words do was cut off by the model's limit of output. */
const cutOffMs = 3_000;
const cutOffWords = 3;

/**
 * Puts the text of a more careful model, which tells no times, onto the words of one that does.
 * Segments keep the timed model's evidence and get the text of their new words.
 */
export function putTextOnWords(
  text: string,
  timed: SpeechResult,
  language: string | undefined,
): SpeechResult {
  const { words, durationMs } = timed;
  if (text.trim() === "" || words.length === 0) return timed;
  const of = language ?? timed.language ?? "en";
  const aligned = alignTranscript({ lines: [{ text }], words, language: of, durationMs });
  const [line] = aligned.lines;
  if (!line || aligned.matched < leastCommon) return timed;
  const made = [...line.words, ...cutOff(line.words, words)];
  return { ...timed, ...bySegments(made, timed.segments) };
}

/** The words after the text's end, when it stopped in the middle. */
function cutOff(made: readonly SpeechWord[], heard: readonly SpeechWord[]): SpeechWord[] {
  const endMs = made.at(-1)?.endMs ?? 0;
  const rest = heard.filter((word) => word.startMs >= endMs);
  const lastMs = rest.at(-1)?.endMs ?? endMs;
  return rest.length >= cutOffWords && lastMs - endMs >= cutOffMs ? rest : [];
}

/** Words go to the segment that they lie in, else to the one before; segments without any go. */
function bySegments(
  words: readonly SpeechWord[],
  segments: readonly SpeechSegment[],
): Pick<SpeechResult, "words" | "segments"> {
  const groups = segments.map((): SpeechWord[] => []);
  let at = 0;
  for (const word of words) {
    const middleMs = (word.startMs + word.endMs) / 2;
    while ((segments[at + 1]?.startMs ?? Number.POSITIVE_INFINITY) <= middleMs) at += 1;
    groups[at]?.push(word);
  }
  const kept = groups.flatMap((group, index) => {
    const segment = segments[index];
    return segment && group.length > 0 ? [{ segment, group }] : [];
  });
  return {
    segments: kept.map(({ segment, group }) => ({ ...segment, text: textOfWords(group) })),
    words: kept.flatMap(({ group }, index) => group.map((word) => ({ ...word, segment: index }))),
  };
}
