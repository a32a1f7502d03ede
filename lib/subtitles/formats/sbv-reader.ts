import { ProblemLog } from "@/lib/subtitles/formats/problem-log";
import { readableText } from "@/lib/subtitles/formats/text-form";
import type { MakeCueId, ReadResult } from "@/lib/subtitles/formats/types";
import { literalMarkup } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";

const time = String.raw`(\d{1,9}):(\d{1,2}):(\d{1,2})[.,](\d{1,3})`;

/** A line that begins a cue, also one that U+2060 keeps from being one. */
export const timingLine = new RegExp(
  String.raw`^[\u2060]*[ \t]*${time}[ \t]*,[ \t]*${time}[ \t]*$`,
  "gm",
);

const timingHere = new RegExp(timingLine.source, "my");

/** Whether a line could hold times at all: it begins with a digit, after spaces at most. */
function maybeTimes(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || unit === 32 || unit === 9;
}

/** The time of four groups of a match, from `at` on. */
function msOf(match: readonly string[], at: number): number {
  const minutes = Number(match[at]) * 60 + Number(match[at + 1]);
  const fraction = match[at + 3] ?? "";
  const ms = fraction.length === 3 ? Number(fraction) : Number(fraction.padEnd(3, "0"));
  return (minutes * 60 + Number(match[at + 2])) * 1000 + ms;
}

/** Blank lines around a text are not part of it; "[br]" is a line end in older files. */
function cueText(raw: string): string {
  if (!/[<\u2060[]|\n[^\S\n]*(?:\n|$)|^[^\S\n]*\n|^$/.test(raw)) return raw;
  if (raw.trim() === "") return "";
  const end = raw.indexOf("\n", raw.trimEnd().length);
  const start = raw.lastIndexOf("\n", raw.length - raw.trimStart().length - 1) + 1;
  const lines = raw.slice(start, end === -1 ? undefined : end).replaceAll("[br]", "\n");
  const unguarded = lines.replace(timingLine, (line) =>
    line.startsWith("\u2060") ? line.slice(1) : line,
  );
  return literalMarkup(unguarded);
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

/** YouTube's SBV: `0:00:01.000,0:00:02.000` and the text below it. */
export function readSbv(input: string, makeId: MakeCueId): ReadResult {
  const text = readableText(input);
  const log = new ProblemLog(text);
  const cues: Cue[] = [];
  let textFrom = 0;
  const finish = (to: number) => {
    const raw = text.slice(textFrom, to);
    const cue = cues.at(-1);
    if (cue) cue.text = cueText(raw);
    else if (raw.trim() !== "") log.add(0, "text_outside_cue", raw.trim());
  };
  for (let at = 0; at < text.length; at = lineAfter(text, at)) {
    if (!maybeTimes(text.charCodeAt(at))) continue;
    timingHere.lastIndex = at;
    const match = timingHere.exec(text);
    if (match === null) continue;
    finish(match.index);
    const startMs = msOf(match, 1);
    const endMs = msOf(match, 5);
    if (endMs < startMs) log.add(match.index, "end_before_start");
    cues.push({ id: makeId(cues.length), startMs, endMs, text: "" });
    textFrom = Math.min(at + match[0].length + 1, text.length);
  }
  finish(text.length);
  return { document: { cues }, problems: log.problems };
}
