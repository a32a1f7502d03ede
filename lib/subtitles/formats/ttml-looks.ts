import { escapeMarkup } from "@/lib/subtitles/formats/character-references";
import { placesItself } from "@/lib/subtitles/formats/look";
import type { LossLog } from "@/lib/subtitles/formats/loss-log";
import { numpadFromSettings } from "@/lib/subtitles/formats/numpad";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { emOfLine, shadowColor, styleKey, styleOf, usualStyle } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

const rounded = (value: number) => String(Math.round(value * 100) / 100);

const aligns = ["start", "center", "end"] as const;
const displayAligns = ["after", "center", "before"] as const;

/** Where a text stands. */
type Place = Pick<
  SubtitleStyle,
  "alignment" | "position" | "marginVerticalPercent" | "marginHorizontalPercent"
>;

/** The region's box as far as the point or the margins allow, in percent of the picture. */
function box({ alignment, position, marginVerticalPercent, marginHorizontalPercent }: Place) {
  const column = (alignment - 1) % 3;
  const row = Math.floor((alignment - 1) / 3);
  if (position === null) {
    const left = marginHorizontalPercent;
    const top = marginVerticalPercent;
    return { left, top, width: 100 - 2 * left, height: Math.max(0, 100 - 2 * top) };
  }
  const { xPercent: x, yPercent: y } = position;
  const half = Math.min(x, 100 - x);
  const middle = Math.min(y, 100 - y);
  const horizontal = [
    { left: x, width: 100 - x },
    { left: x - half, width: 2 * half },
    { left: 0, width: x },
  ][column] ?? { left: 0, width: 100 };
  const vertical = [
    { top: 0, height: y },
    { top: y - middle, height: 2 * middle },
    { top: y, height: 100 - y },
  ][row] ?? { top: 0, height: 100 };
  return { ...horizontal, ...vertical };
}

function regionElement(id: string, place: Place): string {
  const { left, top, width, height } = box(place);
  const { alignment } = place;
  const display = displayAligns[Math.floor((alignment - 1) / 3)];
  const align = aligns[(alignment - 1) % 3];
  return `<region xml:id="${id}" tts:origin="${rounded(left)}% ${rounded(top)}%" tts:extent="${rounded(width)}% ${rounded(height)}%" tts:displayAlign="${display}" tts:textAlign="${align}" tts:overflow="visible"/>`;
}

/** Letters in the terms of IMSC 1.1; lengths in percent of the picture's height (rh). */
function styleElement(id: string, style: SubtitleStyle): string {
  const { outlinePercent, shadowPercent: drop } = style;
  const attributes = [
    `tts:fontFamily="${escapeMarkup(style.fontFamily)}"`,
    `tts:fontSize="${rounded(style.fontSizePercent * emOfLine)}rh"`,
    `tts:fontWeight="${style.bold ? "bold" : "normal"}"`,
    `tts:fontStyle="${style.italic ? "italic" : "normal"}"`,
    `tts:color="${style.color}"`,
    `tts:backgroundColor="${style.backgroundColor ?? "transparent"}"`,
  ];
  if (style.backgroundColor === null && outlinePercent > 0) {
    attributes.push(`tts:textOutline="${style.outlineColor} ${rounded(outlinePercent)}rh"`);
  }
  if (style.backgroundColor === null && drop > 0) {
    const offset = `${rounded(drop)}rh`;
    attributes.push(`tts:textShadow="${offset} ${offset} ${shadowColor(style.outlineColor)}"`);
  }
  return `<style xml:id="${id}" ${attributes.join(" ")}/>`;
}

const usual = usualStyle();

/** The regions and styles of a document, made as its cues need them. */
export class TtmlLooks {
  readonly styles: string[] = [];
  readonly regions: string[] = [];
  readonly #track: SubtitleStyle | undefined;
  readonly #styleIds = new Map<string, string>();
  readonly #regionIds = new Map<string, string>();

  constructor({ style }: SubtitleDocument) {
    this.#track = style;
    if (style !== undefined) this.styles.push(styleElement("s0", style));
    // The place of the track is always there, and first.
    this.#region(style ?? usual);
  }

  /** The style of the whole document, if it has one. */
  get bodyStyle(): string {
    return this.#track === undefined ? "" : ' style="s0"';
  }

  /** The attributes of a cue's paragraph. */
  attributesOf(cue: Cue, losses: LossLog): string {
    const { styleOverrides: own, settings } = cue;
    const style = styleOf(this.#track ?? usual, own);
    let place: Place = style;
    if (settings !== undefined && !placesItself(own)) {
      const { key, exact } = numpadFromSettings(settings);
      if (!exact) losses.add("position_reduced", cue.id);
      place = { ...style, alignment: key, position: null };
    }
    const region = ` region="${this.#region(place)}"`;
    return own === undefined ? region : `${region} style="${this.#style(style)}"`;
  }

  #style(style: SubtitleStyle): string {
    const key = styleKey(style);
    const known = this.#styleIds.get(key);
    if (known !== undefined) return known;
    const id = `s${this.#styleIds.size + 1}`;
    this.#styleIds.set(key, id);
    this.styles.push(styleElement(id, style));
    return id;
  }

  #region(place: Place): string {
    const { alignment, position, marginVerticalPercent, marginHorizontalPercent } = place;
    const key = JSON.stringify([
      alignment,
      position && [position.xPercent, position.yPercent],
      marginVerticalPercent,
      marginHorizontalPercent,
    ]);
    const known = this.#regionIds.get(key);
    if (known !== undefined) return known;
    const id = `r${this.#regionIds.size}`;
    this.#regionIds.set(key, id);
    this.regions.push(regionElement(id, place));
    return id;
  }
}
