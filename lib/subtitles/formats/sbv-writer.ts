import { FileBuilder, textNotation } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { timingLine } from "@/lib/subtitles/formats/sbv-reader";
import {
  cuesByStart,
  nameInText,
  plainLinesOf,
  reportPlain,
} from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const point = 46;

/** Lines with a colon might be times, a "<" might begin a tag. */
const notation = textNotation("<:");

/** Name and text, with what would be read as times kept from it; undefined: nothing to show. */
function cueText(cue: Cue, speakers: boolean, losses: LossLog): string | undefined {
  const text = plainLinesOf(cue, losses);
  if (text === "") return undefined;
  const named = nameInText(cue, speakers, losses) + text;
  const guarded = named.replace(timingLine, "\u2060$&");
  if (guarded !== named) losses.add("text_guarded", cue.id);
  return guarded;
}

/** YouTube's own format: times on a line, plain text below, a blank line between. */
export function writeSbv(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  reportPlain(document, losses);
  const file = new FileBuilder();
  const { speakers = false } = options;
  let first = true;
  for (const cue of cuesByStart(document.cues)) {
    const mark = file.mark();
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs + 1);
    if (!first) file.lineEnd();
    file.shortTimestamp(startMs, point);
    file.text(",");
    file.shortTimestamp(endMs, point);
    file.lineEnd();
    if (cue.speaker !== undefined || !file.ordinaryText(cue.text, notation)) {
      const text = cueText(cue, speakers, losses);
      if (text === undefined) {
        losses.add("empty_cue_dropped", cue.id);
        file.backTo(mark);
        continue;
      }
      file.text(text);
    }
    file.lineEnd();
    first = false;
    if (endMs !== wholeMs(cue.endMs)) losses.add("duration_raised", cue.id);
  }
  return { text: file.finish(options), losses: losses.losses };
}
