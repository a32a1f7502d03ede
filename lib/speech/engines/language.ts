import fs from "node:fs";
import path from "node:path";
import type OpenAI from "openai";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { normaliseLanguage, whisperCode } from "../languages";
import type {
  DetectLanguageOptions,
  HeardLanguage,
  SpeechResult,
  TranscribeOptions,
} from "../types";

const weighed = z.object({
  languages: z.array(z.object({ language: z.string(), probability: z.number().min(0).max(1) })),
});

/**
 * Has our own server weigh the languages of a window (`POST /v1/audio/language`).
 * @throws {AppError} speech_bad_answer, and what the client throws
 */
export async function weighLanguages(
  client: OpenAI,
  model: string,
  options: DetectLanguageOptions & { signal: AbortSignal },
): Promise<HeardLanguage> {
  const body = new FormData();
  body.set("file", await fs.openAsBlob(options.path), path.basename(options.path));
  body.set("model", model);
  for (const code of options.allowed ?? []) body.append("allowed[]", whisperCode(code));
  const { signal } = options;
  const answer = weighed.safeParse(await client.post("/audio/language", { body, signal }));
  if (!answer.success) {
    throw new AppError("speech_bad_answer", { detail: "the answer names no languages" });
  }
  for (const { language, probability } of answer.data.languages) {
    const code = normaliseLanguage(language);
    if (code !== undefined) return { language: code, probability };
  }
  return {};
}

/** A window is tried in at most this many of the languages allowed; each is a paid request. */
const mostTries = 4;

/**
 * Hears the language by recognising the window. When the service hears one that isn't allowed,
 * the window is recognised in each that is, and the text it is surest of tells.
 */
export async function languageByTranscription(
  transcribe: (options: TranscribeOptions) => Promise<SpeechResult>,
  { allowed = [], ...window }: DetectLanguageOptions,
): Promise<HeardLanguage> {
  const { language, words } = await transcribe(window);
  // Without words the language is a guess at silence.
  if (language === undefined || words.length === 0) return {};
  if (allowed.length === 0 || allowed.includes(language)) return { language };
  let best: { language: string; logprob: number } | undefined;
  for (const candidate of allowed.slice(0, mostTries)) {
    const logprob = meanLogprob(await transcribe({ ...window, language: candidate }));
    if (logprob !== undefined && (!best || logprob > best.logprob)) {
      best = { language: candidate, logprob };
    }
  }
  return best ? { language: best.language } : {};
}

/** By the length of the segments. */
function meanLogprob({ segments }: SpeechResult): number | undefined {
  let sum = 0;
  let totalMs = 0;
  for (const { avgLogprob, startMs, endMs } of segments) {
    if (avgLogprob === undefined) continue;
    sum += avgLogprob * (endMs - startMs);
    totalMs += endMs - startMs;
  }
  return totalMs > 0 ? sum / totalMs : undefined;
}
