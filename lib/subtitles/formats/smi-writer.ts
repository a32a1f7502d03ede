import { escapeMarkup } from "@/lib/subtitles/formats/character-references";
import { FileBuilder } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { smiLanguage } from "@/lib/subtitles/formats/smi-languages";
import {
  cuesByStart,
  nameInText,
  oneLine,
  reportPlain,
  withoutControls,
} from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { isTidyMarkup, plainText, rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

/** What shows from a time on, until something else or nothing does. */
interface Sync {
  ms: number;
  className: string;
  /** Empty: nothing. */
  text: string;
}

/** Spaces at the ends of lines, tags aside, and all but the first of several. */
const lostSpaces = /(?<=(?:^|\n)(?:<\/?[biu]>)*) | (?=(?:<\/?[biu]>)*(?:$|\n))|(?<= ) /g;

/** Spaces that HTML would swallow are written as what it keeps. */
function keepSpaces(text: string): string {
  return text
    .replaceAll("\u00a0", "&#160;")
    .replaceAll("\t", "&#9;")
    .replace(lostSpaces, "&nbsp;")
    .replaceAll("\n", "<br>");
}

/** A ">" that ends no tag stands for itself, and quotes do so outside of tags. */
const escapeText = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** What HTML reads otherwise: references, spaces that would be lost, blank lines, controls. */
const needsCare = /[&\u00a0\t\r]|^[ \n]|[ \n]$|[ \n]{2}|> | <|[\p{Cc}--\n]/v;

function smiText(cue: Cue, speakers: boolean, losses: LossLog): string {
  const { text: written } = cue;
  if (cue.speaker === undefined && written !== "" && !needsCare.test(written)) {
    const tags = written.includes("<");
    if (!tags || (isTidyMarkup(written) && plainText(written).trim() !== "")) {
      return written.includes("\n") ? written.replaceAll("\n", "<br>") : written;
    }
  }
  const clean = withoutControls(cue.text, cue.id, losses);
  if (plainText(clean).trim() === "") return "";
  const name = nameInText(cue, speakers, losses);
  const text = rewriteMarkup(clean, escapeText, (tag, closing) => `<${closing ? "/" : ""}${tag}>`);
  const lines = text.replace(/^\n+|\n+$/g, "");
  if (lines !== text) losses.add("blank_lines_removed", cue.id);
  return keepSpaces(escapeText(name) + lines);
}

/**
 * The moments at which a language's text changes. One language shows one text at a time: what
 * overlaps is joined for as long as it does.
 */
function syncsOf(document: SubtitleDocument, speakers: boolean, losses: LossLog): Sync[] {
  const { className } = smiLanguage(document.language);
  const syncs: Sync[] = [];
  const put = (ms: number, text: string) => {
    const last = syncs.at(-1);
    if (last?.ms === ms) last.text = text;
    else if ((last?.text ?? "") !== text) syncs.push({ ms, className, text });
  };
  let active: { endMs: number; text: string }[] = [];
  const endUntil = (ms: number) => {
    if (active.length === 1 && (active[0]?.endMs ?? 0) <= ms) {
      put(active[0]?.endMs ?? 0, "");
      active = [];
    }
    while (active.length > 0) {
      const next = Math.min(...active.map(({ endMs }) => endMs));
      if (next > ms) return;
      active = active.filter(({ endMs }) => endMs > next);
      put(next, active.map(({ text }) => text).join("<br>"));
    }
  };
  for (const cue of cuesByStart(document.cues)) {
    const text = smiText(cue, speakers, losses);
    if (text === "") {
      losses.add("empty_cue_dropped", cue.id);
      continue;
    }
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs + 1);
    if (endMs !== wholeMs(cue.endMs)) losses.add("duration_raised", cue.id);
    endUntil(startMs);
    if (active.length > 0) losses.add("overlap_joined", cue.id);
    active.push({ endMs, text });
    // The same text again is a new subtitle only if something stands between.
    put(startMs, active.length === 1 ? text : active.map((one) => one.text).join("<br>"));
  }
  endUntil(Number.POSITIVE_INFINITY);
  return syncs;
}

function head(title: string, documents: readonly SubtitleDocument[]): string {
  const classes = documents.map(({ language }) => {
    const { className, name, tag } = smiLanguage(language);
    return `.${className} { Name: ${name}; lang: ${tag}; SAMIType: CC; }\n`;
  });
  return `<SAMI>
<HEAD>
<TITLE>${escapeMarkup(title)}</TITLE>
<STYLE TYPE="text/css">
<!--
P { margin-left: 8pt; margin-right: 8pt; margin-bottom: 2pt; margin-top: 2pt; text-align: center; font-size: 20pt; font-family: Arial, sans-serif; font-weight: normal; color: white; }
${classes.join("")}-->
</STYLE>
</HEAD>
<BODY>
`;
}

/** SAMI, as Korean players read it: a SYNC where a text begins, one with &nbsp; where it ends. */
export function writeSmi(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  const { second, speakers = false } = options;
  const documents = second ? [document, second] : [document];
  for (const one of documents) reportPlain(one, losses);
  const syncs = documents.flatMap((one) => syncsOf(one, speakers, losses));
  if (second) syncs.sort((a, b) => a.ms - b.ms);
  const file = new FileBuilder();
  file.text(head(oneLine(options.title ?? document.title ?? ""), documents));
  let lastMs = -1;
  for (const { ms, className, text } of syncs) {
    if (ms !== lastMs) {
      file.text("<SYNC Start=");
      file.number(ms);
      file.text(">");
      lastMs = ms;
    }
    file.text("<P Class=");
    file.text(className);
    file.text(text === "" ? ">&nbsp;" : ">");
    file.text(text);
    file.lineEnd();
  }
  file.text("</BODY>\n</SAMI>\n");
  return { text: file.finish(options), losses: losses.losses };
}
