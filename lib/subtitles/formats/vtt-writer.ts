import { FileBuilder, textNotation } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { cuesByStart, oneLine, withoutControls } from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { VttLooks } from "@/lib/subtitles/formats/vtt-looks";
import { asciiTokens, settingsText } from "@/lib/subtitles/formats/vtt-settings";
import { rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, HeaderBlock, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const notation = textNotation("&>");
const point = 46;

const blankLines = /^\n+|\n+$|\n+(?=\n)/g;

const references: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Escapes what WebVTT would read as code; escaping every ">" also breaks up arrows. */
function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => references[character] ?? character);
}

function payload(text: string, cueId: string, losses: LossLog): string {
  const marked = rewriteMarkup(withoutControls(text, cueId, losses), escapeText, (name, closing) =>
    closing ? `</${name}>` : `<${name}>`,
  );
  const out = marked.replace(blankLines, "");
  if (out !== marked) losses.add("blank_lines_removed", cueId);
  return out;
}

/** An identifier must be one line without an arrow, and no other cue's. */
function identifier(id: string, cue: Cue, used: Set<string>, losses: LossLog): string {
  if (id === "" || /[\n\r\0]|-->/.test(id) || used.has(id)) {
    losses.add("identifier_dropped", cue.id);
    return "";
  }
  used.add(id);
  return `${id}\n`;
}

/** The blocks before the first cue that still fit WebVTT, and the regions that they define. */
function headerBlocks(
  document: SubtitleDocument,
  title: string,
  losses: LossLog,
): { text: string; regions: Set<string> } {
  const regions = new Set<string>();
  let signature = title === "" ? "" : ` - ${title}`;
  let lines = "";
  let blocks = "";
  const keyword = { style: "STYLE\n", region: "REGION\n", note: "NOTE\n" };
  for (const block of document.headers ?? []) {
    const fits = block.text !== "" && !/\n\n|^\n|\n$|[\r\0]|-->/.test(block.text);
    if (block.format !== "vtt" || !fits) {
      losses.add("header_dropped");
    } else if (block.kind !== "header") {
      blocks += `\n${keyword[block.kind]}${block.text}\n`;
      if (block.kind === "region") addRegions(block, regions);
    } else if (signature === "" && !block.text.includes("\n")) {
      signature = ` ${block.text}`;
    } else if (title === "") {
      lines += `${block.text}\n`;
    }
  }
  return { text: `WEBVTT${signature}\n${lines}${blocks}`, regions };
}

function addRegions(block: HeaderBlock, regions: Set<string>): void {
  for (const token of asciiTokens(block.text)) {
    if (token.startsWith("id:")) regions.add(token.slice(3));
  }
}

/** The voice of a whole cue; its end tag may be left out. */
function voice(cue: Cue, speakers: boolean, losses: LossLog): string {
  if (cue.speaker === undefined) return "";
  const name = oneLine(cue.speaker);
  if (!speakers) losses.add("speaker_dropped", cue.id);
  if (!speakers || name === "") return "";
  if (name !== cue.speaker) losses.add("speaker_altered", cue.id);
  return `<v ${escapeText(name)}>`;
}

/** WebVTT as the specification allows it to be written, which is stricter than how it is read. */
export function writeVtt(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  const speakers = options.speakers ?? true;
  const title = oneLine(options.title ?? document.title ?? "").replaceAll("-->", "->");
  const header = headerBlocks(document, title, losses);
  const looks = new VttLooks(document, options.looks ?? true);
  looks.report(losses);
  const identifiers = new Set<string>();
  const file = new FileBuilder();
  file.text(header.text + looks.blocks());
  for (const cue of cuesByStart(document.cues)) {
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs + 1);
    if (endMs !== wholeMs(cue.endMs)) losses.add("duration_raised", cue.id);
    if (cue.style !== undefined) losses.add("style_dropped", cue.id);
    file.lineEnd();
    if (cue.sourceId !== undefined) file.text(identifier(cue.sourceId, cue, identifiers, losses));
    file.timestamp(startMs, point);
    file.text(" --> ");
    file.timestamp(endMs, point);
    const place = looks.settingsOf(cue);
    if (place !== undefined) {
      const settings = settingsText(place, header.regions);
      if (!settings.exact) losses.add("position_reduced", cue.id);
      file.text(settings.text);
    }
    file.lineEnd();
    const own = looks.classOf(cue);
    const spoken = cue.speaker === undefined ? "" : voice(cue, speakers, losses);
    const before = own === undefined ? spoken : `${spoken}<c.${own}>`;
    const after = own === undefined ? "" : "</c>";
    file.text(before);
    if (file.ordinaryText(cue.text, notation)) {
      file.text(`${after}\n`);
    } else {
      const text = payload(cue.text, cue.id, losses);
      if (before + text !== "") file.text(`${text}${after}\n`);
    }
  }
  return { text: file.finish(options), losses: losses.losses };
}
