import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type ReadableFormat,
  readableFormats,
  type SubtitleFormat,
  subtitleFormats,
  writeSubtitles,
} from "@/lib/subtitles/formats";
import type { ConformanceCase } from "@/lib/subtitles/formats/conformance/conformance-case";
import { trickyInputs } from "@/lib/subtitles/formats/conformance/tricky-inputs";
import { webvttFileParsing } from "@/lib/subtitles/formats/conformance/webvtt-file-parsing";
import { koreanDocument } from "./corpus";
import { isRight } from "./correctness";
import { type Subject, subjects, writeOptions } from "./subjects";

/**
 * Compares our subtitle codecs with the npm packages of the field: speed of reading and writing
 * 20,000 two-line Korean cues, and how many of the tricky inputs each reads right.
 *
 *   npx tsx bench/codecs/run.ts [--cues 20000] [--rounds 20]
 *
 * Counted is processor time of all threads (collecting garbage included), so that a busy machine
 * doesn't blur it. All libraries take turns within every round; the best round of each counts. Exits
 * with 1 when ours is not the fastest at SRT, VTT or ASS, or not the most right.
 */

const { values } = parseArgs({
  options: {
    cues: { type: "string", default: "20000" },
    rounds: { type: "string", default: "20" },
  },
});
const cueCount = Number(values.cues);
const rounds = Number(values.rounds);
const slowRounds = 2;

interface Task {
  subject: Subject;
  format: SubtitleFormat;
  kind: "read" | "write";
  run(): Promise<void> | void;
  bestMs: number;
}

/** Concatenated strings may be lazy: the work counts only when the last character is there. */
function settle(text: string): void {
  text.charCodeAt(text.length - 1);
}

setFlagsFromString("--expose-gc");
/**
 * Nobody pays for what the one before left behind. Young objects only: a full collection would
 * also throw compiled code away.
 */
const collectGarbage: (options: { type: "minor" }) => void = runInNewContext("gc");

async function tasksOf(format: SubtitleFormat): Promise<Task[]> {
  const document = koreanDocument(cueCount);
  const { text } = writeSubtitles({ document, format, options: writeOptions[format] ?? {} });
  const tasks: Task[] = [];
  const readable = readableFormats.find((known) => known === format);
  for (const subject of subjects) {
    const untimed = { subject, format, bestMs: Number.POSITIVE_INFINITY };
    if (readable && subject.reads.includes(readable)) {
      const run = async () => {
        await subject.read(text, readable);
      };
      tasks.push({ ...untimed, kind: "read", run });
    }
    if (subject.writes.includes(format)) {
      const parsed = await parsedFor(subject, text, readable);
      tasks.push({ ...untimed, kind: "write", run: () => settle(subject.write(parsed, format)) });
    }
  }
  return tasks;
}

/** What a library writes: its own reading of the format, or of SRT where nobody reads it. */
function parsedFor(subject: Subject, text: string, readable: ReadableFormat | undefined) {
  if (readable) return subject.read(text, readable);
  const { text: srt } = writeSubtitles({ document: koreanDocument(cueCount), format: "srt" });
  return subject.read(srt, "srt");
}

async function measure(tasks: readonly Task[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const task of tasks) {
      if (task.subject.slow && round >= slowRounds) continue;
      collectGarbage({ type: "minor" });
      const before = process.cpuUsage();
      await task.run();
      const { user, system } = process.cpuUsage(before);
      task.bestMs = Math.min(task.bestMs, (user + system) / 1000);
    }
  }
}

function speedRow(
  subject: Subject,
  formats: readonly SubtitleFormat[],
  tasks: readonly Task[],
): Record<string, string> {
  const row: Record<string, string> = { library: subject.name };
  for (const kind of ["read", "write"] as const) {
    for (const format of formats) {
      const task = tasks.find(
        (one) => one.subject === subject && one.kind === kind && one.format === format,
      );
      const perSecond = task ? Math.round(cueCount / task.bestMs) : 0;
      row[`${kind} ${format}`] = task ? `${task.bestMs.toFixed(1)} ms  ${perSecond}k/s` : "-";
    }
  }
  return row;
}

/** Formats in which we have to be the fastest; of the others it is told. */
const decisive: readonly SubtitleFormat[] = ["srt", "vtt", "ass"];

/** Names the tasks in which someone else was faster than us. */
function slowerThanOthers(tasks: readonly Task[], formats: readonly SubtitleFormat[]): string[] {
  return tasks
    .filter((task) => task.subject === subjects[0] && formats.includes(task.format))
    .filter(({ kind, format, bestMs }) =>
      tasks.some((one) => one.kind === kind && one.format === format && one.bestMs < bestMs),
    )
    .map(({ kind, format }) => `${kind} ${format}`);
}

async function score(subject: Subject, cases: readonly ConformanceCase[]): Promise<number> {
  let right = 0;
  for (const test of cases) if (await isRight(subject, test)) right++;
  return right;
}

const allTasks: Task[] = [];
for (const format of subtitleFormats) allTasks.push(...(await tasksOf(format)));
await measure(allTasks);

const model = cpus()[0]?.model ?? "unknown processor";
console.log(`${cueCount} cues, best of ${rounds}, Node ${process.version}, ${model}\n`);
const columns = [
  subtitleFormats.slice(0, 3),
  subtitleFormats.slice(3, 6),
  subtitleFormats.slice(6),
];
for (const formats of columns) {
  const rows = subjects.map((subject) => speedRow(subject, formats, allTasks));
  console.table(rows.filter((row) => Object.values(row).some((cell) => cell.endsWith("/s"))));
}

const groups = {
  "SRT tricky": trickyInputs.filter(({ format }) => format === "srt"),
  "VTT tricky": trickyInputs.filter(({ format }) => format === "vtt"),
  "web-platform-tests": webvttFileParsing,
};
const rows: Record<string, string | number>[] = [];
for (const subject of subjects) {
  const row: Record<string, string | number> = { library: subject.name };
  for (const [name, cases] of Object.entries(groups)) {
    const readable = cases.every(({ format }) => subject.reads.includes(format));
    row[`${name} (${cases.length})`] = readable ? await score(subject, cases) : "-";
  }
  rows.push(row);
}
console.table(rows);

const [ourRow, ...otherRows] = rows;
const behind = slowerThanOthers(allTasks, decisive);
const others = subtitleFormats.filter((format) => !decisive.includes(format));
const alsoSlower = slowerThanOthers(allTasks, others);
if (alsoSlower.length > 0) console.log(`Others are faster at: ${alsoSlower.join(", ")}`);
for (const column of Object.keys(ourRow ?? {}).slice(1)) {
  const best = Math.max(...otherRows.map((row) => Number(row[column]) || 0));
  if (Number(ourRow?.[column]) < best) behind.push(column);
}
if (behind.length > 0) {
  console.log(`Not the best at: ${behind.join(", ")}`);
  process.exitCode = 1;
}
