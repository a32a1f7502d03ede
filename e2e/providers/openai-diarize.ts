import { audioDurationMs, type TranscriptionForm } from "./openai-form";
import type { StandInTranscript } from "./openai-transcript";

export const diarizeModel = "gpt-4o-transcribe-diarize";

/** Longest audio of the newer models, and up to where no way of cutting it need be named. */
const longestMs = 1_400_000;
const unchunkedMs = 30_000;
const mostKnown = 4;
const clipMs = { least: 2_000, most: 10_000 };

interface Reason {
  message: string;
  param?: string;
  code?: string;
}

/** Why the model that tells speakers apart refuses a form; undefined: it doesn't. */
export function diarizeRefusal(form: TranscriptionForm, durationMs: number): Reason | undefined {
  const format = form.responseFormat ?? "json";
  if (!["json", "text", "diarized_json"].includes(format)) {
    return {
      message: `response_format '${format}' is not compatible with model '${diarizeModel}'.`,
      param: "response_format",
      code: "unsupported_value",
    };
  }
  if (form.prompt !== undefined) {
    return { message: `Prompt is not supported for ${diarizeModel}.`, param: "prompt" };
  }
  if (durationMs > longestMs) {
    return {
      message: `audio duration ${durationMs / 1000} seconds is longer than 1400 seconds which is the maximum for this model`,
      param: "file",
      code: "invalid_value",
    };
  }
  if (durationMs > unchunkedMs && form.chunkingStrategy === undefined) {
    return {
      message: `chunking_strategy is required for ${diarizeModel} when audio is longer than 30 seconds.`,
      param: "chunking_strategy",
    };
  }
  return knownRefusal(form);
}

function knownRefusal({ knownNames, knownReferences }: TranscriptionForm): Reason | undefined {
  if (knownNames.length !== knownReferences.length) {
    return {
      message: "known_speaker_names and known_speaker_references must have the same length.",
      param: "known_speaker_references",
    };
  }
  if (knownNames.length > mostKnown) {
    return { message: "At most 4 known speakers are supported.", param: "known_speaker_names" };
  }
  for (const reference of knownReferences) {
    const clip = clipOf(reference);
    const ms = clip && audioDurationMs(clip);
    if (ms === undefined || ms < clipMs.least || ms > clipMs.most) {
      return {
        message: "Reference audio must be a data URL of 2 to 10 seconds.",
        param: "known_speaker_references",
      };
    }
  }
  return undefined;
}

function clipOf(reference: string): Uint8Array | undefined {
  const data = /^data:audio\/[\w.+-]+;base64,(.+)$/s.exec(reference)?.[1];
  return data === undefined ? undefined : new Uint8Array(Buffer.from(data, "base64"));
}

/** Whose voice a clip has, as the transcript names it. */
export type RecogniseVoice = (clip: Uint8Array) => string | undefined;

/**
 * The answer with speakers: known ones by the name that came with their clip, all others by
 * letters in the order in which this request hears them.
 */
export function diarizedBody(
  transcript: StandInTranscript,
  form: TranscriptionForm,
  recognise: RecogniseVoice | undefined,
): string {
  const names = new Map<string, string>();
  form.knownReferences.forEach((reference, index) => {
    const clip = clipOf(reference);
    const voice = clip && recognise?.(clip);
    if (voice) names.set(voice, form.knownNames[index] ?? "");
  });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const nameOf = (voice: string) => {
    const name = names.get(voice) ?? letters.shift() ?? "Z";
    names.set(voice, name);
    return name;
  };
  const text = transcript.segments.map((segment) => segment.text).join("");
  return JSON.stringify({
    task: "transcribe",
    duration: Math.max(0, ...transcript.segments.map(({ endMs }) => endMs)) / 1000,
    text: text.trim(),
    segments: transcript.segments.map((segment, index) => ({
      type: "transcript.text.segment",
      id: `seg_${index}`,
      start: segment.startMs / 1000,
      end: segment.endMs / 1000,
      text: segment.text,
      speaker: nameOf(segment.speaker ?? "somebody"),
    })),
    usage: { type: "duration", seconds: 1 },
  });
}
