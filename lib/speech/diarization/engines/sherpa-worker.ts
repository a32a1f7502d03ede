/**
 * Listens to voices in a thread of its own: the models block for seconds. Node runs this file as
 * it is, without the project's path aliases, hence no imports of ours.
 *
 * Two models share the work. The segmentation (pyannote) hears where a speaker gives way to another
 * inside a stretch of speech; the embedding (CAM++) tells what a voice is like, every 3/4 s. Which
 * voices are one person's is decided outside, over the whole video.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import sherpa from "sherpa-onnx-node";

interface ModelFile {
  path: string;
  /** Absent: the operator's own file. */
  sha256?: string;
}

interface Work {
  audio: { path: string; dataOffset: number; dataBytes: number };
  models: { segmentation: ModelFile; embedding: ModelFile };
  /** Where somebody speaks, in order. */
  speech: { startMs: number; endMs: number }[];
}

/** How a voice sounds over a stretch that belongs to one speaker, as far as could be heard. */
export interface VoiceWindow {
  startMs: number;
  endMs: number;
  /** The first of a stretch: before it is a pause or a change that the segmentation heard. */
  opens: boolean;
  /** The quietest moment near its start: where a change was if one was there. */
  quietMs: number;
  /** Of length 1; absent where the stretch is too short to tell. */
  voice?: Float32Array;
}

export type SherpaMessage =
  | { type: "windows"; windows: VoiceWindow[]; doneMs: number }
  | { type: "done" };

const sampleRate = 16_000;
const samplesPerMs = sampleRate / 1000;
/** How much the segmentation gets at once, ms: 5 min take about 5 s, the time a stop may take. */
const blockMs = 300_000;
/** Voices are told apart well from 1.5 s on (measured: cosine 0.66 against 0.04). */
const windowMs = 1_500;
const hopMs = 750;
/** Less than this says nothing about a voice, ms. */
const leastVoiceMs = 500;
/** A change this near to a pause, or to another change, is the same one, ms. */
const nearMs = 250;

const { audio, models, speech } = workerData as Work;
const post = (message: SherpaMessage) => parentPort?.postMessage(message);

for (const { path, sha256 } of [models.segmentation, models.embedding]) {
  if (!sha256) continue;
  const digest = createHash("sha256").update(fs.readFileSync(path)).digest("hex");
  if (digest !== sha256) {
    throw new Error(`${path} is not the file that was checked in (SHA-256 ${digest})`);
  }
}

const segmentation = new sherpa.OfflineSpeakerDiarization({
  segmentation: {
    // Half-overlapping windows: a fifth of the work of the library's own 0.1, the same changes.
    pyannote: { model: models.segmentation.path, windowShiftRatio: 0.5 },
    numThreads: 1,
  },
  embedding: { model: models.embedding.path, numThreads: 1 },
  // Its own clusters only serve to find changes inside a block.
  clustering: { numClusters: -1, threshold: 0.5 },
  minDurationOn: 0.2,
  minDurationOff: 0.2,
});
const extractor = new sherpa.SpeakerEmbeddingExtractor({
  model: models.embedding.path,
  numThreads: 1,
});

/** Neighbouring stretches up to `blockMs` in all; what runs on for longer is divided. */
function blocks(): Work["speech"][] {
  const pieces = speech.flatMap(({ startMs, endMs }) => {
    const parts = Math.ceil((endMs - startMs) / blockMs);
    const at = (part: number) => startMs + Math.floor(((endMs - startMs) * part) / parts);
    return Array.from({ length: parts }, (_, part) => ({ startMs: at(part), endMs: at(part + 1) }));
  });
  const groups: Work["speech"][] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && piece.endMs - first.startMs <= blockMs) group.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

function readSamples(file: number, fromMs: number, toMs: number): Float32Array {
  const start = Math.min(audio.dataBytes, fromMs * samplesPerMs * 2);
  const bytes = new Uint8Array(Math.min(audio.dataBytes, toMs * samplesPerMs * 2) - start);
  let read = 0;
  while (read < bytes.length) {
    const got = fs.readSync(
      file,
      bytes,
      read,
      bytes.length - read,
      audio.dataOffset + start + read,
    );
    if (got === 0) break;
    read += got;
  }
  const view = new DataView(bytes.buffer);
  const samples = new Float32Array(bytes.length >> 1);
  for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(at * 2, true) / 32_768;
  return samples;
}

