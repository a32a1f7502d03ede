import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** LibriVox clips of Debian's package pocketsphinx-testdata, with `transcription` beside them. */
export const librivoxFolder = "/usr/share/pocketsphinx/test/data/librivox";

/** Whether real speech is on this machine; tests that need it say so when it isn't. */
export const hasLibrivox = existsSync(librivoxFolder);

/**
 * A real video: LibriVox speech (25 s, a second of silence after each clip) over a test picture,
 * said `times` times, behind `leadMs` of silence.
 */
export async function makeSpeechVideo(options: {
  output: string;
  times?: number;
  leadMs?: number;
}): Promise<void> {
  const { output, times = 1, leadMs = 500 } = options;
  const clips = (await readdir(librivoxFolder)).filter((name) => name.endsWith(".wav")).sort();
  const inputs = clips.flatMap((name) => ["-i", path.join(librivoxFolder, name)]);
  const padded = clips.map((_, index) => `[${index}:a]apad=pad_dur=1[a${index}]`).join(";");
  const joined = clips.map((_, index) => `[a${index}]`).join("");
  const wav = `${output}.wav`;
  await ffmpeg([
    ...inputs,
    "-filter_complex",
    `${padded};${joined}concat=n=${clips.length}:v=0:a=1,adelay=${leadMs}[a]`,
    ...["-map", "[a]", "-ac", "1", "-ar", "16000", wav],
  ]);
  await ffmpeg([
    ...["-stream_loop", String(times - 1), "-i", wav],
    ...["-f", "lavfi", "-i", "testsrc2=s=320x180:r=5"],
    ...["-map", "1:v", "-map", "0:a", "-shortest"],
    ...[
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-pix_fmt",
      "yuv420p",
      "-c:a",
      "aac",
      "-b:a",
      "96k",
    ],
    ...["-movflags", "+faststart", output],
  ]);
}

/** A video in which nobody speaks: `source` is an ffmpeg audio source. */
export async function makeSpeechlessVideo(output: string, source: string): Promise<void> {
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=320x180:r=5:d=8", "-f", "lavfi", "-i", source],
    ...["-t", "8", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
    ...["-c:a", "aac", output],
  ]);
}

async function ffmpeg(args: string[]): Promise<void> {
  await run("ffmpeg", ["-hide_banner", "-v", "error", "-nostdin", "-y", ...args]);
}
