import "server-only";
import { type Env, env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type BatchOptions, type BatchState, batchResult, translateWith } from "./batch";
import { type AbleEngine, ableEngines } from "./choice";
import { createChatEngine } from "./engines/chat";
import { createDeeplEngine } from "./engines/deepl";
import { lineOf } from "./grouping";
import { improve } from "./improve";
import { statusOf } from "./status";
import type { TranslatedBatch, TranslationEngine, TranslationStatus } from "./types";

type TranslationEnv = Pick<
  Env,
  | "DEEPL_AUTH_KEY"
  | "DEEPL_SERVER_URL"
  | "TRANSLATION_MODEL"
  | "TRANSLATION_API_KEY"
  | "TRANSLATION_BASE_URL"
  | "OPENAI_API_KEY"
>;

const noEngine =
  "No translation engine is set up. Set DEEPL_AUTH_KEY, or TRANSLATION_MODEL with TRANSLATION_BASE_URL.";

let current: { key: string; engines: TranslationEngine[] } | undefined;

/**
 * The engines that the environment sets up, DeepL first. One of each per process, so that limits on
 * parallel requests and the lists of languages are shared by all jobs.
 */
export function translationEngines(source: TranslationEnv = env()): TranslationEngine[] {
  const key = JSON.stringify([
    source.DEEPL_AUTH_KEY,
    source.DEEPL_SERVER_URL,
    source.TRANSLATION_MODEL,
    source.TRANSLATION_API_KEY,
    source.TRANSLATION_BASE_URL,
    source.OPENAI_API_KEY,
  ]);
  if (current?.key !== key) current = { key, engines: makeEngines(source) };
  return current.engines;
}

function makeEngines(source: TranslationEnv): TranslationEngine[] {
  const engines: TranslationEngine[] = [];
  if (source.DEEPL_AUTH_KEY) {
    engines.push(
      createDeeplEngine({ authKey: source.DEEPL_AUTH_KEY, serverUrl: source.DEEPL_SERVER_URL }),
    );
  }
  if (source.TRANSLATION_MODEL) {
    const own =
      source.TRANSLATION_API_KEY ??
      (source.TRANSLATION_BASE_URL ? undefined : source.OPENAI_API_KEY);
    engines.push(
      createChatEngine({
        model: source.TRANSLATION_MODEL,
        // Servers without keys still need one: the client refuses to start without any. OpenAI's
        // own key never goes to another address.
        apiKey: own ?? "none",
        baseUrl: source.TRANSLATION_BASE_URL,
      }),
    );
  }
  return engines;
}

/** The engines that answer, with what they can do, and why the others don't. */
async function reachable(engines: readonly TranslationEngine[]) {
  const able: AbleEngine[] = [];
  const problems: AppError[] = [];
  for (const engine of engines) {
    try {
      able.push({ engine, capabilities: await engine.capabilities() });
    } catch (error) {
      if (!AppError.is(error)) throw error;
      problems.push(error);
    }
  }
  return { able, problems };
}

/**
 * What can be ordered: the engines' own lists, kept for an hour, or packaged ones while they can't
 * be had. Never throws: a refused key is a problem in words.
 */
export async function translationStatus(
  engines: readonly TranslationEngine[] = translationEngines(),
): Promise<TranslationStatus> {
  const { able, problems } = await reachable(engines);
  const refused = problems.some(({ code }) => code === "translation_unauthorized");
  const problem = refused ? "DeepL refused the key. Check DEEPL_AUTH_KEY." : noEngine;
  return { ...statusOf(able), ...((able.length === 0 || refused) && { problem }) };
}

/**
 * Translates one batch of a track's cues: with the engine that suits, with the other one when that
 * fails, and again where a check finds a cue untranslated or wrong. Every cue of the batch is in
 * the result, in order; at most a few without a text, see `translateWith`.
 * @throws {AppError} translation_unavailable, translation_language_unsupported,
 *   translation_unauthorized, translation_quota_exceeded, translation_rate_limited,
 *   translation_rejected, translation_failed, translation_bad_answer; the signal's reason when
 *   aborted.
 */
export async function translateBatch(
  options: BatchOptions,
  engines: readonly TranslationEngine[] = translationEngines(),
): Promise<TranslatedBatch> {
  if (engines.length === 0) throw new AppError("translation_unavailable", { detail: noEngine });
  const { able, problems } = await reachable(engines);
  const order = await withRoom(ableEngines(able, options), options);
  const state: BatchState = { done: new Map(), billedCharacters: 0, requests: 0 };
  const failures: AppError[] = [];
  const working: TranslationEngine[] = order.map(({ engine }) => engine);
  for (const { engine } of order) {
    try {
      await translateWith(engine, options, state);
      failures.length = 0;
      break;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!AppError.is(error)) throw error;
      failures.push(error);
      working.splice(working.indexOf(engine), 1);
      noteTrouble(engine, error);
    }
  }
  const failure = failures.find(({ retryable }) => retryable) ?? failures[0];
  if (failure) throw failure;
  if (order.length === 0) {
    throw (
      problems[0] ?? new AppError("translation_language_unsupported", { detail: options.target })
    );
  }
  await improve(working, options, state);
  return batchResult(options.batch, state);
}

/** Until when an engine is asked last, after it failed as a whole. */
const troubles = new WeakMap<TranslationEngine, number>();
const troubleMs = 60_000;
const quotaTroubleMs = 10 * 60_000;

function noteTrouble(engine: TranslationEngine, { code }: AppError): void {
  // These are about the text, not about the service.
  if (code === "translation_rejected" || code === "translation_bad_answer") return;
  const lastsMs = code === "translation_quota_exceeded" ? quotaTroubleMs : troubleMs;
  troubles.set(engine, Date.now() + lastsMs);
}

/**
 * Puts an engine last that has just failed, or hasn't room for the rest of the track, so that a
 * track isn't begun by one engine and finished by another. Where there is no other, it is asked all
 * the same.
 */
async function withRoom(order: AbleEngine[], options: BatchOptions): Promise<AbleEngine[]> {
  if (order.length < 2) return order;
  const from = options.cues.findIndex(({ id }) => id === options.batch[0]);
  const needed = options.cues
    .slice(Math.max(0, from))
    .reduce((sum, cue) => sum + Array.from(lineOf(cue.text)).length, 0);
  const rooms = await Promise.all(order.map(({ engine }) => engine.remainingCharacters()));
  const fits = (index: number) => {
    const engine = order[index]?.engine;
    const inTrouble = engine !== undefined && Date.now() < (troubles.get(engine) ?? 0);
    return !inTrouble && (rooms[index] ?? Number.POSITIVE_INFINITY) >= needed;
  };
  return [...order.filter((_, index) => fits(index)), ...order.filter((_, index) => !fits(index))];
}
