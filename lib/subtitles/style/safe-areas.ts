import type { PictureSize } from "@/lib/subtitles/style/default-style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

/** A part of the picture that nothing hides, by its distance from each edge in percent. */
export interface SafeArea {
  /**
   * `action`, `graphics`: of television, EBU R 95; subtitles belong into the second. `apps`: what
   * the apps for short videos leave free of their own names and buttons.
   */
  name: "action" | "graphics" | "apps";
  topPercent: number;
  bottomPercent: number;
  leftPercent: number;
  rightPercent: number;
}

/** EBU R 95 for 16:9: 3.5 % on every side for action, 5 % for graphics. */
const television: readonly SafeArea[] = [
  { name: "action", topPercent: 3.5, bottomPercent: 3.5, leftPercent: 3.5, rightPercent: 3.5 },
  { name: "graphics", topPercent: 5, bottomPercent: 5, leftPercent: 5, rightPercent: 5 },
];

/**
 * Meta's figures for Reels and Stories (14 % above, 35 % below, 6 % beside), which are the
 * narrowest of the apps: Shorts and TikTok cover about a quarter below. Apps move their buttons, so
 * this is guidance, and no rule refuses anything for it.
 */
const apps: readonly SafeArea[] = [
  { name: "apps", topPercent: 14, bottomPercent: 35, leftPercent: 6, rightPercent: 6 },
];

/** The safe areas of a picture: of television where it is wide, of apps where it is high. */
export function safeAreas({ width, height }: PictureSize): readonly SafeArea[] {
  return width >= height ? television : apps;
}

/** Whether the place that a style gives to lines keeps out of the margins of an area. */
export function keepsToArea(style: SubtitleStyle, area: SafeArea): boolean {
  const { position, alignment, marginVerticalPercent, marginHorizontalPercent } = style;
  if (position) {
    const { xPercent, yPercent } = position;
    return (
      xPercent >= area.leftPercent &&
      xPercent <= 100 - area.rightPercent &&
      yPercent >= area.topPercent &&
      yPercent <= 100 - area.bottomPercent
    );
  }
  const beside = marginHorizontalPercent >= Math.max(area.leftPercent, area.rightPercent);
  if (alignment >= 4 && alignment <= 6) return beside;
  const edge = alignment >= 7 ? area.topPercent : area.bottomPercent;
  return beside && marginVerticalPercent >= edge;
}
