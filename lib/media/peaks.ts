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
 * bytes. Reads in pieces; memory doesn't grow with the length.
 * https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md
 * @throws {AppError} file_unreadable when `input` is no 16-bit mono WAV.
 * @throws {RangeError} when `perSecond` doesn't divide the sample rate.
 */
export async function makePeaks(options: MakePeaksOptions): Promise<void> {
  const { input, output, perSecond, signal } = options;
  const source = await open(input, "r");
  try {
    const { size } = await source.stat();
    const head = Buffer.alloc(Math.min(WAV_HEAD_BYTES, size));
    await source.read(head, 0, head.length, 0);
    const layout = readWavLayout(head, size);
    const samplesPerPeak = layout.sampleRate / perSecond;
    if (!Number.isInteger(samplesPerPeak) || samplesPerPeak < 1) {
      throw new RangeError(`${perSecond} peaks a second don't divide ${layout.sampleRate} Hz`);
    }
    await writeWhole(output, async (temporary) => {
      const target = await open(temporary, "wx");
      try {
        await writePeaks({ source, target, layout, samplesPerPeak, signal });
      } finally {
        await target.close();
      }
    });
  } finally {
    await source.close();
  }
}

interface WriteOptions {
  source: FileHandle;
  target: FileHandle;
  layout: WavLayout;
  samplesPerPeak: number;
  signal: AbortSignal | undefined;
}

async function writePeaks(options: WriteOptions): Promise<void> {
  const { source, target, layout, samplesPerPeak, signal } = options;
  const samples = Math.floor(layout.dataBytes / 2);
  const count = Math.ceil(samples / samplesPerPeak);
  await target.write(header(layout.sampleRate, samplesPerPeak, count));
  const bytesPerPeak = samplesPerPeak * 2;
  const blockBytes = Math.max(1, Math.floor(READ_BYTES / bytesPerPeak)) * bytesPerPeak;
  const block = Buffer.alloc(blockBytes);
  for (let done = 0; done < samples * 2; done += blockBytes) {
    signal?.throwIfAborted();
    const length = Math.min(blockBytes, samples * 2 - done);
    await source.read(block, 0, length, layout.dataOffset + done);
    await target.write(outline(block.subarray(0, length), bytesPerPeak));
  }
}

function header(sampleRate: number, samplesPerPeak: number, count: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeInt32LE(2, 0); // version
  bytes.writeUInt32LE(1, 4); // flags: 8 bit
  bytes.writeInt32LE(sampleRate, 8);
  bytes.writeInt32LE(samplesPerPeak, 12);
  bytes.writeUInt32LE(count, 16);
  bytes.writeInt32LE(1, 20); // channels
  return bytes;
}

function outline(block: Buffer, bytesPerPeak: number): Buffer {
  const peaks = Buffer.alloc(Math.ceil(block.length / bytesPerPeak) * 2);
  for (let peak = 0; peak * bytesPerPeak < block.length; peak++) {
    const end = Math.min(block.length, (peak + 1) * bytesPerPeak);
    let low = 32_767;
    let high = -32_768;
    for (let at = peak * bytesPerPeak; at + 1 < end; at += 2) {
      const sample = block.readInt16LE(at);
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    peaks.writeInt8(low >> 8, peak * 2);
    peaks.writeInt8(high >> 8, peak * 2 + 1);
  }
  return peaks;
}
