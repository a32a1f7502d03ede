import { isV4PlusStyles, styleAlignments } from "@/lib/subtitles/formats/ass-styles";
import { assLiteral } from "@/lib/subtitles/formats/ass-text";
import { FileBuilder, textNotation } from "@/lib/subtitles/formats/file-builder";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { numpadFromSettings } from "@/lib/subtitles/formats/numpad";
import { cuesByStart, oneLine, withoutControls } from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, HeaderBlock, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const styleFormat =
  "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding";

const eventFormat = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

const notation = textNotation("{}\\", { ass: true });

function eventText(text: string, cueId: string, losses: LossLog): string {
  const clean = withoutControls(text, cueId, losses);
  if (/[{}]/.test(clean)) losses.add("braces_replaced", cueId);
  return rewriteMarkup(clean, assLiteral, (name, closing) => `{\\${name}${closing ? 0 : 1}}`);
}

/** White letters with a dark outline, sized by the height of the picture. */
function defaultStyle(fontName: string, width: number, height: number): string {
  const fontSize = Math.max(1, Math.round(height * 0.055));
  const outline = Math.max(1, Math.round(height / 360));
  const side = Math.round(width * 0.05);
  const bottom = Math.round(height * 0.05);
  return `Style: Default,${fontName},${fontSize},&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,${outline},${Math.round(outline / 3)},2,${side},${side},${bottom},1`;
}

function pixels(value: number | undefined, fallback: number): number {
  return value !== undefined && value >= 1 && value <= 65535 ? Math.round(value) : fallback;
}

/** A value of a field: no comma, for that ends the field. */
function fieldText(text: string): string {
  return oneLine(text).replaceAll(",", "\uff0c");
}

type AssHeader = Extract<HeaderBlock, { format: "ass" }>;

/** The document's ASS sections; none when they are SSA's, whose columns are others. */
function ownHeaders(document: SubtitleDocument, losses: LossLog): AssHeader[] {
  const blocks = document.headers ?? [];
  const own = blocks.filter((block) => block.format === "ass");
  const styles = own.find((block) => block.kind === "styles");
  const kept = styles && !isV4PlusStyles(styles.name) ? [] : own;
  for (let i = kept.length; i < blocks.length; i++) losses.add("header_dropped");
  return kept;
}

/** Everything before the events: the imported file's own sections where there are some. */
function headerText(
  document: SubtitleDocument,
  options: WriteOptions,
  losses: LossLog,
): { text: string; styles: Map<string, number> } {
  const kept = ownHeaders(document, losses);
  const width = pixels(options.playResX, 1920);
  const height = pixels(options.playResY, 1080);
  const title = oneLine(options.title ?? document.title ?? "");
  const info =
    kept.find((block) => block.kind === "info")?.text ??
    `${title === "" ? "" : `Title: ${title}\n`}ScriptType: v4.00+\nWrapStyle: 0\nScaledBorderAndShadow: yes\nYCbCr Matrix: ${height >= 720 ? "TV.709" : "TV.601"}\nPlayResX: ${width}\nPlayResY: ${height}`;
  const styles = kept.find((block) => block.kind === "styles");
  const style = defaultStyle(fieldText(options.fontName ?? "Pretendard"), width, height);
  let text = `[Script Info]\n${info}\n\n[${styles?.name ?? "V4+ Styles"}]\n`;
  text += `${styles?.text ?? `Format: ${styleFormat}\n${style}`}\n\n`;
  for (const block of kept) {
    if (block.kind === "section") text += `[${block.name}]\n${block.text}\n\n`;
  }
  return {
    text: `${text}[Events]\nFormat: ${eventFormat}\n`,
    styles: styles ? styleAlignments(styles.text, styles.name) : new Map(),
  };
}

/**
 * Rounds both ends to 1/100 s so that cues which touch still touch. A cue that would vanish lasts
 * 1/100 s, and the cue that began where it ended begins there again.
 */
class CentisecondClock {
  #raisedFromMs = -1;
  #raisedTo = 0;

  round(startMs: number, endMs: number): { start: number; end: number; raised: boolean } {
    const start = startMs === this.#raisedFromMs ? this.#raisedTo : Math.round(startMs / 10);
    const end = Math.round(endMs / 10);
    if (end > start) return { start, end, raised: false };
    this.#raisedFromMs = endMs > startMs ? endMs : -1;
    this.#raisedTo = start + 1;
    return { start, end: start + 1, raised: true };
  }
}

function styleName(cue: Cue, styles: ReadonlyMap<string, number>, losses: LossLog): string {
  if (cue.style === undefined || cue.style === "Default") return "Default";
  if (styles.has(cue.style)) return cue.style;
  losses.add("style_dropped", cue.id);
  return "Default";
}

/** The override that places a cue elsewhere than its style does. */
function alignment(cue: Cue, styleKey: number, losses: LossLog): string {
  if (cue.settings === undefined && styleKey === 2) return "";
  const { key, exact } = numpadFromSettings(cue.settings ?? {});
  if (!exact) losses.add("position_reduced", cue.id);
  return key === styleKey ? "" : `{\\an${key}}`;
}

function nameField(cue: Cue, speakers: boolean, losses: LossLog): string {
  if (cue.speaker === undefined) return "";
  if (!speakers) {
    losses.add("speaker_dropped", cue.id);
    return "";
  }
  const name = fieldText(cue.speaker);
  if (name !== cue.speaker) losses.add("speaker_altered", cue.id);
  return name;
}

/** ASS v4+ without extensions of any one renderer. */
export function writeAss(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  const speakers = options.speakers ?? true;
  const header = headerText(document, options, losses);
  const clock = new CentisecondClock();
  const file = new FileBuilder();
  file.text(header.text);
  for (const cue of cuesByStart(document.cues)) {
    const startMs = wholeMs(cue.startMs);
    const endMs = wholeMs(cue.endMs);
    const { start, end, raised } = clock.round(startMs, endMs);
    if (raised) losses.add("duration_raised", cue.id);
    else if (start * 10 !== startMs || end * 10 !== endMs) losses.add("time_rounded", cue.id);
    if (cue.sourceId !== undefined) losses.add("identifier_dropped", cue.id);
    const style = styleName(cue, header.styles, losses);
    file.text("Dialogue: 0,");
    file.centiseconds(start);
    file.text(",");
    file.centiseconds(end);
    file.text(`,${style},${nameField(cue, speakers, losses)},0,0,0,,`);
    file.text(alignment(cue, header.styles.get(style) ?? 2, losses));
    if (!file.ordinaryText(cue.text, notation)) file.text(eventText(cue.text, cue.id, losses));
    file.lineEnd();
  }
  return { text: file.finish(options), losses: losses.losses };
}
