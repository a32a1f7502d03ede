import "server-only";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { readSpeechWav } from "@/lib/media/speech-wav";
import type { Stretch } from "../chunks";
import type { VadMessage } from "./worker";

const model = {
  path: fileURLToPath(new URL("./silero-vad-v5.onnx", import.meta.url)),
  sha256: "2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f",
};

export interface FindSpeechOptions {
  /** WAV, 16 kHz, mono, 16 bit, as `extractAudio` of lib/media writes it. */
  path: string;
  signal?: AbortSignal;
  /** 0..1, growing. */
  onProgress?: (fraction: number) => void;
}

/**
 * Where in an audio file someone speaks: stretches in ms, in order, apart from each other by at
 * least 100 ms, without padding. Silence, noise and music without voice give none. Reads the file
 * block by block in a thread of its own; about 100 times as fast as real time.
 * @throws {AppError} file_unreadable when the file is of another kind; the signal's reason.
 */
export async function findSpeech(options: FindSpeechOptions): Promise<Stretch[]> {
  const { path, signal, onProgress } = options;
  signal?.throwIfAborted();
  const audio = await readSpeechWav(path);
  const durationMs = Math.floor(audio.dataBytes / 32);
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { audio, model },
  });
  const speech: Stretch[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("voice detection stopped in the middle")));
      worker.on("message", (message: VadMessage) => {
        if (message.type === "done") resolve();
        if (message.type === "progress") onProgress?.(Math.min(1, message.doneMs / durationMs));
        if (message.type !== "speech") return;
        // The last window is filled up with silence, so a stretch may reach past the file.
        const endMs = Math.min(message.endMs, durationMs);
        if (endMs > message.startMs) speech.push({ startMs: message.startMs, endMs });
      });
    });
  } finally {
    await worker.terminate();
  }
  return speech;
}
