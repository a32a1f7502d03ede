import { FileBuilder, textNotation } from "@/lib/subtitles/formats/file-builder";
import { looksLike, placeOf } from "@/lib/subtitles/formats/look";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { cuesByStart, oneLine, withoutControls } from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { wholeMs } from "@/lib/subtitles/time";

const notation = textNotation("{\\", { arrows: true });
const comma = 44;

const blankLines = /^(?:[^\S\n]*\n)+|\n[^\S\n]*(?=\n|$)/g;

/**
 * Players take any "<word" for a tag, any "{\" for an override and, where they turn SRT into ASS
 * (ffmpeg, mpv), "\N", "\n" and "\h" for spaces: U+2060 stands between.
 */
const codeLike = /<(?=\u2060*[/a-z!])|\{(?=\u2060*\\)|\\(?=\u2060*[nh])|--(?=\u2060*>)/gi;

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
  if (looksLike(cue.styleOverrides)) losses.add("look_dropped", cue.id);
  if (cue.sourceId !== undefined) losses.add("identifier_dropped", cue.id);
}

/** The customary `{\an8}` for cues that don't stand at the bottom centre. */
function position(cue: Cue, track: SubtitleStyle | undefined, losses: LossLog): string {
  const { key, exact } = placeOf(cue, track);
  if (!exact) losses.add("position_reduced", cue.id);
  return key === 2 ? "" : `{\\an${key}}`;
}

/** Whether a cue stands where it stands without a word. */
function standsAsUsual(cue: Cue, track: SubtitleStyle | undefined): boolean {
  const own = cue.settings ?? cue.styleOverrides;
  return own === undefined && (track === undefined || (track.alignment === 2 && !track.position));
}

/** Position, speaker and text of a cue; undefined when there is no text to show. */
function cueText(
  cue: Cue,
  track: SubtitleStyle | undefined,
  speakers: boolean,
  losses: LossLog,
): string | undefined {
  const text = srtText(cue.text, cue.id, losses);
  if (text === "") return undefined;
  const name = speakers && cue.speaker ? srtText(oneLine(cue.speaker), cue.id, losses) : "";
  return `${position(cue, track, losses)}${name === "" ? "" : `${name}: `}${text}`;
}

/** SubRip: numbered from 1, sorted by start, times with a comma, no blank line inside a text. */
export function writeSrt(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  for (const _ of document.headers ?? []) losses.add("header_dropped");
  const { style } = document;
  if (style !== undefined) losses.add("look_dropped");
  const speakers = options.speakers ?? false;
  const file = new FileBuilder();
  let number = 0;
  for (const cue of cuesByStart(document.cues)) {
    const mark = file.mark();
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs + 1);
    if (number > 0) file.lineEnd();
    file.number(number + 1);
    file.lineEnd();
    file.timestamp(startMs, comma);
    file.text(" --> ");
    file.timestamp(endMs, comma);
    file.lineEnd();
    const bare = standsAsUsual(cue, style) && (cue.speaker === undefined || !speakers);
    if (!bare || !file.ordinaryText(cue.text, notation)) {
      const text = cueText(cue, style, speakers, losses);
      if (text === undefined) {
        losses.add("empty_cue_dropped", cue.id);
        file.backTo(mark);
        continue;
      }
      file.text(text);
    }
    file.lineEnd();
    if (endMs !== wholeMs(cue.endMs)) losses.add("duration_raised", cue.id);
    reportDropped(cue, speakers, losses);
    number++;
  }
  return { text: file.finish(options), losses: losses.losses };
}
