import { AppError } from "@/lib/errors";

const headerBytes = 44;

/** Where the samples of a PCM WAV are. */
export interface WavLayout {
  sampleRate: number;
  channels: number;
  /** Bytes from the start of the file to the first sample. */
  dataOffset: number;
  dataBytes: number;
}

/**
 * Reads the header of a 16-bit PCM WAV.
 * @param head the file's first bytes, including the header of the `data` chunk.
 * @param sizeBytes the whole file's; a recorder that never finished leaves a wrong data size.
 * @throws {AppError} file_unreadable.
 */
export function readWavLayout(head: Uint8Array, sizeBytes: number): WavLayout {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const tag = (at: number) => String.fromCharCode(...head.subarray(at, at + 4));
  if (head.length < 12 || tag(0) !== "RIFF" || tag(8) !== "WAVE") throw unreadable("no WAV");
  let format: Pick<WavLayout, "sampleRate" | "channels"> | undefined;
  for (let at = 12; at + 8 <= head.length; ) {
    const size = view.getUint32(at + 4, true);
    if (tag(at) === "data") {
      if (!format) throw unreadable("data before format");
      const dataOffset = at + 8;
      return { ...format, dataOffset, dataBytes: Math.min(size, sizeBytes - dataOffset) };
    }
    if (tag(at) === "fmt " && at + 24 <= head.length) {
      if (view.getUint16(at + 22, true) !== 16) throw unreadable("not 16 bit");
      format = {
        channels: view.getUint16(at + 10, true),
        sampleRate: view.getUint32(at + 12, true),
      };
    }
    at += 8 + size + (size % 2);
  }
  throw unreadable("no samples");
}

/** The header of a 16-bit PCM WAV, up to the first sample. */
export function wavHeader(layout: Omit<WavLayout, "dataOffset">): Uint8Array {
  const { sampleRate, channels, dataBytes } = layout;
  const head = new Uint8Array(headerBytes);
  const view = new DataView(head.buffer);
  const text = (at: number, tag: string) => head.set(new TextEncoder().encode(tag), at);
  text(0, "RIFF");
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, dataBytes, true);
  return head;
}

function unreadable(detail: string): AppError {
  return new AppError("file_unreadable", { detail });
}
