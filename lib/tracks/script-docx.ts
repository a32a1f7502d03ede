import { strToU8, zipSync } from "fflate";
import { pairCues } from "@/lib/subtitles/formats/bilingual";
import { escapeMarkup } from "@/lib/subtitles/formats/character-references";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { cuesByStart, oneLine, plainLinesOf, reportPlain } from "@/lib/subtitles/formats/text-form";
import type { Loss, WriteOptions } from "@/lib/subtitles/formats/types";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { formatPreciseClock } from "@/lib/subtitles/time";

/** The words of a script, in the person's language. */
export interface ScriptWords {
  number: string;
  time: string;
  speaker: string;
  text: string;
  second: string;
}

/** Any fixed moment: the same script is the same bytes. By its parts, as ZIP knows no time zone. */
export const packedAt = new Date(2020, 0, 1);

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const contentTypes = `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${office}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${office}.styles+xml"/></Types>`;

const relationship = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const relationships = (inside: string) =>
  `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;

const styles = `${declaration}<w:styles ${word}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Malgun Gothic" w:cs="Calibri"/><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`;

/** What XML 1.0 can't hold, beside the controls that are gone already. */
const text = (value: string) => escapeMarkup(value.replace(/[\ufffe\uffff]/g, ""));

/** A paragraph; its lines are lines of it. */
function paragraph(value: string, bold = false, size?: number): string {
  const look = `${bold ? "<w:b/>" : ""}${size === undefined ? "" : `<w:sz w:val="${size}"/>`}`;
  const runs = value
    .split("\n")
    .map((line) => `<w:t xml:space="preserve">${text(line)}</w:t>`)
    .join("<w:br/>");
  return `<w:p><w:r>${look === "" ? "" : `<w:rPr>${look}</w:rPr>`}${runs}</w:r></w:p>`;
}

function row(cells: readonly string[], widths: readonly number[], heading = false): string {
  const inside = cells.map(
    (cell, i) =>
      `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/></w:tcPr>${paragraph(cell, heading)}</w:tc>`,
  );
  // Not across pages; the heading again on every page.
  const kept = `<w:trPr><w:cantSplit/>${heading ? "<w:tblHeader/>" : ""}</w:trPr>`;
  return `<w:tr>${kept}${inside.join("")}</w:tr>`;
}

const edges = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>`)
  .join("");

function table(rows: readonly string[], widths: readonly number[]): string {
  const columns = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>${edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows.join("")}</w:tbl>`;
}

/** A4 inside its margins, in twentieths of a point. */
const pageWidth = 9_900;

/**
 * A script for people to read, comment and sign: a table of number, time, speaker where there are
 * any, text, and a second language where one is asked for.
 */
export function writeScript(
  document: SubtitleDocument,
  options: WriteOptions & { words: ScriptWords },
): { bytes: Uint8Array; losses: Loss[] } {
  const losses = new LossLog();
  reportPlain(document, losses);
  const { second, words, title = "" } = options;
  const pairs = second && pairCues(document, second, losses);
  const cues = pairs?.cues ?? cuesByStart(document.cues);
  const speakers = (options.speakers ?? true) && cues.some((cue) => cue.speaker);
  const narrow = [700, 1_500, ...(speakers ? [1_500] : [])];
  const texts = second ? 2 : 1;
  const wide = Math.floor((pageWidth - narrow.reduce((a, b) => a + b)) / texts);
  const widths = [...narrow, ...Array.from({ length: texts }, () => wide)];
  const heading = [
    ...[words.number, words.time, ...(speakers ? [words.speaker] : [])],
    ...[words.text, ...(second ? [words.second] : [])],
  ];
  const cells = (cue: Cue, i: number) => {
    if (!speakers && cue.speaker !== undefined) losses.add("speaker_dropped", cue.id);
    const other = pairs?.textOf(cue);
    return [
      String(i + 1),
      `${formatPreciseClock(cue.startMs)}\n${formatPreciseClock(cue.endMs)}`,
      ...(speakers ? [oneLine(cue.speaker ?? "")] : []),
      plainLinesOf(cue, losses),
      ...(pairs ? [other === undefined ? "" : plainLinesOf({ ...cue, text: other }, losses)] : []),
    ];
  };
  const rows = [row(heading, widths, true), ...cues.map((cue, i) => row(cells(cue, i), widths))];
  const page = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>`;
  const body = `${paragraph(oneLine(title), true, 28)}${table(rows, widths)}${paragraph("")}${page}`;
  const parts = {
    "[Content_Types].xml": contentTypes,
    "_rels/.rels": relationships(relationship("r1", "officeDocument", "word/document.xml")),
    "word/document.xml": `${declaration}<w:document ${word}><w:body>${body}</w:body></w:document>`,
    "word/_rels/document.xml.rels": relationships(relationship("r1", "styles", "styles.xml")),
    "word/styles.xml": styles,
  };
  const files = Object.entries(parts).map(([name, part]) => [name, strToU8(part)]);
  return {
    bytes: zipSync(Object.fromEntries(files), { mtime: packedAt, level: 6 }),
    losses: losses.losses,
  };
}
