import "server-only";
import fs from "node:fs";
import path from "node:path";
import OpenAI, { APIError } from "openai";
import { AppError } from "@/lib/errors";
import { createSemaphore } from "@/lib/semaphore";
import { whisperCode } from "../schema";
import type {
  SpeechCapabilities,
  SpeechCheck,
  SpeechEngine,
  SpeechResult,
  TranscribeOptions,
} from "../types";
import { resultFromAnswer, verboseJson } from "./answer";
import { putTextOnWords } from "./careful";
import { speechError } from "./failure";
import { languageByTranscription, weighLanguages } from "./language";

const minuteMs = 60_000;

/**
 * OpenAI's own limits: 25 MiB a request (its 413 quotes 26,214,400 bytes), of which the form
 * around the file takes a little; 1400 s for its newer models. Its wait between headers and answer
 * makes long chunks dear to retry, so 5 minutes is the aim.
 */
export const openaiCapabilities: SpeechCapabilities = {
  wordTimes: true,
  confidence: false,
  prompt: true,
  qualities: ["standard"],
  languageDetection: "transcription",
  maxBytes: 24 * 1024 * 1024,
  maxDurationMs: 1_380_000,
  chunkTargetMs: 5 * minuteMs,
  chunkMaxMs: 10 * minuteMs,
  parallelChunks: 4,
  formats: ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "ogg", "wav", "webm"],
};

/**
 * With a more careful model beside: its answer ends after 2,000 tokens, and five minutes of fast
 * Korean come near that.
 */
export const carefulCapabilities: SpeechCapabilities = {
  ...openaiCapabilities,
  qualities: ["standard", "best"],
  chunkTargetMs: 2.5 * minuteMs,
  chunkMaxMs: 4 * minuteMs,
};

/**
 * The server on this machine decodes 30 s windows one after the other. A minute at a time costs 4 %
 * more computing than the whole in one request (half a minute 16 %, measured), and in return
 * progress moves, a restart repeats little, and models that are slower than base by ten times
 * still answer within the timeout.
 */
export const localCapabilities: SpeechCapabilities = {
  wordTimes: true,
  confidence: true,
  prompt: true,
  qualities: ["fast", "standard"],
  languageDetection: "probabilities",
  maxBytes: 64 * 1024 * 1024,
  maxDurationMs: 10 * minuteMs,
  chunkTargetMs: minuteMs,
  chunkMaxMs: 1.5 * minuteMs,
  parallelChunks: 1,
  formats: ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "ogg", "wav", "webm"],
};

interface WhisperEngineOptions {
  id: SpeechEngine["id"];
  model: string;
  apiKey: string;
  /** Ends in `/v1`. Default: OpenAI's own. */
  baseUrl?: string;
  capabilities: SpeechCapabilities;
  /** A more careful model of the same service, which tells no times: for quality "best". */
  qualityModel?: string | undefined;
  /**
   * How long one try may take, in ms. Node's fetch gives up on silent servers after 5 minutes
   * whatever we ask for, so the default stays below.
   */
  timeoutMs?: number;
  /** Tries after the first one that the client makes by itself. The durable step owns the rest. */
  maxRetries?: number;
}

/** Whisper behind OpenAI's transcription protocol, be it theirs, a compatible one or our own. */
export function createWhisperEngine(options: WhisperEngineOptions): SpeechEngine {
  const { id, model, capabilities, timeoutMs = 270_000, maxRetries = 1 } = options;
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? "https://api.openai.com/v1",
    timeout: timeoutMs,
    maxRetries,
  });
  const inTurn = createSemaphore(capabilities.parallelChunks);

  // The client's timeout ends with the headers; this one also ends an answer that never does.
  function deadline(given: AbortSignal | undefined): AbortSignal {
    const ours = AbortSignal.timeout((timeoutMs + minuteMs) * (maxRetries + 1));
    return AbortSignal.any([ours, ...(given ? [given] : [])]);
  }

  async function ask(chunk: TranscribeOptions): Promise<SpeechResult> {
    const signal = deadline(chunk.signal);
    const file = await fileOf(chunk.path);
    const response = await client.audio.transcriptions
      .create(
        {
          file,
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

  /** In turn, refused early where the service would refuse, its failures in our own codes. */
  function inOwnTerms<T>(
    chunk: Pick<TranscribeOptions, "path" | "durationMs" | "signal">,
    work: () => Promise<T>,
  ): Promise<T> {
    return inTurn(async () => {
      await refuseTooLarge(chunk, capabilities);
      try {
        return await work();
      } catch (error) {
        chunk.signal?.throwIfAborted();
        throw speechError(error);
      }
    }, chunk.signal);
  }

  /** The chunk by the careful model as well, its text on the times of the other. */
  async function askTwice(chunk: TranscribeOptions, careful: string): Promise<SpeechResult> {
    const timed = await ask(chunk);
    // Nothing was heard: there are no times for whatever the other would hear.
    if (timed.words.length === 0) return timed;
    const language = chunk.language ?? timed.language;
    const { text } = await client.audio.transcriptions.create(
      {
        file: await fileOf(chunk.path),
        model: careful,
        response_format: "json",
        ...(language && { language: wireLanguage(language, careful) }),
        ...(chunk.prompt && { prompt: chunk.prompt }),
      },
      { signal: deadline(chunk.signal) },
    );
    if (typeof text !== "string") throw new AppError("speech_bad_answer", { detail: "no text" });
    return putTextOnWords(text, timed, language);
  }

  const transcribe: SpeechEngine["transcribe"] = (chunk) =>
    inOwnTerms(chunk, () => {
      const careful = chunk.quality === "best" ? options.qualityModel : undefined;
      return careful ? askTwice(chunk, careful) : ask(chunk);
    });
  return {
    id,
    model,
    capabilities,
    transcribe,
    detectLanguage: (window) => {
      if (capabilities.languageDetection === "transcription") {
        return languageByTranscription(transcribe, window);
      }
      const weigh = () =>
        weighLanguages(client, model, { ...window, signal: deadline(window.signal) });
      return inOwnTerms(window, weigh);
    },
    check: () => checkService(client, model),
  };
}

/** A File has a known length, so the client can send it again; a read stream it never retries. */
async function fileOf(chunkPath: string): Promise<File> {
  return new File([await fs.openAsBlob(chunkPath)], path.basename(chunkPath));
}

/** Our own server takes more than OpenAI does; a service that knows no such field may refuse it. */
function ownFields({ quality }: TranscribeOptions, { qualities }: SpeechCapabilities) {
  return quality === "fast" && qualities.includes("fast") ? { quality } : {};
}

/** Refuses what the service would, before megabytes are sent for nothing. */
async function refuseTooLarge(
  chunk: Pick<TranscribeOptions, "path" | "durationMs">,
  limits: SpeechCapabilities,
): Promise<void> {
  const { size } = await fs.promises.stat(chunk.path);
  if (size <= limits.maxBytes && chunk.durationMs <= limits.maxDurationMs) return;
  throw new AppError("speech_rejected", {
    detail: `${size} bytes and ${chunk.durationMs} ms; at most ${limits.maxBytes} and ${limits.maxDurationMs}`,
  });
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

async function checkService(client: OpenAI, model: string): Promise<SpeechCheck> {
  try {
    await client.models.list({ timeout: 5_000, maxRetries: 0 });
    return { ok: true, model };
  } catch (error) {
    // Some compatible servers have no list of models; an answer of theirs still says they are up.
    if (error instanceof APIError && error.status === 404) return { ok: true, model };
    return { ok: false, reason: speechError(error).message };
  }
}
