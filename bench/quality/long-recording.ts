import fs from "node:fs";
import { readWavLayout, wavHeader } from "@/lib/media/wav";
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
  const dataBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const head = wavHeader({ sampleRate: 16_000, channels: 1, dataBytes });
  fs.writeFileSync(output, Buffer.concat([head, ...parts]));
  return { durationMs: Math.floor(atMs), clips };
}

/** Samples of a 16 kHz mono WAV, a whole number of ms. */
function pcmOf(file: string): Uint8Array {
  const bytes = fs.readFileSync(file);
  const { dataOffset, dataBytes } = readWavLayout(bytes, bytes.length);
  return bytes.subarray(dataOffset, dataOffset + Math.floor(dataBytes / 32) * 32);
}
