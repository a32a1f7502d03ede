import { rgbaOf, shadowColor } from "@/lib/subtitles/style/color";
import type { PictureSize } from "@/lib/subtitles/style/default-style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

/**
 * How much of ASS's font size is Pretendard's em: ASS measures a line from the ascent to the
 * descent that the font names for Windows, 1949 and 494 of 2048 units (read from its OS/2 table).
 * CSS measures the em. So `font-size: fontSizePercent * emOfLine` draws the same letters.
 */
export const emOfLine = 2048 / (1949 + 494);

/** How far a box reaches over its line, in percent of the picture's height. */
export const boxPaddingPercent = 0.8;

/** A style in the terms of an ASS `Style:` line; lengths in the script's px. */
export interface AssStyle {
  fontName: string;
  fontSize: number;
  /** &HAABBGGRR, where AA 00 is opaque. */
  primaryColour: string;
  /** Of the letters' edge, or of the box. */
  outlineColour: string;
  /** Of the shadow. */
  backColour: string;
  bold: 0 | -1;
  italic: 0 | -1;
  /** 1: edge and shadow; 3: a box, which takes the place of both. */
  borderStyle: 1 | 3;
  /** Width of the edge, or how far the box reaches over the line. */
  outline: number;
  shadow: number;
  alignment: SubtitleStyle["alignment"];
  marginL: number;
  marginR: number;
  marginV: number;
  /** For `\pos`; null: by the margins. */
  position: { x: number; y: number } | null;
}

/** "&HAABBGGRR" of "#rrggbb" or "#rrggbbaa". */
export function assColour(color: string): string {
  const { red, green, blue, alpha } = rgbaOf(color);
  const hex = (part: number) => part.toString(16).padStart(2, "0").toUpperCase();
  return `&H${hex(255 - alpha)}${hex(blue)}${hex(green)}${hex(red)}`;
}

/** A style on a picture of this size, as ASS says it. */
export function assStyle(style: SubtitleStyle, { width, height }: PictureSize): AssStyle {
  const ofHeight = (percent: number) => hundredths((percent * height) / 100);
  const ofWidth = (percent: number) => Math.round((percent * width) / 100);
  const box = style.backgroundColor;
  const side = ofWidth(style.marginHorizontalPercent);
  return {
    fontName: style.fontFamily,
    fontSize: Math.max(1, Math.round(ofHeight(style.fontSizePercent))),
    primaryColour: assColour(style.color),
    outlineColour: assColour(box ?? style.outlineColor),
    backColour: assColour(shadowColor(style.outlineColor)),
    bold: style.bold ? -1 : 0,
    italic: style.italic ? -1 : 0,
    borderStyle: box === null ? 1 : 3,
    outline: ofHeight(box === null ? style.outlinePercent : boxPaddingPercent),
    shadow: box === null ? ofHeight(style.shadowPercent) : 0,
    alignment: style.alignment,
    marginL: side,
    marginR: side,
    marginV: Math.round(ofHeight(style.marginVerticalPercent)),
    position: style.position && {
      x: ofWidth(style.position.xPercent),
      y: Math.round(ofHeight(style.position.yPercent)),
    },
  };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
