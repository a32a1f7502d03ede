import { z } from "zod";
import { wordsOnText } from "../align";
import { normaliseLanguage } from "../languages";
import type { SpeechResult, SpeechSegment } from "../types";

const seconds = z.number().finite();

/**
 * The `verbose_json` of an OpenAI-compatible service. Compatible servers leave fields out, so only
 * what the product can't do without is asked for; what is there must have the right type.
 */
export const verboseJson = z.object({
  text: z.string(),
  language: z.string().nullish(),
  segments: z
    .array(
      z.object({
        start: seconds,
        end: seconds,
        text: z.string(),
        avg_logprob: z.number().finite().nullish(),
        no_speech_prob: z.number().finite().nullish(),
        compression_ratio: z.number().finite().nullish(),
        temperature: z.number().finite().nullish(),
      }),
    )
    .nullish(),
  words: z
    .array(
      z.object({
        word: z.string(),
        start: seconds,
        end: seconds,
        probability: z.number().min(0).max(1).nullish(),
      }),
    )
    .nullish(),
});

export type VerboseJson = z.infer<typeof verboseJson>;

/**
 * Turns an answer into the product's own terms: integer ms inside [0, durationMs], in order, the
 * words carrying the punctuation of the segments' text.
 */
export function resultFromAnswer(options: {
  answer: VerboseJson;
  durationMs: number;
  /** The language that was asked for; it wins over the one the service names. */
  language?: string;
}): SpeechResult {
  const { answer, durationMs } = options;
  const toMs = (value: number) => Math.min(durationMs, Math.max(0, Math.round(value * 1000)));
  const segments = (answer.segments ?? spanOfWords(answer))
    .map((segment): SpeechSegment => {
      const startMs = toMs(segment.start);
      return {
        startMs,
        endMs: Math.max(startMs, toMs(segment.end)),
        text: segment.text,
        ...given("avgLogprob", segment.avg_logprob),
        ...given("noSpeechProb", segment.no_speech_prob),
        ...given("compressionRatio", segment.compression_ratio),
        ...given("temperature", segment.temperature),
      };
    })
    .filter((segment) => segment.text.trim() !== "");
  const words = (answer.words ?? [])
    .map((word) => ({
      text: word.word.trim(),
      startMs: toMs(word.start),
      endMs: toMs(word.end),
      ...given("confidence", word.probability),
    }))
    .filter((word) => word.text !== "");
  const language = options.language ?? normaliseLanguage(answer.language ?? "");
  return {
    ...(language !== undefined && { language }),
    durationMs,
    segments: segments.map((segment) => ({ ...segment, text: segment.text.trim() })),
    words: wordsOnText({ segments, words }),
  };
}

type AnswerSegment = NonNullable<VerboseJson["segments"]>[number];

/** A server that was asked for segments and gave words only: the whole text as one segment. */
function spanOfWords(answer: VerboseJson): AnswerSegment[] {
  const words = answer.words ?? [];
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return [];
  return [{ start: first.start, end: last.end, text: answer.text }];
}

function given<K extends string>(key: K, value: number | null | undefined): { [P in K]?: number } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [P in K]: number });
}
