import type { LossLog } from "@/lib/subtitles/formats/loss-log";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

/** Text as the readers want it: no byte order mark, "\n" at line ends, no NUL (as WebVTT asks). */
export function readableText(text: string): string {
  let out = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (out.includes("\r")) out = out.replace(/\r\n?/g, "\n");
  if (out.includes("\0")) out = out.replaceAll("\0", "\ufffd");
  return out;
}

/** The cues in order of their starts; the given array itself when it is in order already. */
export function cuesByStart(cues: readonly Cue[]): readonly Cue[] {
  for (let i = 1; i < cues.length; i++) {
    if ((cues[i]?.startMs ?? 0) < (cues[i - 1]?.startMs ?? 0)) {
      return cues.toSorted((a, b) => a.startMs - b.startMs);
    }
  }
  return cues;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const controlCharacters = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/**
 * Text with "\n" at line ends, without control characters, which no format can hold, and with
 * U+FFFD for halves of surrogate pairs.
 */
export function withoutControls(text: string, cueId: string, losses: LossLog): string {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const out = lines.replace(controlCharacters, "").toWellFormed();
  if (out !== lines) losses.add("control_characters_removed", cueId);
  return out;
}

/** A name or title on one line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(controlCharacters, "").trim().toWellFormed();
}

const blankLines = /^(?:[^\S\n]*\n)+|\n[^\S\n]*(?=\n|$)/g;

/** What a viewer reads of a cue: plain lines, none of them blank; empty when nothing is left. */
export function plainLinesOf(cue: Cue, losses: LossLog): string {
  const clean = withoutControls(cue.text, cue.id, losses);
  const plain = plainText(clean);
  if (plain !== clean && /<\/?[biu]>/.test(clean)) losses.add("markup_dropped", cue.id);
  const out = plain.replace(blankLines, "");
  if (out.trim() === "") return "";
  if (out !== plain) losses.add("blank_lines_removed", cue.id);
  return out;
}

/** The name before a text that has no other place for it; empty when there is none to write. */
export function nameInText(cue: Cue, speakers: boolean, losses: LossLog): string {
  if (cue.speaker === undefined) return "";
  const name = speakers ? oneLine(cue.speaker) : "";
  if (name === "") losses.add("speaker_dropped", cue.id);
  return name === "" ? "" : `${name}: `;
}

/** Reports what a format of plain text has no place for. */
export function reportPlain(document: SubtitleDocument, losses: LossLog): void {
  for (const _ of document.headers ?? []) losses.add("header_dropped");
  if (document.style !== undefined) losses.add("look_dropped");
  for (const cue of document.cues) {
    if (cue.settings !== undefined) losses.add("position_reduced", cue.id);
    if (cue.style !== undefined) losses.add("style_dropped", cue.id);
    if (cue.styleOverrides !== undefined) losses.add("look_dropped", cue.id);
    if (cue.sourceId !== undefined) losses.add("identifier_dropped", cue.id);
  }
}
