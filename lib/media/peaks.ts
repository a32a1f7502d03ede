import "server-only";
import { type FileHandle, open } from "node:fs/promises";
import { writeWhole } from "./output";
import type { MakePeaksOptions } from "./schema";
import { readWavLayout, type WavLayout } from "./wav";

const HEADER_BYTES = 24;
const READ_BYTES = 256 * 1024;
const WAV_HEAD_BYTES = 4096;

/**
 * The outline of the sound for drawing a waveform, in audiowaveform's binary format (.dat version
 * 2, 8 bit): 24 bytes of header, then for each stretch its lowest and highest sample as signed
 * bytes. All levels come from one reading, in pieces: memory doesn't grow with the length.
 * https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md
 * @throws {AppError} file_unreadable when `input` is no 16-bit mono WAV.
 * @throws {RangeError} when a level doesn't divide the sample rate, or the next finer level.
 */
export async function makePeaks(options: MakePeaksOptions): Promise<void> {
  const { input, outputs, signal } = options;
  const source = await open(input, "r");
  try {
    const { size } = await source.stat();
    const head = Buffer.alloc(Math.min(WAV_HEAD_BYTES, size));
    await source.read(head, 0, head.length, 0);
    const layout = readWavLayout(head, size);
    const levels = outputs
      .map(({ path, perSecond }) => ({ path, samples: samplesPerPeak(layout, perSecond) }))
      .sort((a, b) => a.samples - b.samples);
    for (const [i, { samples }] of levels.entries()) {
      const finer = levels[i - 1]?.samples ?? 1;
      if (samples % finer) throw new RangeError(`${samples} samples are no multiple of ${finer}`);
    }
    await writeAllWhole(levels, (targets) => writePeaks({ source, targets, layout, signal }));
  } finally {
    await source.close();
  }
}

function samplesPerPeak({ sampleRate }: WavLayout, perSecond: number): number {
  const samples = sampleRate / perSecond;
  if (Number.isInteger(samples) && samples >= 1) return samples;
  throw new RangeError(`${perSecond} peaks a second don't divide ${sampleRate} Hz`);
}

interface Level {
  path: string;
  /** How many samples one pair stands for. */
  samples: number;
}

interface Target {
  file: FileHandle;
  samples: number;
}

/** Opens a file for each level, one within the other, so that all are moved into place or none. */
async function writeAllWhole(
  levels: readonly Level[],
  write: (targets: readonly Target[]) => Promise<void>,
  opened: readonly Target[] = [],
): Promise<void> {
  const [level, ...rest] = levels;
  if (!level) return write(opened);
  await writeWhole(level.path, async (temporary) => {
    const file = await open(temporary, "wx");
    try {
      await writeAllWhole(rest, write, [...opened, { file, samples: level.samples }]);
    } finally {
      await file.close();
    }
  });
}

interface WriteOptions {
  source: FileHandle;
  /** From fine to coarse. */
  targets: readonly Target[];
  layout: WavLayout;
  signal: AbortSignal | undefined;
}

async function writePeaks({ source, targets, layout, signal }: WriteOptions): Promise<void> {
  const samples = Math.floor(layout.dataBytes / 2);
  for (const target of targets) {
    await target.file.write(header(layout.sampleRate, target.samples, samples));
  }
  // A block holds whole pairs of the coarsest level, so that none is cut in two.
  const unit = targets.at(-1)?.samples ?? 1;
  const blockSamples = Math.max(1, Math.floor(READ_BYTES / 2 / unit)) * unit;
  const block = Buffer.alloc(blockSamples * 2);
  for (let done = 0; done < samples; done += blockSamples) {
    signal?.throwIfAborted();
    const length = Math.min(blockSamples, samples - done);
    await source.read(block, 0, length * 2, layout.dataOffset + done * 2);
    let pairs: Pairs = { values: samplesOf(block, length), samples: 1, channels: 1 };
    for (const target of targets) {
      pairs = outline(pairs, target.samples);
      await target.file.write(eightBit(pairs.values));
    }
  }
}

/** Lowest and highest of stretches; `channels` 1: the samples themselves, lowest and highest. */
interface Pairs {
  values: Int16Array;
  /** How many samples one of them stands for. */
  samples: number;
  channels: 1 | 2;
}

function samplesOf(block: Buffer, length: number): Int16Array {
  return new Int16Array(block.buffer, block.byteOffset, length);
}

/** The same sound in longer stretches. */
function outline({ values, samples, channels }: Pairs, wanted: number): Pairs {
  const step = (wanted / samples) * channels;
  const out = new Int16Array(Math.ceil(values.length / step) * 2);
  for (let pair = 0; pair * step < values.length; pair++) {
    const end = Math.min(values.length, (pair + 1) * step);
    let low = 32_767;
    let high = -32_768;
    for (let at = pair * step; at < end; at += channels) {
      const lowest = values[at] ?? 0;
      const highest = values[at + channels - 1] ?? 0;
      if (lowest < low) low = lowest;
      if (highest > high) high = highest;
    }
    out[pair * 2] = low;
    out[pair * 2 + 1] = high;
  }
  return { values: out, samples: wanted, channels: 2 };
}

function eightBit(values: Int16Array): Uint8Array {
  return new Uint8Array(Int8Array.from(values, (value) => value >> 8).buffer);
}

function header(sampleRate: number, samples: number, total: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeInt32LE(2, 0); // version
  bytes.writeUInt32LE(1, 4); // flags: 8 bit
  bytes.writeInt32LE(sampleRate, 8);
  bytes.writeInt32LE(samples, 12);
  bytes.writeUInt32LE(Math.ceil(total / samples), 16);
  bytes.writeInt32LE(1, 20); // channels
  return bytes;
}
