import type { CSSProperties } from "react";
import {
  boxPaddingPercent,
  emOfLine,
  type PictureSize,
  rgbaOf,
  shadowColor,
  styleOf,
} from "@/lib/subtitles/style";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/** How a cue stands on a picture whose box is the container of `cqw` and `cqh`. */
export interface CaptionLook {
  /** Of the block that holds the lines: its place and its font. */
  block: CSSProperties;
  /** Of the lines. */
  letters: CSSProperties;
  /** Lines that stand by margins make room for each other: away from this edge. */
  edge: "top" | "bottom" | null;
}

/** The height of the player's bar where it lies over the picture. */
const bar = "var(--controls, 0px)";

/** How a cue looks in CSS: the numbers of `assStyle`, so that libass draws the same. */
export function captionLook(
  track: SubtitleStyle | null,
  own: StyleOverrides | undefined,
  picture: PictureSize,
): CaptionLook {
  const style = styleOf(track, own, picture);
  const place = style.position ? pointPlace(style, style.position) : marginPlace(style);
  return {
    block: { ...place, ...fontOf(style), ...shadowOf(style) },
    letters: { color: style.color, ...edgesOf(style) },
    edge: style.position ? null : style.alignment >= 7 ? "top" : "bottom",
  };
}

const column = (alignment: number) => (alignment - 1) % 3;
const row = (alignment: number) => Math.floor((alignment - 1) / 3);
const textAlign = (alignment: number) => (["left", "center", "right"] as const)[column(alignment)];

function marginPlace(style: SubtitleStyle): CSSProperties {
  const { alignment, marginHorizontalPercent, marginVerticalPercent } = style;
  const vertical: CSSProperties[] = [
    { bottom: `max(${marginVerticalPercent}cqh, ${bar})` },
    { top: "50%", transform: "translateY(-50%)" },
    { top: `${marginVerticalPercent}cqh` },
  ];
  return {
    left: `${marginHorizontalPercent}cqw`,
    right: `${marginHorizontalPercent}cqw`,
    textAlign: textAlign(alignment),
    ...vertical[row(alignment)],
  };
}

function pointPlace(
  { alignment, marginHorizontalPercent }: SubtitleStyle,
  { xPercent, yPercent }: { xPercent: number; yPercent: number },
): CSSProperties {
  const x = [0, -50, -100][column(alignment)] ?? 0;
  const y = [-100, -50, 0][row(alignment)] ?? 0;
  return {
    left: `${xPercent}cqw`,
    // The lower edge of what stands on the point is what the bar could hide.
    top: row(alignment) === 0 ? `min(${yPercent}cqh, 100cqh - ${bar})` : `${yPercent}cqh`,
    width: "max-content",
    maxWidth: `${100 - 2 * marginHorizontalPercent}cqw`,
    textAlign: textAlign(alignment),
    transform: `translate(${x}%, ${y}%)`,
  };
}

function fontOf(style: SubtitleStyle): CSSProperties {
  const { fontFamily, fontSizePercent, bold, italic } = style;
  return {
    fontFamily:
      fontFamily === "Pretendard" ? "var(--font-sans)" : `"${fontFamily}", var(--font-sans)`,
    fontSize: `${rounded(fontSizePercent * emOfLine)}cqh`,
    lineHeight: `${fontSizePercent}cqh`,
    fontWeight: bold ? 700 : 400,
    // Tables of letters seldom have a slanted Hangul: it is slanted as libass slants it.
    fontSynthesis: "style",
    fontStyle: italic ? "italic" : "normal",
  };
}

/** A box, or else an edge around the letters. */
function edgesOf(style: SubtitleStyle): CSSProperties {
  const { backgroundColor, outlineColor, outlinePercent } = style;
  if (backgroundColor !== null) {
    return { backgroundColor, padding: `${boxPaddingPercent}cqh` };
  }
  if (outlinePercent <= 0) return {};
  if (rgbaOf(outlineColor).alpha === 255) return { textShadow: ring(outlinePercent, outlineColor) };
  return {
    // Half of the stroke lies under the letter, which is painted over it.
    WebkitTextStroke: `${rounded(outlinePercent * 2)}cqh ${outlineColor}`,
    paintOrder: "stroke fill",
  };
}

/** Of the whole of letters and edge; a text's own shadow is that of its letters alone. */
function shadowOf({ backgroundColor, outlineColor, shadowPercent }: SubtitleStyle): CSSProperties {
  if (backgroundColor !== null || shadowPercent <= 0) return {};
  const by = `${shadowPercent}cqh`;
  return { filter: `drop-shadow(${by} ${by} 0 ${shadowColor(outlineColor)})` };
}

/** How many copies of the letters make their edge. */
const copies = 16;

/**
 * An edge with round corners, as libass draws it: browsers stroke text with pointed ones. Copies
 * lie over each other, so this is for opaque colours.
 */
function ring(outlinePercent: number, color: string): string {
  return Array.from({ length: copies }, (_, i) => {
    const angle = (i * 2 * Math.PI) / copies;
    const [x, y] = [Math.cos(angle), Math.sin(angle)].map((part) => rounded(part * outlinePercent));
    return `${x}cqh ${y}cqh 0 ${color}`;
  }).join(", ");
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
