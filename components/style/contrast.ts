import { type Rgba, rgbaOf } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

/** What makes letters hard to read: `contrast` with its ratio, or nothing between them and the picture. */
export type Legibility = { kind: "good" } | { kind: "contrast"; ratio: number } | { kind: "bare" };

/** Least contrast of letters with what is right behind them: WCAG 2.2, 1.4.3, level AA. */
const leastRatio = 4.5;
/** A thinner edge, in percent of the picture's height, is lost in the picture: under 1 px of 1080. */
const thinnestEdge = 0.09;
/** A box that lets more than half of the picture through doesn't make a ground of its own. */
const thinnestBox = 128;

/** Whether letters of this look can be read on any picture. */
export function legibilityOf(style: SubtitleStyle): Legibility {
  const { backgroundColor, outlineColor, outlinePercent } = style;
  const box = backgroundColor === null ? undefined : rgbaOf(backgroundColor);
  const ground =
    box && box.alpha >= thinnestBox
      ? box
      : !box && outlinePercent >= thinnestEdge
        ? rgbaOf(outlineColor)
        : undefined;
  if (!ground) return { kind: "bare" };
  const ratio = contrastRatio(rgbaOf(style.color), ground);
  return ratio < leastRatio ? { kind: "contrast", ratio } : { kind: "good" };
}

/** 1 to 21, by WCAG; how far colours let the picture through doesn't count. */
export function contrastRatio(a: Rgba, b: Rgba): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance({ red, green, blue }: Rgba): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
