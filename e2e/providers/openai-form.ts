import type http from "node:http";
import { Readable } from "node:stream";

/** The fields of a transcription request. */
export interface TranscriptionForm {
  file: { name: string; bytes: Uint8Array } | undefined;
  model: string | undefined;
  language: string | undefined;
  prompt: string | undefined;
  responseFormat: string | undefined;
  granularities: string[];
  chunkingStrategy: string | undefined;
  /** Speakers whose voices the service is told, and a clip of each as a data address. */
  knownNames: string[];
  knownReferences: string[];
}

/** Reads the multipart body with Node's own parser. */
export async function readForm(incoming: http.IncomingMessage): Promise<TranscriptionForm> {
  const body = await new Response(Readable.toWeb(incoming) as ReadableStream, {
    headers: { "content-type": incoming.headers["content-type"] ?? "" },
  }).formData();
  const text = (name: string) => {
    const value = body.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const file = body.get("file");
  return {
    file:
      file instanceof File
        ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
        : undefined,
    model: text("model"),
    language: text("language"),
    prompt: text("prompt"),
    responseFormat: text("response_format"),
    granularities: body.getAll("timestamp_granularities[]").map(String),
    chunkingStrategy: text("chunking_strategy"),
    knownNames: body.getAll("known_speaker_names[]").map(String),
    knownReferences: body.getAll("known_speaker_references[]").map(String),
  };
}

/** Length of a 16-bit PCM WAV or a FLAC, in ms; undefined for anything else. */
export function audioDurationMs(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length >= 44 && tag(0) === "RIFF" && tag(8) === "WAVE") {
    const bytesPerSecond = view.getUint32(28, true);
    for (let at = 12; at + 8 <= bytes.length; ) {
      const size = view.getUint32(at + 4, true);
      if (tag(at) === "data") {
        return Math.round((Math.min(size, bytes.length - at - 8) / bytesPerSecond) * 1000);
      }
      at += 8 + size + (size % 2);
    }
  }
  if (bytes.length >= 42 && tag(0) === "fLaC") {
    // STREAMINFO (RFC 9639, 8.2): 20 bits of sample rate, 8 of layout, 36 of sample count.
    const rate = view.getUint32(18) >>> 12;
    const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
    return Math.round((samples / rate) * 1000);
  }
  return undefined;
}
