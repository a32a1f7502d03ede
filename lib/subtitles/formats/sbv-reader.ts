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

function msOf([hours = "", minutes = "", seconds = "", fraction = ""]: readonly string[]): number {
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, "0"));
}

/** Blank lines around a text are not part of it; "[br]" is a line end in older files. */
function cueText(raw: string): string {
  if (raw.trim() === "") return "";
  const end = raw.indexOf("\n", raw.trimEnd().length);
  const start = raw.lastIndexOf("\n", raw.length - raw.trimStart().length - 1) + 1;
  const lines = raw.slice(start, end === -1 ? undefined : end).replaceAll("[br]", "\n");
  const unguarded = lines.replace(timingLine, (line) =>
    line.startsWith("\u2060") ? line.slice(1) : line,
  );
  return literalMarkup(unguarded);
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
  for (const match of text.matchAll(timingLine)) {
    if (match[0].startsWith("\u2060")) continue;
    finish(match.index);
    const [line, ...groups] = match;
    const startMs = msOf(groups.slice(0, 4));
    const endMs = msOf(groups.slice(4, 8));
    if (endMs < startMs) log.add(match.index, "end_before_start");
    cues.push({ id: makeId(cues.length), startMs, endMs, text: "" });
    textFrom = Math.min(match.index + line.length + 1, text.length);
  }
  finish(text.length);
  return { document: { cues }, problems: log.problems };
}
