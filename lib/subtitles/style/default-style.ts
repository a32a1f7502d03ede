import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/** Width and height of a picture as it is shown, in px or any other unit. */
export interface PictureSize {
  width: number;
  height: number;
}

/**
 * The usual look: white letters with a dark edge and no box. It reads on any picture, and is the
 * one look that a browser, libass and every player of ASS draw alike: a translucent box in ASS is
 * darker where the boxes of two lines meet.
 */
export const defaultStyle: SubtitleStyle = {
  fontFamily: "Pretendard",
  fontSizePercent: 6,
  bold: true,
  italic: false,
  color: "#ffffff",
  outlineColor: "#000000",
  outlinePercent: 0.28,
  shadowPercent: 0.09,
  backgroundColor: null,
  alignment: 2,
  marginVerticalPercent: 5,
  marginHorizontalPercent: 5,
  position: null,
};

/**
 * The usual look on a picture of this size. A picture that is higher than it is wide has letters by
 * its width, or sixteen Korean letters, a line of the guides, would not fit.
 */
export function usualStyle(picture?: PictureSize): SubtitleStyle {
  const share = picture ? Math.min(1, picture.width / picture.height) : 1;
  if (!(share > 0 && share < 1)) return defaultStyle;
  const scaled = (percent: number) => Math.round(percent * share * 100) / 100;
  return {
    ...defaultStyle,
    fontSizePercent: Math.max(1, scaled(defaultStyle.fontSizePercent)),
    outlinePercent: scaled(defaultStyle.outlinePercent),
    shadowPercent: scaled(defaultStyle.shadowPercent),
  };
}

/** How a cue looks: what it has of its own, for the rest the track's style, or the usual look. */
export function styleOf(
  track: SubtitleStyle | null,
  overrides: StyleOverrides | undefined,
  picture?: PictureSize,
): SubtitleStyle {
  const base = track ?? usualStyle(picture);
  return overrides ? { ...base, ...overrides } : base;
}

/**
 * What a cue has of its own after it is given `change`, beside a track that looks like `base`: only
 * what differs is kept. Null: nothing of its own.
 */
export function leanOverrides(
  base: SubtitleStyle,
  had: StyleOverrides | undefined,
  change: StyleOverrides,
): StyleOverrides | null {
  const kept = Object.entries({ ...had, ...change }).filter(
    ([name, value]) => !sameValue(value, base[name as keyof SubtitleStyle]),
  );
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

function sameValue(
  a: SubtitleStyle[keyof SubtitleStyle],
  b: SubtitleStyle[keyof SubtitleStyle],
): boolean {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  return a.xPercent === b.xPercent && a.yPercent === b.yPercent;
}
