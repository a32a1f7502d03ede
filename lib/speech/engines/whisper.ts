import "server-only";
import fs from "node:fs";
import OpenAI, { APIError } from "openai";
import { AppError } from "@/lib/errors";
import { createSemaphore } from "@/lib/semaphore";
import type { SpeechCapabilities, SpeechCheck, SpeechEngine, TranscribeOptions } from "../types";
import { speechError } from "./failure";
import { languageByTranscription, weighLanguages } from "./language";
import { requestTimed, requestTwice, type SpeechService } from "./requests";

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
  chunkFormat: "flac",
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
  chunkFormat: "wav",
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

  const service: SpeechService = {
    ...{ client, model, capabilities },
    // The client's timeout ends with the headers; this one also ends an answer that never does.
    deadline: (given) => {
      const ours = AbortSignal.timeout((timeoutMs + minuteMs) * (maxRetries + 1));
      return AbortSignal.any([ours, ...(given ? [given] : [])]);
    },
  };

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

  const transcribe: SpeechEngine["transcribe"] = (chunk) =>
    inOwnTerms(chunk, () => {
      const careful = chunk.quality === "best" ? options.qualityModel : undefined;
      return careful ? requestTwice(service, chunk, careful) : requestTimed(service, chunk);
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
        weighLanguages(client, model, { ...window, signal: service.deadline(window.signal) });
      return inOwnTerms(window, weigh);
    },
    check: () => checkService(client, model),
  };
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
