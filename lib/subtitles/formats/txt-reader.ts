import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { readableText } from "@/lib/subtitles/formats/text-form";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import { literalMarkup } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { parseClock } from "@/lib/subtitles/time";

/** A time with a colon, which numbers in a text don't have. */
const clock = String.raw`\d{1,4}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,9})?`;

/** A line that begins with a time, in brackets or not, and perhaps the end after it. */
const timedLine = new RegExp(
  String.raw`^[ \t]*[[(]?(${clock})(?:[ \t]*(?:-+>?|[\u2013\u2014~\u2192])[ \t]*(${clock}))?(?![\d:])[\])]?[ \t]?`,
  "gm",
);

/** As `writeTxt` writes them: both times in brackets. */
const ownLine = new RegExp(String.raw`^\[${clock} - ${clock}\]`, "m");

/** Whether a line would be read as the beginning of a cue if it weren't for U+2060 before it. */
export function readsAsTime(line: string): boolean {
  timedLine.lastIndex = 0;
  return timedLine.test(line.replace(/^\u2060+/, ""));
}

/** What a letter takes to read, in ms, and the bounds of a cue that is timed by its length. */
const msPerLetter = 75;
const shortestMs = 1_000;
const longestMs = 7_000;
/** Between two such cues, in ms. */
const gapMs = 100;
/** How long a cue shows of which nothing says when it ends. */
const openEndMs = 4_000;

function estimatedMs(text: string): number {
  return Math.min(longestMs, Math.max(shortestMs, text.length * msPerLetter));
}

/** Every line that isn't blank is a cue, one after the other. */
function readUntimed(text: string, makeId: MakeCueId, log: ProblemLog): Cue[] {
  const cues: Cue[] = [];
  let startMs = 0;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const endMs = startMs + estimatedMs(trimmed);
    cues.push({ id: makeId(cues.length), startMs, endMs, text: literalMarkup(trimmed) });
    startMs = endMs + gapMs;
  }
  if (cues.length > 0) log.addToFile("times_estimated");
  return cues;
}

function cueText(raw: string): string {
  const [first = "", ...others] = raw.trimEnd() === "" ? [""] : withoutLastBlanks(raw).split("\n");
  const unguarded = others.map((line) =>
    line.startsWith("\u2060") && readsAsTime(line) ? line.slice(1) : line,
  );
  return literalMarkup([first, ...unguarded].join("\n"));
}

/** Without blank lines at the end; spaces in its last line stay. */
function withoutLastBlanks(raw: string): string {
  const lineEnd = raw.indexOf("\n", raw.trimEnd().length);
  return lineEnd === -1 ? raw : raw.slice(0, lineEnd);
}

function readTimed(text: string, makeId: MakeCueId, log: ProblemLog): Cue[] {
  const cues: Cue[] = [];
  const open = new Set<Cue>();
  let textFrom = 0;
  const finish = (to: number) => {
    const raw = text.slice(textFrom, to);
    const cue = cues.at(-1);
    if (cue) cue.text = cueText(raw);
    else if (raw.trim() !== "") log.add(0, "text_outside_cue", raw.trim());
  };
  for (const match of text.matchAll(timedLine)) {
    const startMs = parseClock(match[1] ?? "");
    const end = match[2] === undefined ? undefined : parseClock(match[2]);
    if (startMs === undefined || (match[2] !== undefined && end === undefined)) continue;
    finish(match.index);
    textFrom = match.index + match[0].length;
    const cue: Cue = { id: makeId(cues.length), startMs, endMs: end ?? startMs, text: "" };
    if (end === undefined) open.add(cue);
    else if (end < startMs) log.add(match.index, "end_before_start");
    cues.push(cue);
  }
  finish(text.length);
  for (const [i, cue] of cues.entries()) {
    if (!open.has(cue)) continue;
    const next = cues[i + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    const wanted = cue.startMs + Math.max(openEndMs, estimatedMs(cue.text));
    cue.endMs = next > cue.startMs ? Math.min(next, wanted) : wanted;
  }
  if (open.size > 0) log.addToFile("end_missing");
  return cues;
}

/**
 * A text: with times at the beginning of lines a subtitle from each of them to the next, without
 * any a subtitle a line, timed by its length.
 */
export function readTxt(input: string, makeId: MakeCueId): ReadResult {
  const text = readableText(input);
  const log = new ProblemLog(text);
  const timed = text.match(timedLine)?.length ?? 0;
  const lines = text.match(/\S[^\n]*/g)?.length ?? 0;
  // A text may mention a time at the beginning of a line; one with times has them everywhere.
  const read = timed > 0 && (timed * 4 >= lines || ownLine.test(text)) ? readTimed : readUntimed;
  const cues = read(text, makeId, log);
  return { document: { cues }, problems: log.problems };
}
