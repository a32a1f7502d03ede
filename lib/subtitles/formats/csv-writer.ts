import { pairCues } from "@/lib/subtitles/formats/bilingual";
import { FileBuilder } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import {
  cuesByStart,
  oneLine,
  reportPlain,
  withoutControls,
} from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { plainText } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const point = 46;

/** What a spreadsheet takes for the beginning of a formula, full-width signs included. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;

/** A cell of text (RFC 4180), kept from being a formula: a text may come from anybody. */
function cell(text: string, cueId: string | undefined, losses: LossLog): string {
  const isFormula = formula.test(text);
  if (isFormula && cueId !== undefined) losses.add("formula_guarded", cueId);
  const plain = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function textCell(cue: Cue, losses: LossLog): string {
  const clean = withoutControls(cue.text, cue.id, losses);
  const plain = plainText(clean);
  if (/<\/?[biu]>/.test(clean) && plain !== clean) losses.add("markup_dropped", cue.id);
  return cell(plain, cue.id, losses);
}

/** Whether any cue of a document says who speaks. */
const hasSpeakers = ({ cues }: SubtitleDocument) =>
  cues.some((cue) => cue.speaker !== undefined && cue.speaker !== "");

const heading = (name: string, { language }: SubtitleDocument) =>
  language === undefined ? name : `${name} (${oneLine(language)})`;

/** A table for spreadsheets, a line a cue: number, start, end, speaker where there are any, text. */
export function writeCsv(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  reportPlain(document, losses);
  const { second } = options;
  const speakers = (options.speakers ?? true) && hasSpeakers(document);
  const pairs = second && pairCues(document, second, losses);
  const headings = ["number", "start", "end", ...(speakers ? ["speaker"] : [])];
  headings.push(heading("text", document), ...(second ? [heading("text 2", second)] : []));
  const file = new FileBuilder();
  file.text(`${headings.map((name) => cell(name, undefined, losses)).join(",")}\n`);
  for (const [i, cue] of cuesByStart(pairs?.cues ?? document.cues).entries()) {
    const { speaker = "" } = cue;
    file.number(i + 1);
    file.text(",");
    file.timestamp(wholeMs(cue.startMs), point);
    file.text(",");
    file.timestamp(wholeMs(cue.endMs), point);
    if (speakers) file.text(`,${cell(oneLine(speaker), cue.id, losses)}`);
    else if (speaker !== "") losses.add("speaker_dropped", cue.id);
    file.text(`,${textCell(cue, losses)}`);
    if (pairs) {
      const other = pairs.textOf(cue);
      file.text(`,${other === undefined ? "" : textCell({ ...cue, text: other }, losses)}`);
    }
    file.lineEnd();
  }
  const { bom = true, lineEnd = "crlf" } = options;
  return { text: file.finish({ bom, lineEnd }), losses: losses.losses };
}
