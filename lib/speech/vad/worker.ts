/**
 * Runs Silero VAD over one file in a thread of its own: reading and computing block, so neither may
 * happen where requests and heartbeats are served. Node runs this file as it is, without the
 * project's path aliases, hence no imports of ours.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import sherpa from "sherpa-onnx-node";

interface Work {
  audio: { path: string; dataOffset: number; dataBytes: number };
  model: { path: string; sha256: string };
}

export type VadMessage =
  | { type: "progress"; doneMs: number }
  | { type: "speech"; startMs: number; endMs: number }
  | { type: "done" };

const sampleRate = 16_000;
const samplesPerMs = sampleRate / 1000;
/** What Silero VAD version 5 takes at 16 kHz. */
const windowSamples = 512;
/** 16 s at a time: the memory used doesn't depend on the length of the file. */
const blockSamples = windowSamples * 500;

const { audio, model } = workerData as Work;
const post = (message: VadMessage) => parentPort?.postMessage(message);

const digest = createHash("sha256").update(fs.readFileSync(model.path)).digest("hex");
if (digest !== model.sha256) {
  throw new Error(`${model.path} is not the file that was checked in (SHA-256 ${digest})`);
}

const vad = new sherpa.Vad(
  {
    sileroVad: {
      model: model.path,
      // Silero's own default. Lower finds whispering, and with it music and crowds.
      threshold: 0.5,
      // Pauses between phrases are this short; Whisper is vague about where in them a word begins,
      // so each is worth knowing. Where to cut, the planner of chunks decides by their length.
      minSilenceDuration: 0.1,
      // A short "yes" lasts 0.2 s.
      minSpeechDuration: 0.15,
      // Past this length the library cuts by a stricter threshold, which drops quiet speech. The
      // planner of chunks deals with long speech instead.
      maxSpeechDuration: 600,
      windowSize: windowSamples,
    },
    sampleRate,
    numThreads: 1,
  },
  60,
);

function postFinished(): void {
  while (!vad.isEmpty()) {
    const { start, samples } = vad.front(false);
    vad.pop();
    post({
      type: "speech",
      startMs: Math.floor(start / samplesPerMs),
      endMs: Math.ceil((start + samples.length) / samplesPerMs),
    });
  }
}

const file = fs.openSync(audio.path, "r");
try {
  const bytes = new Uint8Array(blockSamples * 2);
  const view = new DataView(bytes.buffer);
  const window = new Float32Array(windowSamples);
  let doneBytes = 0;
  while (doneBytes < audio.dataBytes) {
    const wanted = Math.min(bytes.length, audio.dataBytes - doneBytes);
    const read = fs.readSync(file, bytes, 0, wanted, audio.dataOffset + doneBytes);
    if (read === 0) break;
    const samples = Math.floor(read / 2);
    for (let at = 0; at < samples; at += windowSamples) {
      for (let i = 0; i < windowSamples; i++) {
        window[i] = at + i < samples ? view.getInt16((at + i) * 2, true) / 32_768 : 0;
      }
      vad.acceptWaveform(window);
    }
    doneBytes += read;
    postFinished();
    post({ type: "progress", doneMs: Math.floor(doneBytes / 2 / samplesPerMs) });
  }
  vad.flush();
  postFinished();
  post({ type: "done" });
} finally {
  fs.closeSync(file);
}
