import "server-only";
import { createReadStream, createWriteStream } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/errors";
import { readWavLayout, wavHeader } from "./wav";

/** What speech recognition works with; Hz. */
export const SPEECH_SAMPLE_RATE = 16_000;

const samplesPerMs = SPEECH_SAMPLE_RATE / 1000;
const bytesPerSample = 2;
/** Room for whatever stands before the samples. */
const headBytes = 4096;

/** A WAV for speech recognition and where in it the samples are. */
export interface SpeechWav {
  path: string;
  /** Bytes from the start of the file to the first sample. */
  dataOffset: number;
  /** 32 for each ms. */
  dataBytes: number;
}

/**
 * Looks into a WAV made by `extractAudio`.
 * @throws {AppError} file_unreadable when it isn't 16 kHz, mono, 16 bit.
 */
export async function readSpeechWav(path: string): Promise<SpeechWav> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(headBytes);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const layout = readWavLayout(head.subarray(0, bytesRead), size);
    if (layout.sampleRate !== SPEECH_SAMPLE_RATE || layout.channels !== 1) {
      throw new AppError("file_unreadable", {
        detail: `${layout.sampleRate} Hz, ${layout.channels} channels; expected 16 kHz mono`,
      });
    }
    return { path, dataOffset: layout.dataOffset, dataBytes: layout.dataBytes };
  } finally {
    await file.close();
  }
}

/**
 * Writes the stretch from `startMs` to `endMs` as a WAV of its own; past the end there is nothing.
 * @throws {AppError} as `readSpeechWav`, and storage_full; the signal's reason when aborted.
 */
export async function copyStretch(options: {
  input: string;
  output: string;
  startMs: number;
  endMs: number;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { input, output, startMs, endMs, signal } = options;
  signal?.throwIfAborted();
  const { dataOffset, dataBytes } = await readSpeechWav(input);
  const samples = Math.floor(dataBytes / bytesPerSample);
  const placeOf = (ms: number) => Math.min(samples, Math.round(ms * samplesPerMs)) * bytesPerSample;
  const [from, to] = [placeOf(startMs), placeOf(endMs)];
  const header = wavHeader({ sampleRate: SPEECH_SAMPLE_RATE, channels: 1, dataBytes: to - from });
  try {
    await writeFile(output, header, { flag: "wx" });
    if (to === from) return;
    // `end` is the last byte, not the one after it.
    const source = createReadStream(input, { start: dataOffset + from, end: dataOffset + to - 1 });
    await pipeline(source, createWriteStream(output, { flags: "a" }), { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    const { code } = cause as NodeJS.ErrnoException;
    throw code === "ENOSPC" || code === "EDQUOT" ? new AppError("storage_full", { cause }) : cause;
  }
}

/** Of a level: what silence reads as, dB below full scale. */
const floorDb = -90;

/**
 * How loud a stretch of a WAV made by `extractAudio` is, in dB below full scale (-90..0): the mean
 * of each `windowMs`. Past the end it is silent. A minute takes 2 MB and a few ms.
 * @throws {AppError} as `readSpeechWav`
 */
export async function readLevels(options: {
  input: string;
  startMs: number;
  endMs: number;
  windowMs: number;
}): Promise<Float32Array> {
  const { input, startMs, endMs, windowMs } = options;
  const { dataOffset, dataBytes } = await readSpeechWav(input);
  const windowSamples = windowMs * samplesPerMs;
  const levels = new Float32Array(Math.ceil((endMs - startMs) / windowMs)).fill(floorDb);
  const from = Math.min(dataBytes, startMs * samplesPerMs * bytesPerSample);
  const bytes = Buffer.alloc(Math.min(dataBytes - from, levels.length * windowSamples * 2));
  const file = await open(input);
  try {
    await file.read(bytes, 0, bytes.length, dataOffset + from);
  } finally {
    await file.close();
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = Math.floor(bytes.length / bytesPerSample);
  for (let at = 0, window = 0; at < samples; at += windowSamples, window++) {
    const end = Math.min(samples, at + windowSamples);
    let sum = 0;
    for (let i = at; i < end; i++) sum += view.getInt16(i * bytesPerSample, true) ** 2;
    const power = sum / (end - at) / 32_768 ** 2;
    levels[window] = Math.max(floorDb, 10 * Math.log10(power || Number.MIN_VALUE));
  }
  return levels;
}
