import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { extractChunk, readLevels } from "@/lib/media";
import { readSpeechWav } from "@/lib/media/speech-wav";
import type { SpeechEngine, SpeechResult } from "@/lib/speech";
import { type Chunk, planChunks, type Stretch } from "@/lib/speech/chunks";
import { type CleanedSpeech, cleanSpeech } from "@/lib/speech/clean";
import { LEVEL_MS, startAtOnsets } from "@/lib/speech/onsets";
import { findSpeech } from "@/lib/speech/vad";
import type { Sample } from "../speech/samples";

/** A recording as the product hears it, with the time each side took. */
export interface Heard {
  speech: Stretch[];
  cleaned: CleanedSpeech;
  language: string;
  durationMs: number;
  engineMs: number;
  /** All that isn't the engine, by what it is. */
  oursMs: { speech: number; cuts: number; starts: number; cleaning: number };
}

/** What the engine alone makes of the whole recording, as it comes. */
export interface Raw {
  result: SpeechResult;
  engineMs: number;
}

/** Length of a WAV of 16 kHz, mono, 16 bit, in ms. */
export async function durationOf(file: string): Promise<number> {
  return Math.floor((await readSpeechWav(file)).dataBytes / 32);
}

/** An answer for a stretch of a WAV, its words where they are heard to begin. */
export async function withStarts(
  result: SpeechResult,
  input: string,
  { startMs, endMs }: Stretch,
): Promise<SpeechResult> {
  const levels = await readLevels({ input, startMs, endMs, windowMs: LEVEL_MS });
  return { ...result, words: startAtOnsets(result.words, levels) };
}

/** Recognises with a folder that keeps answers, so that rules can be tried again at once. */
export class Recogniser {
  readonly #engine: SpeechEngine;
  readonly #workFolder: string;
  readonly #cacheFolder: string | undefined;

  constructor(options: {
    engine: SpeechEngine;
    workFolder: string;
    cacheFolder: string | undefined;
  }) {
    this.#engine = options.engine;
    this.#workFolder = options.workFolder;
    this.#cacheFolder = options.cacheFolder;
  }

  /** The whole recording in one request. */
  async raw(sample: Sample): Promise<Raw> {
    const durationMs = await durationOf(sample.path);
    return this.#transcribe(sample.path, durationMs, undefined);
  }

  /** Find speech, cut at silences, recognise, clean. */
  async product(sample: Sample): Promise<Heard> {
    const startedMs = performance.now();
    const durationMs = await durationOf(sample.path);
    const speech = await findSpeech({ path: sample.path });
    const { chunkTargetMs, chunkMaxMs } = this.#engine.capabilities;
    const plan = planChunks({ speech, durationMs, targetMs: chunkTargetMs, maxMs: chunkMaxMs });
    const oursMs = { speech: performance.now() - startedMs, cuts: 0, starts: 0, cleaning: 0 };
    let engineMs = 0;
    let language: string | undefined;
    const chunks: Parameters<typeof cleanSpeech>[0][number][] = [];
    for (const chunk of plan) {
      const cutMs = performance.now();
      const file = await this.#cut(sample, chunk);
      oursMs.cuts += performance.now() - cutMs;
      const heard = await this.#transcribe(file, chunk.endMs - chunk.startMs, language);
      engineMs += heard.engineMs;
      language ??= heard.result.language;
      const startsMs = performance.now();
      const result = await withStarts(heard.result, sample.path, chunk);
      oursMs.starts += performance.now() - startsMs;
      chunks.push({ ...chunk, speech, result });
    }
    const cleanMs = performance.now();
    const cleaned = cleanSpeech(chunks);
    oursMs.cleaning = performance.now() - cleanMs;
    return { speech, cleaned, language: language ?? "und", durationMs, engineMs, oursMs };
  }

  async #cut(sample: Sample, { startMs, endMs, index }: Chunk): Promise<string> {
    const { chunkFormat } = this.#engine.capabilities;
    const file = path.join(this.#workFolder, `${sample.name}-${index}.${chunkFormat}`);
    await extractChunk({ input: sample.path, output: file, startMs, endMs });
    return file;
  }

  async #transcribe(file: string, durationMs: number, language: string | undefined): Promise<Raw> {
    const bytes = await fs.readFile(file);
    const name = createHash("sha256")
      .update(`${this.#engine.id} ${this.#engine.model} ${language}`)
      .update(bytes)
      .digest("hex");
    const kept = this.#cacheFolder && path.join(this.#cacheFolder, `${name}.json`);
    if (kept && existsSync(kept)) return JSON.parse(await fs.readFile(kept, "utf8")) as Raw;
    const startedMs = performance.now();
    const result = await this.#engine.transcribe({
      path: file,
      durationMs,
      ...(language !== undefined && { language }),
    });
    const raw = { result, engineMs: performance.now() - startedMs };
    if (kept) await fs.writeFile(kept, JSON.stringify(raw));
    return raw;
  }
}
