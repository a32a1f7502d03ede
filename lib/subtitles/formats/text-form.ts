import type { LossLog } from "@/lib/subtitles/formats/loss-log";
import type { Cue } from "@/lib/subtitles/model";

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
