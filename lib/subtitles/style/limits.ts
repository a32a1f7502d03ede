/** What the numbers of a style may be: least and most, both included. */
export const styleLimits = {
  fontSizePercent: [1, 20],
  outlinePercent: [0, 2],
  shadowPercent: [0, 2],
  marginVerticalPercent: [0, 50],
  marginHorizontalPercent: [0, 45],
  position: [0, 100],
} as const;

/** Longest name of a font; those of ASS end at the first comma. */
export const maxFontName = 80;

/** A font's name as ASS, CSS and TTML all take it: no comma, quote, brace or control character. */
export const fontNamePattern = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._+-]*[\p{L}\p{N}])?$/u;

/** "#rrggbb" or "#rrggbbaa". */
export const colorPattern = /^#[0-9a-f]{6}(?:[0-9a-f]{2})?$/;
