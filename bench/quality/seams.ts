/**
 * An hour of known clips in the product's chunks beside the same hour in one request: is a word
 * lost or doubled where the sound was cut, and do the words start at the same time?
 *
 *   tsx --conditions=react-server bench/quality/seams.ts [minutes] [--keep folder]
 *
 * Clips: LibriVox (Debian's pocketsphinx-testdata) and, where they are, the English recordings of
 * ../shared/media. `--keep` stores what the engine answered and works with it the next time.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { newId } from "@/lib/ids";
import { extractChunk } from "@/lib/media";
import type { SpeechResult } from "@/lib/speech";
import { type Chunk, planChunks, type Stretch } from "@/lib/speech/chunks";
import { cleanSpeech, type RecognisedChunk } from "@/lib/speech/clean";
import { localCapabilities } from "@/lib/speech/engines/whisper";
import { findSpeech } from "@/lib/speech/vad";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import { type OpenEngine, openEngine } from "../speech/engine";
import { defaultFolder, readSamples } from "../speech/samples";
import { makeRecording, type Placed } from "./long-recording";
import { withStarts } from "./recognition";
import { reportCut, reportReference, reportRuns } from "./seam-report";
import { recogniseWhole } from "./whole-request";

const language = "en";
const sharedFolder = path.resolve("../shared/media");

async function inChunks(
  opened: () => Promise<OpenEngine>,
  wav: string,
  plan: readonly Chunk[],
  folder: string,
): Promise<SpeechResult[]> {
  const { engine } = await opened();
  const results: SpeechResult[] = [];
  for (const { index, startMs, endMs } of plan) {
    const file = path.join(folder, `chunk-${index}.${engine.capabilities.chunkFormat}`);
    await extractChunk({ input: wav, output: file, startMs, endMs });
    results.push(await engine.transcribe({ path: file, durationMs: endMs - startMs, language }));
    fs.rmSync(file);
  }
  return results;
}

async function inOne(
  opened: () => Promise<OpenEngine>,
  wav: string,
  durationMs: number,
  folder: string,
): Promise<SpeechResult> {
  const { server } = await opened();
  if (!server) throw new Error("the whole hour in one request needs the local server");
  const file = path.join(folder, "whole.flac");
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", wav, "-compression_level", "8", file]);
  return recogniseWhole({ ...server, file, durationMs, language });
}

async function stored<T>(
  keep: string | undefined,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  const file = keep && path.join(keep, `${name}.json`);
  if (file && fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8")) as T;
  const startedMs = performance.now();
  const made = await make();
  console.error(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
  if (file) fs.writeFileSync(file, JSON.stringify(made));
  return made;
}

function compare(
  given: { chunks: RecognisedChunk[]; whole: SpeechResult; speech: Stretch[]; durationMs: number },
  clips: readonly Placed[],
): void {
  const { chunks, whole, speech, durationMs } = given;
  const one = { startMs: 0, endMs: durationMs, speech, result: whole };
  const cut = cleanSpeech(chunks, { language });
  const unchunked = cleanSpeech([one], { language });
  const cues = cuesFromWords({ words: cut.words, language, makeId: () => newId() });
  reportReference({ cut, unchunked, cues, clips });
  reportRuns({ cut: cut.words, unchunked: unchunked.words, cues, chunks });
  reportCut({ whole, chunks, speech, unchunked: unchunked.words });
}

async function main(): Promise<void> {
  process.env.AUTH_SECRET ??= "a benchmark signs nothing with this secret";
  const keepAt = process.argv.indexOf("--keep");
  const keep = keepAt > 0 ? process.argv[keepAt + 1] : undefined;
  if (keep) fs.mkdirSync(keep, { recursive: true });
  const minutes = Number(process.argv[2]) || 60;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-seams-"));
  let open: Promise<OpenEngine> | undefined;
  const opened = () => {
    open ??= openEngine();
    return open;
  };
  try {
    const shared = fs.existsSync(sharedFolder) ? readSamples(sharedFolder, folder) : [];
    const english = shared.filter(({ name }) => name.startsWith("en"));
    const samples = [...readSamples(defaultFolder, folder), ...english];
    const wav = path.join(folder, "long.wav");
    const { durationMs, clips } = makeRecording(samples, wav, minutes * 60_000);
    const speech = await findSpeech({ path: wav });
    const { chunkTargetMs, chunkMaxMs } = localCapabilities;
    const plan = planChunks({ speech, durationMs, targetMs: chunkTargetMs, maxMs: chunkMaxMs });
    const planned = createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 8);
    const answers = await stored(keep, `chunks-${minutes}-${planned}`, () =>
      inChunks(opened, wav, plan, folder),
    );
    const answer = await stored(keep, `whole-${minutes}`, () =>
      inOne(opened, wav, durationMs, folder),
    );
    const whole = await withStarts(answer, wav, { startMs: 0, endMs: durationMs });
    const chunks: RecognisedChunk[] = [];
    for (const [index, chunk] of plan.entries()) {
      const given = answers[index];
      const result = given && (await withStarts(given, wav, chunk));
      chunks.push({ ...chunk, speech, result });
    }
    console.log(
      `${(durationMs / 60_000).toFixed(1)} min, ${clips.length} clips of ${samples.length}, ${plan.length} chunks`,
    );
    compare({ chunks, whole, speech, durationMs }, clips);
  } finally {
    await (await open)?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

await main();
