import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { numpadFromSettings } from "@/lib/subtitles/formats/numpad";
import { cuesByStart, fileText, oneLine, withoutControls } from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { formatTimestamp, wholeMs } from "@/lib/subtitles/time";

/** Text that can't go into the file as it is: markup, braces, arrows, blank lines, controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are looked for
const needsCare = /[<{\0-\x08\x0b-\x1f\x7f]|-->|(?:^|\n)[^\S\n]*(?:\n|$)/;

const blankLines = /^(?:[^\S\n]*\n)+|\n[^\S\n]*(?=\n|$)/g;

/** Players take any "<word" for a tag and any "{\" for an override: U+2060 stands between. */
const codeLike = /<(?=\u2060*[/a-z!])|\{(?=\u2060*\\)|--(?=\u2060*>)/gi;

/** The literal text and tags of a cue as SRT holds them; empty when nothing is left to show. */
function srtText(text: string, cueId: string, losses: LossLog): string {
  const clean = withoutControls(text, cueId, losses);
  let guarded = false;
  const marked = rewriteMarkup(
    clean,
    (literal) =>
      literal.replace(codeLike, (found) => {
        guarded = true;
        return `${found}\u2060`;
      }),
    (name, closing) => (closing ? `</${name}>` : `<${name}>`),
  );
  if (guarded) losses.add("text_guarded", cueId);
  const out = marked.replace(blankLines, "");
  if (out.replace(/<\/?[biu]>/g, "").trim() === "") return "";
  if (out !== marked) losses.add("blank_lines_removed", cueId);
  return out;
}

function reportDropped(cue: Cue, speakers: boolean, losses: LossLog): void {
  if (cue.speaker !== undefined && !speakers) losses.add("speaker_dropped", cue.id);
  if (cue.style !== undefined) losses.add("style_dropped", cue.id);
  if (cue.sourceId !== undefined) losses.add("identifier_dropped", cue.id);
}

/** The customary `{\an8}` for cues that don't stand at the bottom centre. */
function position(cue: Cue, losses: LossLog): string {
  if (cue.settings === undefined) return "";
  const { key, exact } = numpadFromSettings(cue.settings);
  if (!exact) losses.add("position_reduced", cue.id);
  return key === 2 ? "" : `{\\an${key}}`;
}

/** SubRip: numbered from 1, sorted by start, times with a comma, no blank line inside a text. */
export function writeSrt(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  for (const _ of document.headers ?? []) losses.add("header_dropped");
  const speakers = options.speakers ?? false;
  let out = "";
  let number = 0;
  for (const cue of cuesByStart(document.cues)) {
    let text = cue.text;
    if (text === "" || needsCare.test(text)) text = srtText(text, cue.id, losses);
    if (text === "") {
      losses.add("empty_cue_dropped", cue.id);
      continue;
    }
    if (speakers && cue.speaker !== undefined) {
      const name = srtText(oneLine(cue.speaker), cue.id, losses);
      if (name !== "") text = `${name}: ${text}`;
    }
    reportDropped(cue, speakers, losses);
    text = position(cue, losses) + text;
    const startMs = wholeMs(cue.startMs);
    let endMs = wholeMs(cue.endMs);
    if (endMs <= startMs) {
      endMs = startMs + 1;
      losses.add("duration_raised", cue.id);
    }
    number++;
    out += `${number === 1 ? "" : "\n"}${number}\n${formatTimestamp(startMs, ",")} --> ${formatTimestamp(endMs, ",")}\n${text}\n`;
  }
  return { text: fileText(out, options), losses: losses.losses };
}
