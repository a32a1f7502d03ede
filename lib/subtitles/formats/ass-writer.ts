import { AssLooks, fieldText, secondStyle, styleFormat } from "@/lib/subtitles/formats/ass-looks";
import { isV4PlusStyles, styleAlignments } from "@/lib/subtitles/formats/ass-styles";
import { assLiteral } from "@/lib/subtitles/formats/ass-text";
import { pairCues } from "@/lib/subtitles/formats/bilingual";
import { FileBuilder, textNotation } from "@/lib/subtitles/formats/file-builder";
import { exactRate } from "@/lib/subtitles/formats/frames";
import { placesItself } from "@/lib/subtitles/formats/look";
import { LossLog } from "@/lib/subtitles/formats/loss-log";
import { numpadFromSettings } from "@/lib/subtitles/formats/numpad";
import { cuesByStart, oneLine, withoutControls } from "@/lib/subtitles/formats/text-form";
import type { WriteOptions, WriteResult } from "@/lib/subtitles/formats/types";
import { rewriteMarkup } from "@/lib/subtitles/markup";
import type { Cue, HeaderBlock, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

const eventFormat = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

const notation = textNotation("{}\\", { ass: true });

function eventText(text: string, cueId: string, losses: LossLog): string {
  const clean = withoutControls(text, cueId, losses);
  if (/[{}]/.test(clean)) losses.add("braces_replaced", cueId);
  return rewriteMarkup(clean, assLiteral, (name, closing) => `{\\${name}${closing ? 0 : 1}}`);
}

function pixels(value: number | undefined, fallback: number): number {
  return value !== undefined && value >= 1 && value <= 65535 ? Math.round(value) : fallback;
}

type AssHeader = Extract<HeaderBlock, { format: "ass" }>;

/**
 * The document's ASS sections; none when they are SSA's, whose columns are others, or where styles
 * of ours have to stand among them.
 */
function ownHeaders(
  document: SubtitleDocument,
  { second }: WriteOptions,
  losses: LossLog,
): AssHeader[] {
  const blocks = document.headers ?? [];
  const own = blocks.filter((block) => block.format === "ass");
  const styles = own.find((block) => block.kind === "styles");
  const usable = !styles || (isV4PlusStyles(styles.name) && !document.style && !second);
  const kept = usable ? own : [];
  for (let i = kept.length; i < blocks.length; i++) losses.add("header_dropped");
  return kept;
}

/** What a cue's event says of its looks. */
interface EventLook {
  style: string;
  /** Overrides before the text. */
  place: string;
}

/** A cue of which nobody says how it looks or who speaks. */
function isPlain(cue: Cue): boolean {
  const look = cue.settings ?? cue.style ?? cue.styleOverrides;
  return look === undefined && cue.speaker === undefined && cue.sourceId === undefined;
}

/** The file's head, and how each cue looks under it. */
interface Head {
  text: string;
  lookOf(cue: Cue): EventLook;
}

/** Everything before the events: the imported file's own sections where there are some. */
function headOf(document: SubtitleDocument, options: WriteOptions, losses: LossLog): Head {
  const kept = ownHeaders(document, options, losses);
  const width = pixels(options.playResX, 1920);
  const height = pixels(options.playResY, 1080);
  const title = oneLine(options.title ?? document.title ?? "");
  const info =
    kept.find((block) => block.kind === "info")?.text ??
    `${title === "" ? "" : `Title: ${title}\n`}ScriptType: v4.00+\nWrapStyle: 0\nScaledBorderAndShadow: yes\nYCbCr Matrix: ${height >= 720 ? "TV.709" : "TV.601"}\nPlayResX: ${width}\nPlayResY: ${height}`;
  const styles = kept.find((block) => block.kind === "styles");
  const looks = new AssLooks(document, {
    picture: { width, height },
    fontName: options.fontName,
    second: options.second !== undefined,
  });
  let text = `[Script Info]\n${info}\n\n[${styles?.name ?? "V4+ Styles"}]\n`;
  text += `${styles?.text ?? `Format: ${styleFormat}\n${looks.lines.join("\n")}`}\n\n`;
  for (const block of kept) {
    if (block.kind === "section") text += `[${block.name}]\n${block.text}\n\n`;
  }
  return {
    text: `${text}[Events]\nFormat: ${eventFormat}\n`,
    lookOf: styles ? fileLooks(styles, losses) : (cue) => ownLook(cue, looks, losses),
  };
}

/** Looks by the styles of the file that the cues come from. */
function fileLooks(styles: AssHeader, losses: LossLog): (cue: Cue) => EventLook {
  const alignments = styleAlignments(styles.text, styles.name);
  return (cue) => {
    const wanted = cue.style ?? "Default";
    const known = wanted === "Default" || alignments.has(wanted);
    if (!known) losses.add("style_dropped", cue.id);
    if (cue.styleOverrides !== undefined) losses.add("look_dropped", cue.id);
    const style = known ? wanted : "Default";
    return { style, place: alignment(cue, alignments.get(style) ?? 2, losses) };
  };
}

function ownLook(cue: Cue, looks: AssLooks, losses: LossLog): EventLook {
  if (cue.style !== undefined && cue.style !== "Default") losses.add("style_dropped", cue.id);
  const look = looks.of(cue);
  const place =
    cue.settings === undefined || placesItself(cue.styleOverrides)
      ? look.position
      : alignment(cue, look.alignment, losses);
  return { style: look.name, place };
}

/** The override that places a cue elsewhere than its style does. */
function alignment(cue: Cue, styleKey: number, losses: LossLog): string {
  if (cue.settings === undefined && styleKey === 2) return "";
  const { key, exact } = numpadFromSettings(cue.settings ?? {});
  if (!exact) losses.add("position_reduced", cue.id);
  return key === styleKey ? "" : `{\\an${key}}`;
}

/**
 * Rounds both ends to 1/100 s so that cues which touch still touch; times at frames are cut, or a
 * renderer would show them a frame late. A cue that would vanish lasts 1/100 s, and the cue that
 * began where it ended begins there again.
 */
class CentisecondClock {
  #raisedFromMs = -1;
  #raisedTo = 0;
  readonly #round: (value: number) => number;

  constructor(atFrames: boolean) {
    this.#round = atFrames ? Math.floor : Math.round;
  }

  round(startMs: number, endMs: number): { start: number; end: number; raised: boolean } {
    const start = startMs === this.#raisedFromMs ? this.#raisedTo : this.#round(startMs / 10);
    const end = this.#round(endMs / 10);
    if (end > start) return { start, end, raised: false };
    this.#raisedFromMs = endMs > startMs ? endMs : -1;
    this.#raisedTo = start + 1;
    return { start, end: start + 1, raised: true };
  }
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

/** What the second language says, in its own style, beside the first's text. */
function withSecond(first: string, second: string, place: "below" | "above"): string {
  const own = `{\\r${secondStyle}}${second}`;
  if (first === "") return own;
  return place === "below" ? `${first}\\N${own}` : `${own}\\N{\\r}${first}`;
}

/** ASS v4+ without extensions of any one renderer. */
export function writeAss(document: SubtitleDocument, options: WriteOptions): WriteResult {
  const losses = new LossLog();
  const { speakers = true, second, secondPlace = "below" } = options;
  const head = headOf(document, options, losses);
  const clock = new CentisecondClock(exactRate(options.fps) !== undefined);
  const pairs = second && pairCues(document, second, losses);
  const file = new FileBuilder();
  file.text(head.text);
  const usual = head.lookOf({ id: "", startMs: 0, endMs: 0, text: "" });
  const plain = `,${usual.style},,0,0,0,,${usual.place}`;
  for (const cue of pairs?.cues ?? cuesByStart(document.cues)) {
    const startMs = wholeMs(cue.startMs);
    const endMs = wholeMs(cue.endMs);
    const { start, end, raised } = clock.round(startMs, endMs);
    if (raised) losses.add("duration_raised", cue.id);
    else if (start * 10 !== startMs || end * 10 !== endMs) losses.add("time_rounded", cue.id);
    if (cue.sourceId !== undefined) losses.add("identifier_dropped", cue.id);
    file.text("Dialogue: 0,");
    file.centiseconds(start);
    file.text(",");
    file.centiseconds(end);
    if (isPlain(cue)) {
      file.text(plain);
    } else {
      const { style, place } = head.lookOf(cue);
      file.text(`,${style},${nameField(cue, speakers, losses)},0,0,0,,${place}`);
    }
    const other = pairs?.textOf(cue);
    if (other !== undefined) {
      const first = eventText(cue.text, cue.id, losses);
      file.text(withSecond(first, eventText(other, cue.id, losses), secondPlace));
    } else if (!file.ordinaryText(cue.text, notation)) {
      file.text(eventText(cue.text, cue.id, losses));
    }
    file.lineEnd();
  }
  return { text: file.finish(options), losses: losses.losses };
}
