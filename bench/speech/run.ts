/**
 * How well speech is recognised: the engine alone (the whole file in one request) beside the
 * product's way (find speech, cut at silences, recognise, assemble, make cues).
 *
 *   tsx --conditions=react-server bench/speech/run.ts [folder]
 *
 * The folder holds recordings and their transcripts, see samples.ts.
 */
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { newId } from "@/lib/ids";
import { extractChunk } from "@/lib/media";
import type { SpeechEngine } from "@/lib/speech";
import { textOfWords } from "@/lib/speech/align";
import { planChunks } from "@/lib/speech/chunks";
import { cleanSpeech, type RecognisedChunk } from "@/lib/speech/clean";
import { errorRate } from "@/lib/speech/error-rate";
import { findSpeech } from "@/lib/speech/vad";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import { durationOf, withStarts } from "../quality/recognition";
import { openEngine } from "./engine";
import { defaultFolder, joinSamples, readSamples, type Sample } from "./samples";

interface Heard {
  text: string;
  language: string | undefined;
  seconds: number;
  detail: string;
}

async function engineAlone(engine: SpeechEngine, sample: Sample): Promise<Heard> {
  const startedMs = performance.now();
  const durationMs = await durationOf(sample.path);
  const result = await engine.transcribe({ path: sample.path, durationMs });
  return {
    text: textOfWords(result.words),
    language: result.language,
    seconds: (performance.now() - startedMs) / 1000,
    detail: "",
  };
}

async function productsWay(engine: SpeechEngine, sample: Sample, folder: string): Promise<Heard> {
  const startedMs = performance.now();
  const durationMs = await durationOf(sample.path);
  const speech = await findSpeech({ path: sample.path });
  const vadSeconds = (performance.now() - startedMs) / 1000;
  const { chunkTargetMs, chunkMaxMs, chunkFormat } = engine.capabilities;
  const plan = planChunks({ speech, durationMs, targetMs: chunkTargetMs, maxMs: chunkMaxMs });
  const chunks: RecognisedChunk[] = [];
  let language: string | undefined;
  for (const chunk of plan) {
    const { startMs, endMs } = chunk;
    const file = path.join(folder, `chunk-${chunk.index}.${chunkFormat}`);
    await extractChunk({ input: sample.path, output: file, startMs, endMs });
    const answer = await engine.transcribe({
      path: file,
      durationMs: endMs - startMs,
      ...(language !== undefined && { language }),
    });
    const result = await withStarts(answer, sample.path, chunk);
    language ??= result.language;
    chunks.push({ startMs, endMs, speech, result });
  }
  const { words, removed } = cleanSpeech(chunks);
  const cues = cuesFromWords({ words, language: language ?? "und", makeId: () => newId() });
  const cueText = cues.map((cue) => cue.text.replaceAll("\n", " ")).join(" ");
  const lost = removed.map((item) => `${item.doubts.join("+")}: ${item.text}`).join("; ");
  return {
    text: cueText,
    language,
    seconds: (performance.now() - startedMs) / 1000,
    detail: `${plan.length} chunks, ${cues.length} cues, voice detection ${vadSeconds.toFixed(1)} s${lost && `, removed ${lost}`}`,
  };
}

const percent = (rate: number) => `${(rate * 100).toFixed(1)} %`;

async function measure(engine: SpeechEngine, sample: Sample, folder: string): Promise<void> {
  const seconds = (await durationOf(sample.path)) / 1000;
  console.log(`\n${sample.name}, ${seconds.toFixed(1)} s`);
  for (const [name, heard] of [
    ["engine alone", await engineAlone(engine, sample)],
    ["product", await productsWay(engine, sample, folder)],
  ] as const) {
    const { unit, rate, errors, length } = errorRate(sample.text, heard.text);
    const speed = `${(seconds / heard.seconds).toFixed(1)} x real time`;
    console.log(
      `  ${name.padEnd(13)} ${heard.language ?? "?"}  ${unit} error rate ${percent(rate)} (${errors}/${length})  ${speed}  ${heard.detail}`,
    );
    if (process.argv.includes("--text")) console.log(`    ${heard.text}`);
  }
}

async function main(): Promise<void> {
  // The media room reads the whole configuration; nothing here signs anything.
  process.env.AUTH_SECRET ??= "a benchmark signs nothing with this secret";
  const [given] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "bench-speech-"));
  const { engine, close } = await openEngine();
  try {
    console.log(`${engine.id}, model ${engine.model}, ${os.availableParallelism()} cores`);
    const samples = readSamples(given ?? defaultFolder, folder);
    const units = Map.groupBy(samples, (sample) => sample.name.slice(0, 2));
    for (const sample of samples) await measure(engine, sample, folder);
    for (const [prefix, group] of units) {
      if (group.length < 2) continue;
      const long = Array.from({ length: 4 }, () => group).flat();
      await measure(engine, joinSamples(long, folder, `${prefix}-joined`), folder);
    }
  } finally {
    await close();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

await main();
