import fs from "node:fs";
import path from "node:path";
import type OpenAI from "openai";
import { AppError } from "@/lib/errors";
import { whisperCode } from "../languages";
import type { SpeechCapabilities, SpeechResult, TranscribeOptions } from "../types";
import { resultFromAnswer, verboseJson } from "./answer";
import { putTextOnWords } from "./careful";

/** A service and how it is asked. */
export interface SpeechService {
  client: OpenAI;
  model: string;
  capabilities: SpeechCapabilities;
  /** The caller's signal, and an end to an answer that never ends by itself. */
  deadline(given: AbortSignal | undefined): AbortSignal;
}

/** Has a chunk recognised with the times of words and segments. */
export async function requestTimed(
  { client, model, capabilities, deadline }: SpeechService,
  chunk: TranscribeOptions,
): Promise<SpeechResult> {
  const signal = deadline(chunk.signal);
  const response = await client.audio.transcriptions
    .create(
      {
        file: await fileOf(chunk.path),
        model,
        response_format: "verbose_json",
        timestamp_granularities: ["word", "segment"],
        ...(chunk.language && { language: wireLanguage(chunk.language, model) }),
        ...(chunk.prompt && capabilities.prompt && { prompt: chunk.prompt }),
        ...ownFields(chunk, capabilities),
      },
      { signal },
    )
    .asResponse();
  const answer = verboseJson.safeParse(parseJson(await response.text()));
  if (!answer.success) {
    throw new AppError("speech_bad_answer", {
      detail: answer.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
        .join("; "),
    });
  }
  if (answer.data.text.trim() !== "" && !answer.data.segments && !answer.data.words) {
    throw new AppError("speech_bad_answer", { detail: "the answer has text without times" });
  }
  return resultFromAnswer({
    answer: answer.data,
    durationMs: chunk.durationMs,
    ...(chunk.language && { language: chunk.language }),
  });
}

/** The chunk by the careful model as well, its text on the times of the other. */
export async function requestTwice(
  service: SpeechService,
  chunk: TranscribeOptions,
  careful: string,
): Promise<SpeechResult> {
  const timed = await requestTimed(service, chunk);
  // Nothing was heard: there are no times for whatever the other would hear.
  if (timed.words.length === 0) return timed;
  const language = chunk.language ?? timed.language;
  const { text } = await service.client.audio.transcriptions.create(
    {
      file: await fileOf(chunk.path),
      model: careful,
      response_format: "json",
      ...(language && { language: wireLanguage(language, careful) }),
      ...(chunk.prompt && { prompt: chunk.prompt }),
    },
    { signal: service.deadline(chunk.signal) },
  );
  if (typeof text !== "string") throw new AppError("speech_bad_answer", { detail: "no text" });
  return putTextOnWords(text, timed, language);
}

/** A File has a known length, so the client can send it again; a read stream it never retries. */
async function fileOf(chunkPath: string): Promise<File> {
  return new File([await fs.openAsBlob(chunkPath)], path.basename(chunkPath));
}

/** Our own server takes more than OpenAI does; a service that knows no such field may refuse it. */
function ownFields({ quality }: TranscribeOptions, { qualities }: SpeechCapabilities) {
  return quality === "fast" && qualities.includes("fast") ? { quality } : {};
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError("speech_bad_answer", { detail: "not JSON, or cut off", cause });
  }
}

/** Cantonese came with large-v3; earlier models, whisper-1 among them, know it as Chinese. */
function wireLanguage(code: string, model: string): string {
  if (code === "yue" && !/large-v3|turbo/.test(model)) return "zh";
  return whisperCode(code);
}
