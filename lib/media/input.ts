import "server-only";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { MAX_PIXELS } from "./policy";
import { type Container, SNIFF_BYTES, sniffContainer } from "./sniff";
import type { FileSource } from "./structure";
import { allowedDecoders, allowedProbeDecoders, allowedProtocols, demuxers } from "./whitelist";

/** Cameras write up to ten; a crafted file could ask for a thousand decoders. */
const MAX_STREAMS = 64;

/** A file that ffmpeg may be pointed at, with what it is. */
export interface MediaInput {
  /** Absolute, so that no character of it can read as an option or a protocol. */
  path: string;
  kind: Container | "wav";
}

/**
 * Looks at the first bytes of an uploaded file.
 * @throws {AppError} file_empty, file_type_unsupported.
 */
export async function openInput(file: string): Promise<MediaInput & { sizeBytes: number }> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new AppError("file_empty");
    const head = await readBytes(handle, 0, Math.min(SNIFF_BYTES, size));
    const kind = sniffContainer(head);
    if (!kind) throw new AppError("file_type_unsupported");
    return { path: path.resolve(file), kind, sizeBytes: size };
  } finally {
    await handle.close();
  }
}

/** A file on this machine as a `FileSource`. */
export function fileSource(handle: FileHandle, sizeBytes: number): FileSource {
  return { sizeBytes, read: (start, end) => readBytes(handle, start, end - start) };
}

async function readBytes(handle: FileHandle, position: number, length: number) {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Options that stand before an input. */
export function inputOptions(kind: MediaInput["kind"], tool: "ffmpeg" | "ffprobe"): string[] {
  const demuxer = demuxers[kind];
  const decoders = tool === "ffprobe" ? allowedProbeDecoders : allowedDecoders;
  return [
    ...["-protocol_whitelist", allowedProtocols],
    ...["-format_whitelist", demuxer],
    ...["-codec_whitelist", kind === "wav" ? "pcm_s16le" : decoders],
    ...["-max_streams", String(MAX_STREAMS)],
    ...["-f", demuxer],
  ];
}

/** Options that stop a decoder before it makes room for a picture over 8K. */
export const pictureLimit: string[] = ["-max_pixels", String(MAX_PIXELS)];
