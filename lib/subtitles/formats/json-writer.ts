import { orderedCue } from "@/lib/subtitles/formats/json-cue";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import type { SubtitleDocument } from "@/lib/subtitles/model";

/** What the file says of itself; `version` grows when readers have to know of a change. */
export const jsonFormat = "ax2-caption";
export const jsonVersion = 1;

/** Properties in one order whatever the order they came in: the database has its own. */
function ordered(_: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Our own format, which holds all that the model has: docs/subtitle-json.md. A line a cue, so that
 * two files can be compared line by line.
 */
export function writeJson(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  if (options.second) losses.add("second_dropped");
  const { language, cues, headers, style } = document;
  const title = options.title ?? document.title;
  const head: [string, unknown][] = [
    ["format", jsonFormat],
    ["version", jsonVersion],
    ["language", language],
    ["title", title],
    ["style", style],
    ["headers", headers],
  ];
  const lines = head
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value, ordered)}`);
  const rows = cues.map((cue) => {
    const properties = Object.entries(orderedCue(cue)).map(
      ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value, ordered)}`,
    );
    return `    {${properties.join(",")}}`;
  });
  lines.push(rows.length === 0 ? '  "cues": []' : `  "cues": [\n${rows.join(",\n")}\n  ]`);
  const text = `{\n${lines.join(",\n")}\n}\n`;
  const ended = options.lineEnd === "crlf" ? text.replaceAll("\n", "\r\n") : text;
  return { text: options.bom ? `\ufeff${ended}` : ended, losses: losses.losses };
}
