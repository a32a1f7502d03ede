import { literalMarkup } from "@/lib/subtitles/markup";
import type { TranscriptLine } from "./schema";

/** A time at the beginning of a line, as transcripts have it: "[00:01:23]", "1:05 -", "(12:30.5)". */
const leadingTime =
  /^\s*[[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?(?:\s*(?:[-–—~]|-->)\s*[[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?)?(?:\s*[-–—:]?\s+|\s*$)/u;
/** "Name: what is said". */
const namedLine = /^([\p{L}\p{N}][\p{L}\p{M}\p{N} .'’-]{0,29})[:：]\s+(?=\S)/u;
/** Lines of a text that was broken at a width are about that long. */
const wrappedLength = 50;
const endOfSentence = /[.!?…。！？"'”’」』)\]:：]\s*$/u;

/** Lines of a plain text; `timesAt` is the first line (from 1) from which a time was taken away. */
export interface PlainLines {
  lines: TranscriptLine[];
  timesAt?: number;
}

/**
 * What a person wrote, line by line: times at the beginning of lines are left out, names before a
 * colon that come at least twice become speakers, and lines that were only broken at a width are
 * joined again. A new line or paragraph of the person's stays one.
 */
export function plainLines(text: string): PlainLines {
  const rows: string[] = [];
  let timesAt: number | undefined;
  text.split(/\r\n|[\n\r\f\u0085\u2028\u2029]/u).forEach((row, index) => {
    const without = row.replace(leadingTime, "");
    if (without !== row) timesAt ??= index + 1;
    rows.push(without.replace(/\s+/gu, " ").trim());
  });
  const names = namesIn(rows);
  const lines: TranscriptLine[] = [];
  let open = false;
  for (const row of rows) {
    const name = namedLine.exec(row);
    const speaker = name?.[1] && names.has(name[1]) ? name[1] : undefined;
    const said = speaker ? row.slice(name?.[0].length) : row;
    const last = lines.at(-1);
    if (open && last && said !== "" && !speaker) last.text += ` ${said}`;
    else if (said !== "") lines.push({ text: said, ...(speaker !== undefined && { speaker }) });
    open = said.length >= wrappedLength && !endOfSentence.test(said);
  }
  return {
    lines: lines.map((line) => ({ ...line, text: literalMarkup(line.text) })),
    ...(timesAt !== undefined && { timesAt }),
  };
}

function namesIn(rows: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = namedLine.exec(row)?.[1];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= 2).map(([name]) => name));
}
