import { escapeMarkup } from "@/lib/subtitles/formats/character-references";
import { FileBuilder } from "@/lib/subtitles/formats/file-builder";
import { exactRate, frameAt } from "@/lib/subtitles/formats/frames";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { cuesByStart, oneLine, withoutControls } from "@/lib/subtitles/formats/text-form";
import { TtmlLooks } from "@/lib/subtitles/formats/ttml-looks";
import { frameRateAttributes } from "@/lib/subtitles/formats/ttml-times";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const point = 46;

const spans = {
  b: '<span tts:fontWeight="bold">',
  i: '<span tts:fontStyle="italic">',
  u: '<span tts:textDecoration="underline">',
} as const;

/** Whitespace that XML would turn into spaces where it isn't a reference. */
function literal(text: string): string {
  return escapeMarkup(text).replaceAll("\n", "<br/>").replaceAll("\t", "&#9;");
}

/** What XML 1.0 can't hold at all, beside the controls that no format holds. */
const nonXml = /[\ufffe\uffff]/g;

function paragraphText(cue: Cue, losses: LossLog): string {
  const clean = withoutControls(cue.text, cue.id, losses);
  const xml = clean.replace(nonXml, "");
  if (xml !== clean) losses.add("control_characters_removed", cue.id);
  return rewriteMarkup(xml, literal, (name, closing) => (closing ? "</span>" : spans[name]));
}

/** The people who speak, as agents with names. */
class Agents {
  readonly elements: string[] = [];
  readonly #ids = new Map<string, string>();
  readonly #wanted: boolean;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  attributeOf(cue: Cue, losses: LossLog): string {
    if (cue.speaker === undefined) return "";
    const name = this.#wanted ? oneLine(cue.speaker).replace(nonXml, "") : "";
    if (name === "") losses.add("speaker_dropped", cue.id);
    else if (name !== cue.speaker) losses.add("speaker_altered", cue.id);
    return name === "" ? "" : ` ttm:agent="${this.#idOf(name)}"`;
  }

  #idOf(name: string): string {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = `a${this.#ids.size + 1}`;
    this.#ids.set(name, id);
    this.elements.push(
      `<ttm:agent xml:id="${id}" type="character"><ttm:name type="full">${escapeMarkup(name)}</ttm:name></ttm:agent>`,
    );
    return id;
  }
}

/** A time in ms or, with a frame rate, in frames: seconds and frames only where they fit. */
function timeWriter(fps: number | undefined): (file: FileBuilder, ms: number) => void {
  if (fps === undefined) return (file, ms) => file.timestamp(ms, point);
  if (!Number.isInteger(fps)) return (file, ms) => file.text(`${frameAt(ms, fps)}f`);
  return (file, ms) => {
    const frame = frameAt(ms, fps);
    const seconds = Math.floor(frame / fps);
    const two = (value: number) => String(value).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
    file.text(`${clock}:${two(frame - seconds * fps)}`);
  };
}

function rootElement(document: SubtitleDocument, fps: number | undefined): string {
  const attributes = [
    `xml:lang="${escapeMarkup(oneLine(document.language ?? ""))}"`,
    'xml:space="preserve"',
    'xmlns="http://www.w3.org/ns/ttml"',
    'xmlns:ttm="http://www.w3.org/ns/ttml#metadata"',
    'xmlns:ttp="http://www.w3.org/ns/ttml#parameter"',
    'xmlns:tts="http://www.w3.org/ns/ttml#styling"',
    'ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text"',
    'ttp:timeBase="media"',
  ];
  if (fps !== undefined) {
    const { nominal, multiplier } = frameRateAttributes(fps);
    attributes.push(`ttp:frameRate="${nominal}"`, `ttp:frameRateMultiplier="${multiplier}"`);
  }
  return `<tt ${attributes.join(" ")}>\n`;
}

/** TTML in the text profile of IMSC 1.1: a region a place, a style a look, an agent a speaker. */
export function writeTtml(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  for (const _ of document.headers ?? []) losses.add("header_dropped");
  const fps = exactRate(options.fps);
  const writeTime = timeWriter(fps);
  const looks = new TtmlLooks(document);
  const agents = new Agents(options.speakers ?? true);
  const body = new FileBuilder();
  for (const cue of cuesByStart(document.cues)) {
    const startMs = wholeMs(cue.startMs);
    const endMs = Math.max(wholeMs(cue.endMs), startMs + 1);
    if (endMs !== wholeMs(cue.endMs)) losses.add("duration_raised", cue.id);
    if (cue.style !== undefined) losses.add("style_dropped", cue.id);
    if (cue.sourceId !== undefined) losses.add("identifier_dropped", cue.id);
    body.text('<p begin="');
    writeTime(body, startMs);
    body.text('" end="');
    writeTime(body, endMs);
    const language =
      cue.language === undefined ? "" : ` xml:lang="${escapeMarkup(oneLine(cue.language))}"`;
    body.text(`"${looks.attributesOf(cue, losses)}${agents.attributeOf(cue, losses)}${language}>`);
    body.text(`${paragraphText(cue, losses)}</p>\n`);
  }
  const title = oneLine(options.title ?? document.title ?? "").replace(nonXml, "");
  const metadata = [
    ...(title === "" ? [] : [`<ttm:title>${escapeMarkup(title)}</ttm:title>`]),
    ...agents.elements,
  ];
  const file = new FileBuilder();
  file.text(`<?xml version="1.0" encoding="UTF-8"?>\n${rootElement(document, fps)}<head>\n`);
  for (const element of metadata) file.text(`${element}\n`);
  if (looks.styles.length > 0) file.text(`<styling>\n${looks.styles.join("\n")}\n</styling>\n`);
  file.text(`<layout>\n${looks.regions.join("\n")}\n</layout>\n</head>\n`);
  file.text(`<body${looks.bodyStyle}>\n<div>\n`);
  file.text(body.finish({}));
  file.text("</div>\n</body>\n</tt>\n");
  return { text: file.finish(options), losses: losses.losses };
}
