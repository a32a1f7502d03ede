import type { StandInRequest } from "./openai";

/** What the stand-in hears, in the way of whisper-1. */
export interface StandInTranscript {
  /** The English name that Whisper gives, e.g. "korean". */
  language: string;
  segments: {
    startMs: number;
    endMs: number;
    /** With its punctuation; a leading space where the language has spaces. */
    text: string;
    /** Whose voice it is, for the model that tells speakers apart. */
    speaker?: string;
    avgLogprob?: number;
    noSpeechProb?: number;
    compressionRatio?: number;
    temperature?: number;
  }[];
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** whisper-1's words: without punctuation and spaces, their times in hundredths of a second. */
function wordsOf({ text, startMs, endMs }: StandInTranscript["segments"][number]) {
  const words = text
    .split(/\s+/)
    .flatMap((piece) =>
      unspaced.test(piece)
        ? [...segmenter.segment(piece)]
            .filter((part) => part.isWordLike)
            .map((part) => part.segment)
        : [piece],
    )
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => word !== "");
  const at = (index: number) =>
    Math.round((startMs + ((endMs - startMs) * index) / words.length) / 10) / 100;
  return words.map((word, index) => ({ word, start: at(index), end: at(index + 1) }));
}

/** The answer's body in the format that was asked for. */
export function transcriptionBody(
  transcript: StandInTranscript,
  request: Pick<StandInRequest, "responseFormat" | "granularities" | "durationMs">,
): { type: string; body: string } {
  const text = transcript.segments
    .map((segment) => segment.text)
    .join("")
    .trim();
  const usage = { type: "duration", seconds: Math.ceil(request.durationMs / 1000) };
  if (request.responseFormat === "text") return { type: "text/plain", body: `${text}\n` };
  if (request.responseFormat !== "verbose_json") {
    return { type: "application/json", body: JSON.stringify({ text, usage }) };
  }
  const asked = request.granularities.length > 0 ? request.granularities : ["segment"];
  const answer = {
    task: "transcribe",
    language: transcript.language,
    duration: request.durationMs / 1000,
    text,
    ...(asked.includes("segment") && {
      segments: transcript.segments.map((segment, id) => ({
        id,
        seek: 0,
        start: segment.startMs / 1000,
        end: segment.endMs / 1000,
        text: segment.text,
        tokens: [],
        temperature: segment.temperature ?? 0,
        avg_logprob: segment.avgLogprob ?? -0.25,
        compression_ratio: segment.compressionRatio ?? 1.4,
        no_speech_prob: segment.noSpeechProb ?? 0.02,
      })),
    }),
    ...(asked.includes("word") && { words: transcript.segments.flatMap(wordsOf) }),
    usage,
  };
  return { type: "application/json", body: JSON.stringify(answer) };
}
