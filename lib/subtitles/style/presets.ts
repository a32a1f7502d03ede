import { defaultStyle } from "@/lib/subtitles/style/default-style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

/** Looks to begin with, by name; what people call them is in the texts. */
export const stylePresetNames = [
  "basic",
  "broadcast",
  "cinema",
  "shorts",
  "box",
  "contrast",
] as const;
export type StylePresetName = (typeof stylePresetNames)[number];

export const stylePresets: Readonly<Record<StylePresetName, SubtitleStyle>> = {
  basic: defaultStyle,
  /** Larger letters with a heavy edge, as Korean television sets them. */
  broadcast: {
    ...defaultStyle,
    fontSizePercent: 7.2,
    outlinePercent: 0.46,
    shadowPercent: 0.18,
    marginVerticalPercent: 7,
    marginHorizontalPercent: 8,
  },
  /** Quiet: lighter letters, hardly an edge, a little lower. */
  cinema: {
    ...defaultStyle,
    fontSizePercent: 5.4,
    bold: false,
    color: "#f5f2e8",
    outlineColor: "#101010",
    outlinePercent: 0.14,
    shadowPercent: 0.16,
    marginVerticalPercent: 4.5,
    marginHorizontalPercent: 10,
  },
  /** For 9:16: heavy letters above what apps lay over the picture, see `safeAreas`. */
  shorts: {
    ...defaultStyle,
    fontSizePercent: 4.2,
    outlinePercent: 0.34,
    shadowPercent: 0.12,
    marginVerticalPercent: 36,
    marginHorizontalPercent: 12,
  },
  /** A translucent box behind the lines, for pictures that are bright and busy. */
  box: {
    ...defaultStyle,
    outlinePercent: 0,
    shadowPercent: 0,
    backgroundColor: "#000000b8",
  },
  /** Yellow on black, 19.6 : 1: as much contrast as letters with a colour can have. */
  contrast: {
    ...defaultStyle,
    fontSizePercent: 6.8,
    color: "#ffff00",
    outlinePercent: 0,
    shadowPercent: 0,
    backgroundColor: "#000000",
  },
};