/** Where, inside the block, one voice ends and another begins, in ms of the video. */
function changesIn(samples: Float32Array, offsetMs: number): number[] {
  const found = segmentation
    .process(samples)
    .flatMap(({ start, end }) => [start, end].map((at) => Math.round(at * 1000) + offsetMs));
  return [...new Set(found)].sort((a, b) => a - b);
}

/** A stretch at its changes, those too close to each other or to an end left out. */
function cut(stretch: { startMs: number; endMs: number }, changes: number[]) {
  const edges = [stretch.startMs];
  for (const at of changes) {
    const last = edges.at(-1) ?? 0;
    if (at - last >= nearMs && stretch.endMs - at >= nearMs) edges.push(at);
  }
  edges.push(stretch.endMs);
  return edges.slice(1).map((endMs, index) => ({ startMs: edges[index] ?? 0, endMs }));
}

function voiceOf(samples: Float32Array): Float32Array {
  const stream = extractor.createStream();
  stream.acceptWaveform({ samples, sampleRate });
  stream.inputFinished();
  const voice = Float32Array.from(extractor.compute(stream, false));
  const length = Math.hypot(...voice) || 1;
  return voice.map((value) => value / length);
}

/** The middle of the quietest 40 ms between two times. */
function quietest(block: { samples: Float32Array; startMs: number }, fromMs: number, toMs: number) {
  const { samples, startMs } = block;
  let best = { atMs: Math.round((fromMs + toMs) / 2), energy: Number.POSITIVE_INFINITY };
  for (let atMs = Math.round(fromMs); atMs + 40 <= toMs; atMs += 20) {
    let energy = 0;
    const from = (atMs - startMs) * samplesPerMs;
    for (let at = from; at < from + 40 * samplesPerMs; at++) energy += (samples[at] ?? 0) ** 2;
    if (energy < best.energy) best = { atMs: atMs + 20, energy };
  }
  return best.atMs;
}

/** Shares a piece out evenly among windows, each heard over `windowMs` around its middle. */
function windowsOf(
  piece: { startMs: number; endMs: number },
  block: { samples: Float32Array; startMs: number },
): VoiceWindow[] {
  const lengthMs = piece.endMs - piece.startMs;
  const count = lengthMs <= windowMs ? 1 : Math.ceil((lengthMs - windowMs) / hopMs) + 1;
  return Array.from({ length: count }, (_, index) => {
    const startMs = piece.startMs + Math.round((lengthMs * index) / count);
    const endMs = piece.startMs + Math.round((lengthMs * (index + 1)) / count);
    const opens = index === 0;
    const quietMs = opens ? startMs : quietest(block, startMs - hopMs / 2, startMs + hopMs / 2);
    const window = { startMs, endMs, opens, quietMs };
    const heard = Math.min(windowMs, lengthMs);
    const earliest = piece.startMs;
    const latest = piece.endMs - heard;
    const from = Math.max(earliest, Math.min(latest, Math.round((startMs + endMs - heard) / 2)));
    const at = (from - block.startMs) * samplesPerMs;
    const samples = block.samples.subarray(at, at + heard * samplesPerMs);
    if (samples.length < leastVoiceMs * samplesPerMs) return window;
    return { ...window, voice: voiceOf(samples) };
  });
}

const file = fs.openSync(audio.path, "r");
try {
  for (const group of blocks()) {
    const startMs = group[0]?.startMs ?? 0;
    const endMs = group.at(-1)?.endMs ?? 0;
    const samples = readSamples(file, startMs, endMs);
    const changes = changesIn(samples, startMs);
    for (const stretch of group) {
      const inside = changes.filter((at) => at > stretch.startMs && at < stretch.endMs);
      const pieces = cut(stretch, inside);
      const windows = pieces.flatMap((piece) => windowsOf(piece, { samples, startMs }));
      post({ type: "windows", windows, doneMs: stretch.endMs });
    }
  }
  post({ type: "done" });
} finally {
  fs.closeSync(file);
}
