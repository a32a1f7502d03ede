import fs from "node:fs";
import { readWavLayout } from "@/lib/media/wav";
import type { Sample } from "../speech/samples";

/** One clip in the long recording. */
export interface Placed {
  name: string;
  text: string;
  startMs: number;
  endMs: number;
}

/** Pauses between the clips, in ms, in turn: shorter and longer than what a cut asks for. */
const pausesMs = [500, 1_200, 2_500, 800, 350];

/** Clips one after the other, again and again, until the recording is `lengthMs` long. */
export function makeRecording(
  samples: readonly Sample[],
  output: string,
  lengthMs: number,
): { durationMs: number; clips: Placed[] } {
  const sounds = samples.map(({ path }) => pcmOf(path));
  const parts: Uint8Array[] = [];
  const clips: Placed[] = [];
  let atMs = 0;
  for (let n = 0; atMs < lengthMs; n++) {
    const sample = samples[n % samples.length];
    const sound = sounds[n % samples.length];
    if (!sample || !sound) break;
    const pauseMs = pausesMs[n % pausesMs.length] ?? 1_000;
    parts.push(new Uint8Array(pauseMs * 32), sound);
    const startMs = atMs + pauseMs;
    atMs = startMs + sound.length / 32;
    clips.push({ name: sample.name, text: sample.text, startMs, endMs: atMs });
  }
  fs.writeFileSync(output, wav(Buffer.concat(parts)));
  return { durationMs: Math.floor(atMs), clips };
}

/** Samples of a 16 kHz mono WAV, a whole number of ms. */
function pcmOf(file: string): Uint8Array {
  const bytes = fs.readFileSync(file);
  const { dataOffset, dataBytes } = readWavLayout(bytes, bytes.length);
  return bytes.subarray(dataOffset, dataOffset + Math.floor(dataBytes / 32) * 32);
}

function wav(data: Uint8Array): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(16_000, 24);
  head.writeUInt32LE(32_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
