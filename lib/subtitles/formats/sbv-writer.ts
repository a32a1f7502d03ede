import { FileBuilder } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { timingLine } from "@/lib/subtitles/formats/sbv-reader";
import {
  cuesByStart,
  nameInText,
  plainLinesOf,
  reportPlain,
} from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import type { SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const point = 46;

/** YouTube's own format: times on a line, plain text below, a blank line between. */
export function writeSbv(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  reportPlain(document, losses);
  const file = new FileBuilder();
  let first = true;
  for (const cue of cuesByStart(document.cues)) {
    const text = plainLinesOf(cue, losses);
    if (text === "") {
      losses.add("empty_cue_dropped", cue.id);
      continue;
    }
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs + 1);
    if (endMs !== wholeMs(cue.endMs)) losses.add("duration_raised", cue.id);
    const name = nameInText(cue, options.speakers ?? false, losses);
    const guarded = (name + text).replace(timingLine, "\u2060$&");
    if (guarded !== name + text) losses.add("text_guarded", cue.id);
    if (!first) file.lineEnd();
    first = false;
    file.shortTimestamp(startMs, point);
    file.text(",");
    file.shortTimestamp(endMs, point);
    file.text(`\n${guarded}\n`);
  }
  return { text: file.finish(options), losses: losses.losses };
}
