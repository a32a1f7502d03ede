/**
 * How good subtitles get, in figures with targets: rules kept beside the engine's own segments,
 * errors of the text, speed.
 *
 *   tsx --conditions=react-server bench/quality/run.ts [parts] [--recordings folder] [--cache folder] [--text]
 *
 * Parts are named in `parts` below; without any all run. `--cache` keeps the engine's answers in
 * a folder and uses them again (then the share of time is that of the first run). The engine is
 * that of the environment, else the local Whisper server, see ../speech/engine.ts.
 *
 * Real speech is taken from where it is: `transcripts.tsv` and recordings in ../shared/media
 * (Korean, English, Japanese; not part of this repository) and the LibriVox clips of Debian's
 * pocketsphinx-testdata. Where neither is, the parts that need it have nothing to say.
 * `--recordings` adds a folder of the same form.
 */
import { existsSync, mkdirSync } from "node:fs";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { SpeechEngine } from "@/lib/speech";
import { openEngine } from "../speech/engine";
import { defaultFolder, readSamples } from "../speech/samples";
import type { Bench, Figure, Part } from "./parts";
import { Recogniser } from "./recognition";
import { rulesPart } from "./rules";
import { silencePart } from "./silence";
import { speedPart } from "./speed";

const parts: readonly Part[] = [rulesPart, silencePart, speedPart];

const sharedMedia = path.resolve(import.meta.dirname, "../../../shared/media");

function findSamples(workFolder: string) {
  const more = argumentAfter("--recordings");
  return [sharedMedia, defaultFolder, ...(more ? [more] : [])].flatMap((folder) => {
    if (!existsSync(folder)) {
      console.log(`No recordings in ${folder}: left out.`);
      return [];
    }
    // Files are named by their language; LibriVox's are English.
    return readSamples(folder, workFolder).map((sample) => ({
      ...sample,
      language: /^[a-z]{2}-/.exec(sample.name)?.[0].slice(0, 2) ?? "en",
    }));
  });
}

function argumentAfter(flag: string): string | undefined {
  const at = process.argv.indexOf(flag);
  return at === -1 ? undefined : process.argv[at + 1];
}

async function main(): Promise<void> {
  // The media room reads the whole configuration; nothing here signs anything.
  process.env.AUTH_SECRET ??= "a benchmark signs nothing with this secret";
  const cacheFolder = argumentAfter("--cache");
  if (cacheFolder) mkdirSync(cacheFolder, { recursive: true });
  const asked = parts.filter(({ name }) => process.argv.includes(name));
  const workFolder = await fs.mkdtemp(path.join(os.tmpdir(), "bench-quality-"));
  let opened: ReturnType<typeof openEngine> | undefined;
  const engine = async (): Promise<SpeechEngine> => {
    opened ??= openEngine();
    return (await opened).engine;
  };
  const bench: Bench = {
    engine,
    recogniser: async () => new Recogniser({ engine: await engine(), workFolder, cacheFolder }),
    samples: findSamples(workFolder),
    workFolder,
  };
  const figures: Figure[] = [];
  try {
    for (const part of asked.length > 0 ? asked : parts) figures.push(...(await part.run(bench)));
  } finally {
    await (await opened)?.close();
    await fs.rm(workFolder, { recursive: true, force: true });
  }
  const model = os.cpus()[0]?.model ?? "unknown processor";
  console.log(`\nNode ${process.version}, ${os.availableParallelism()} cores, ${model}`);
  console.table(figures);
  if (figures.some(({ met }) => !met)) process.exitCode = 1;
}

await main();
