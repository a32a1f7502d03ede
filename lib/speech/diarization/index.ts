import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import { type Env, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createChannelEngine } from "./engines/channels";
import { createOpenAiEngine } from "./engines/openai";
import { createSherpaEngine, shippedModels } from "./engines/sherpa";
import type { SpeakerEngine, SpeakerEngineId, SpeakerEngineStatus } from "./types";

export { assignSpeakers } from "./assign";
export { numberSpeakers, speechBySpeaker } from "./turns";
export type * from "./types";

type SpeakerEnv = Pick<
  Env,
  | "OPENAI_API_KEY"
  | "OPENAI_BASE_URL"
  | "SPEAKER_MODEL"
  | "SPEAKER_SEGMENTATION_MODEL"
  | "SPEAKER_EMBEDDING_MODEL"
>;

/** OpenAI's model for this; no other of theirs tells speakers apart. */
const openaiModel = "gpt-4o-transcribe-diarize";

interface OpenAiAccess {
  model: string;
  apiKey: string;
  baseUrl?: string;
}

/** A compatible service has to name its model: few of them have one. */
function openaiAccess(source: SpeakerEnv): OpenAiAccess | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, SPEAKER_MODEL: model } = source;
  if (baseUrl) return model ? { model, apiKey: apiKey ?? "none", baseUrl } : undefined;
  return apiKey ? { model: model ?? openaiModel, apiKey } : undefined;
}

/** The model files that are there: the operator's own, else those that come with the product. */
function modelFiles(source: SpeakerEnv) {
  const own = {
    segmentation: source.SPEAKER_SEGMENTATION_MODEL,
    embedding: source.SPEAKER_EMBEDDING_MODEL,
  };
  const files = {
    segmentation: own.segmentation
      ? { path: path.resolve(/* turbopackIgnore: true */ own.segmentation) }
      : shippedModels.segmentation,
    embedding: own.embedding
      ? { path: path.resolve(/* turbopackIgnore: true */ own.embedding) }
      : shippedModels.embedding,
  };
  const isThere =
    existsSync(/* turbopackIgnore: true */ files.segmentation.path) &&
    existsSync(/* turbopackIgnore: true */ files.embedding.path);
  return isThere ? files : undefined;
}

/**
 * Which ways of telling speakers apart there are, best first, and why not where not. Asks no
 * service. Whether `channels` suits a video is known once its sound was looked at.
 */
export function speakerEngineStatuses(source: SpeakerEnv = env()): SpeakerEngineStatus[] {
  const files = modelFiles(source);
  const access = openaiAccess(source);
  return [
    files
      ? { id: "sherpa", available: true, model: path.parse(files.embedding.path).name }
      : { id: "sherpa", available: false, reason: "no_models" },
    access
      ? { id: "openai", available: true, model: access.model }
      : { id: "openai", available: false, reason: "no_key" },
    { id: "channels", available: true },
  ];
}

/**
 * The engine of this name.
 * @throws {AppError} speakers_unavailable, its detail saying what is missing
 */
export function speakerEngine(id: SpeakerEngineId, source: SpeakerEnv = env()): SpeakerEngine {
  if (id === "channels") return createChannelEngine();
  if (id === "sherpa") {
    const files = modelFiles(source);
    if (files) return createSherpaEngine(files);
    throw new AppError("speakers_unavailable", { detail: "no_models" });
  }
  const access = openaiAccess(source);
  if (access) return createOpenAiEngine(access);
  throw new AppError("speakers_unavailable", { detail: "no_key" });
}
