import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** A recording and what is said in it. */
export interface Sample {
  name: string;
  /** WAV, 16 kHz, mono, 16 bit. */
  path: string;
  text: string;
}

/** LibriVox clips of Debian's pocketsphinx-testdata. */
export const defaultFolder = "/usr/share/pocketsphinx/test/data/librivox";

/**
 * The recordings of a folder with a `transcripts.tsv` (file, tab, text) or a Sphinx
 * `transcription` (`<s> text </s> (file)`), each as WAV for recognition in `workFolder`.
 */
export function readSamples(folder: string, workFolder: string): Sample[] {
  return transcriptsOf(folder).map(({ file, text }) => ({
    name: file,
    text,
    path: toSpeechWav([path.join(folder, file)], path.join(workFolder, `${file}.wav`), 0),
  }));
}

/** One long recording of several, with pauses between and around them. */
export function joinSamples(samples: readonly Sample[], workFolder: string, name: string): Sample {
  const files = samples.map((sample) => sample.path);
  return {
    name,
    text: samples.map((sample) => sample.text).join(" "),
    path: toSpeechWav(files, path.join(workFolder, `${name}.wav`), 4),
  };
}

function transcriptsOf(folder: string): { file: string; text: string }[] {
  const table = path.join(folder, "transcripts.tsv");
  if (existsSync(table)) {
    return readFileSync(table, "utf8")
      .split(/\r?\n/)
      .flatMap((line) => {
        const [file, text] = line.split("\t");
        return file && text ? [{ file, text }] : [];
      });
  }
  const sphinx = readFileSync(path.join(folder, "transcription"), "utf8");
  return [...sphinx.matchAll(/<s> (.*) <\/s> \((.+)\)/g)].map(([, text = "", id = ""]) => ({
    file: `${id}.wav`,
    text,
  }));
}

function toSpeechWav(files: readonly string[], output: string, pauseSeconds: number): string {
  const pad = `aresample=16000,aformat=channel_layouts=mono,adelay=${pauseSeconds}s:all=1`;
  const parts = files.map((_, index) => `[${index}:a:0]${pad}[a${index}]`).join(";");
  const joined = files.map((_, index) => `[a${index}]`).join("");
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", ...files.flatMap((file) => ["-i", file])],
    ...["-filter_complex", `${parts};${joined}concat=n=${files.length}:v=0:a=1[out]`],
    ...["-map", "[out]", "-c:a", "pcm_s16le", "-bitexact", output],
  ]);
  return output;
}
