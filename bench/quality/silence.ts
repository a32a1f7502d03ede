import { execFileSync } from "node:child_process";
import path from "node:path";
import { newId } from "@/lib/ids";
import { textOfWords } from "@/lib/speech/align";
import { cleanSpeech } from "@/lib/speech/clean";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import type { Bench, Figure, Part } from "./parts";
import { durationOf, type Recogniser } from "./recognition";

const seconds = 60;

/** Sounds in which nobody speaks, as ffmpeg makes them. */
const sounds: Record<string, string> = {
  silence: `anullsrc=r=16000:cl=mono:d=${seconds}`,
  "pink noise": `anoisesrc=c=pink:a=0.3:r=16000:d=${seconds}:seed=1`,
  "brown noise": `anoisesrc=c=brown:a=0.5:r=16000:d=${seconds}:seed=2`,
  "white noise, quiet": `anoisesrc=c=white:a=0.01:r=16000:d=${seconds}:seed=3`,
  "chords with tremolo": `aevalsrc='0.2*(sin(2*PI*261.6*t)+sin(2*PI*329.6*t)+sin(2*PI*392*t))*(0.6+0.4*sin(2*PI*5*t))*gt(mod(t\\,2)\\,0.15)':s=16000:d=${seconds}`,
  "melody and beat": `aevalsrc='0.3*sin(2*PI*(220*pow(2\\,floor(mod(t*3\\,12))/12))*t)+0.5*(random(0)-0.5)*lt(mod(t\\,0.5)\\,0.06)':s=16000:d=${seconds}`,
  "hum and clicks": `aevalsrc='0.2*sin(2*PI*50*t)+0.8*lt(mod(t\\,1.7)\\,0.002)':s=16000:d=${seconds}`,
};

function make(source: string, file: string): string {
  const output = ["-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", "-bitexact", file];
  execFileSync("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, ...output]);
  return file;
}

/** Speech, then a minute of a sound, then speech again: nothing may be said in the minute. */
function between(speech: string, sound: string, file: string): string {
  const parts = ["-i", speech, "-i", sound, "-i", speech];
  const join = "[0:a][1:a][2:a]concat=n=3:v=0:a=1[out]";
  const output = ["-filter_complex", join, "-map", "[out]", "-c:a", "pcm_s16le", "-bitexact", file];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...parts, ...output]);
  return file;
}

interface Row {
  sound: string;
  /** Words of the engine when it is sent the sound, whatever the voice detector says. */
  engineAlone: number;
  /** Of those, words left after cleaning. */
  cleaned: number;
  /** Cues of the product's own way. */
  cues: number;
}

async function rowOf(recogniser: Recogniser, name: string, file: string): Promise<Row> {
  const sample = { name: `made-${name.replaceAll(/\W+/g, "-")}`, path: file, text: "" };
  const { result } = await recogniser.raw(sample);
  const whole = { startMs: 0, endMs: await durationOf(file), speech: [], result };
  const { cleaned, language } = await recogniser.product(sample);
  return {
    sound: name,
    engineAlone: result.words.length,
    cleaned: cleanSpeech([whole]).words.length,
    cues: cuesFromWords({ words: cleaned.words, language, makeId: () => newId() }).length,
  };
}

async function run(bench: Bench): Promise<Figure[]> {
  const recogniser = await bench.recogniser();
  const rows: Row[] = [];
  const inside: { sound: string; words: string }[] = [];
  const [spoken] = bench.samples.filter(({ language }) => language === "en");
  for (const [name, source] of Object.entries(sounds)) {
    const file = make(source, path.join(bench.workFolder, `${rows.length}.wav`));
    rows.push(await rowOf(recogniser, name, file));
    if (!spoken) continue;
    const both = between(spoken.path, file, path.join(bench.workFolder, `${rows.length}-in.wav`));
    const speechMs = await durationOf(spoken.path);
    const { cleaned } = await recogniser.product({
      name: `in-${rows.length}`,
      path: both,
      text: "",
    });
    const said = cleaned.words.filter(
      ({ startMs, endMs }) => startMs >= speechMs + 300 && endMs <= speechMs + seconds * 1000 - 300,
    );
    inside.push({ sound: name, words: textOfWords(said) });
  }
  console.log("\nWhere nobody speaks, a minute each");
  console.table(rows);
  console.table(inside);
  const cues = rows.reduce((sum, row) => sum + row.cues, 0);
  const words = inside.filter((each) => each.words !== "").length;
  return [
    { what: "cues on silence, noise, music", value: String(cues), target: "0", met: cues === 0 },
    {
      what: "sounds between speech with words in them",
      value: String(words),
      target: "0",
      met: words === 0,
    },
  ];
}

/** Cues where nobody speaks: none. */
export const silencePart: Part = { name: "silence", run };
