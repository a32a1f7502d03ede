import { byteOrderMark, textCell } from "@/lib/credits/history-csv";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { Finding } from "@/lib/subtitles/quality/types";
import { formatPreciseClock } from "@/lib/subtitles/time";

/** The words of the file, in the person's language. */
export interface ReportWords {
  headers: readonly string[];
  severity: (finding: Finding) => string;
  sentence: (finding: Finding) => string;
  /** Empty: there is none. */
  repair: (finding: Finding) => string;
  /** Why somebody has decided to leave it; empty: nobody has. */
  left: (finding: Finding) => string;
}

/**
 * A report's findings as CSV (RFC 4180) with the mark that Excel needs: a line each, in the order
 * of the video. Times are of the cue or the stretch, cues are numbered from 1 as in exported files.
 */
export function reportCsv(
  findings: readonly Finding[],
  cues: readonly Cue[],
  words: ReportWords,
): string {
  const places = new Map(cues.map((cue, i) => [cue.id, i]));
  const line = (cells: readonly string[]) => `${cells.join(",")}\r\n`;
  const rows = findings.map((finding) => {
    const place = finding.cueId === undefined ? undefined : places.get(finding.cueId);
    const cue = place === undefined ? undefined : cues[place];
    const text = cue ? plainText(cue.text) : String(finding.values.text ?? "");
    return line([
      formatPreciseClock(finding.startMs),
      formatPreciseClock(finding.endMs),
      place === undefined ? "" : String(place + 1),
      textCell(words.severity(finding)),
      finding.code,
      textCell(words.sentence(finding)),
      textCell(text),
      textCell(words.repair(finding)),
      textCell(words.left(finding)),
    ]);
  });
  return byteOrderMark + line(words.headers.map(textCell)) + rows.join("");
}
