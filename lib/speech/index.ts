import "server-only";
import { type Env, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import {
  carefulCapabilities,
  createWhisperEngine,
  localCapabilities,
  openaiCapabilities,
} from "./engines/whisper";
import type { SpeechEngine, SpeechStatus } from "./types";

export type {
  SpeechCapabilities,
  SpeechCheck,
  SpeechEngine,
  SpeechResult,
  SpeechSegment,
  SpeechStatus,
  SpeechWord,
  TranscribeOptions,
} from "./types";

type SpeechEnv = Pick<
  Env,
  | "OPENAI_API_KEY"
  | "OPENAI_BASE_URL"
  | "SPEECH_MODEL"
  | "SPEECH_QUALITY_MODEL"
  | "LOCAL_SPEECH_URL"
  | "LOCAL_SPEECH_TOKEN"
  | "LOCAL_SPEECH_PROBLEM"
  | "WHISPER_MODEL"
>;

const noEngine =
  "No speech engine is set up. Install Python 3.10 or newer and restart, or set OPENAI_API_KEY.";

let current: { key: string; engine: SpeechEngine } | undefined;

/**
 * The engine the environment chooses: OpenAI or a compatible service when a key or an address is
 * set, else the local Whisper server. One engine per process, so that its limit on parallel
 * requests holds for all jobs together.
 * @throws {AppError} speech_unavailable, its detail saying why.
 */
export function speechEngine(source: SpeechEnv = env()): SpeechEngine {
  const key = JSON.stringify([
    source.OPENAI_API_KEY,
    source.OPENAI_BASE_URL,
    source.SPEECH_MODEL,
    source.SPEECH_QUALITY_MODEL,
    source.LOCAL_SPEECH_URL,
    source.LOCAL_SPEECH_TOKEN,
    source.WHISPER_MODEL,
  ]);
  if (current?.key !== key) current = { key, engine: makeEngine(source) };
  return current.engine;
}

function makeEngine(source: SpeechEnv): SpeechEngine {
  if (source.OPENAI_API_KEY || source.OPENAI_BASE_URL) {
    return createWhisperEngine({
      id: "openai",
      model: source.SPEECH_MODEL ?? "whisper-1",
      // Servers without keys still need one: the client refuses to start without any.
      apiKey: source.OPENAI_API_KEY ?? "none",
      ...(source.OPENAI_BASE_URL && { baseUrl: source.OPENAI_BASE_URL }),
      capabilities: source.SPEECH_QUALITY_MODEL ? carefulCapabilities : openaiCapabilities,
      qualityModel: source.SPEECH_QUALITY_MODEL,
    });
  }
  if (source.LOCAL_SPEECH_URL && source.LOCAL_SPEECH_TOKEN) {
    return createWhisperEngine({
      id: "local",
      model: source.WHISPER_MODEL ?? "base",
      apiKey: source.LOCAL_SPEECH_TOKEN,
      baseUrl: `${source.LOCAL_SPEECH_URL.replace(/\/$/, "")}/v1`,
      capabilities: localCapabilities,
    });
  }
  throw new AppError("speech_unavailable", { detail: source.LOCAL_SPEECH_PROBLEM ?? noEngine });
}

/** Whether there is an engine and which; asks no service, so pages can call it freely. */
export function speechStatus(source: SpeechEnv = env()): SpeechStatus {
  try {
    const engine = speechEngine(source);
    return { available: true, engine: engine.id, model: engine.model };
  } catch (error) {
    if (!AppError.is(error, "speech_unavailable")) throw error;
    return { available: false, problem: error.detail ?? noEngine };
  }
}
