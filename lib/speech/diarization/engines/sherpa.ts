import "server-only";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import { readSpeechWav } from "@/lib/media/speech-wav";
import { createSemaphore } from "@/lib/semaphore";
import type { SpeakerEngine } from "../types";
import { type HeardVoice, turnsFromVoices } from "../voices";
import type { SherpaMessage } from "./sherpa-worker";

export interface ModelFile {
  path: string;
  /** Checked before the file is loaded. */
  sha256?: string;
}

export interface SherpaModels {
  segmentation: ModelFile;
  embedding: ModelFile;
}

// Not `new URL(…, import.meta.url)`: in a page's bundle that is no address of a file.
const beside = (name: string) => path.join(process.cwd(), "lib/speech/diarization/models", name);

/** What comes with the product; where from and under which licences: `models/README.md`. */
export const shippedModels: SherpaModels = {
  segmentation: {
    path: beside("pyannote-segmentation-3.onnx"),
    sha256: "ff271293fe37f677e59b9f8a53052205cbc0a4d666d054b09f66393b637467f3",
  },
  embedding: {
    path: beside("campplus-zh-en.onnx"),
    sha256: "63995e15491705367a90e5279ae609c55983fad9061599e8be9e8aad8bd049e1",
  },
};

/** Each takes a processor; recognition and the pages need the other. */
const inTurn = createSemaphore(1);

/**
 * Tells speakers apart by their voices, on this machine, in a thread of its own.
 */
export function createSherpaEngine(models: SherpaModels): SpeakerEngine {
  return {
    id: "sherpa",
    model: path.parse(models.embedding.path).name,
    diarize: ({ path: file, durationMs, speech, speakers, onProgress, signal }) =>
      inTurn(async () => {
        if (speech.length === 0) return [];
        const audio = await readSpeechWav(file);
        const work = { audio, models, speech };
        const onDone = (doneMs: number) =>
          onProgress?.(Math.min(1, doneMs / Math.max(1, durationMs)));
        return turnsFromVoices(await listen(work, onDone, signal), { speakers });
      }, signal),
  };
}

async function listen(
  workerData: object,
  onDone: (doneMs: number) => void,
  signal: AbortSignal | undefined,
): Promise<HeardVoice[]> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL("./sherpa-worker.ts", import.meta.url), { workerData });
  const windows: HeardVoice[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      worker.once("error", (cause) => {
        reject(new AppError("speakers_failed", { detail: cause.message.slice(0, 300), cause }));
      });
      worker.once("exit", () => reject(new AppError("speakers_failed", { detail: "it stopped" })));
      worker.on("message", (message: SherpaMessage) => {
        if (message.type === "done") return resolve();
        // `node --watch` sends messages of its own the same way.
        if (message.type !== "windows") return;
        windows.push(...message.windows);
        onDone(message.doneMs);
      });
    });
    return windows;
  } finally {
    // Its end waits for the block that is being heard; nobody else should.
    worker.removeAllListeners();
    worker.on("error", () => undefined);
    void worker.terminate();
  }
}
