export {
  type AssStyle,
  assColour,
  assStyle,
  boxPaddingPercent,
  emOfLine,
} from "@/lib/subtitles/style/ass-style";
export { colorOf, type Rgba, rgbaOf, shadowColor } from "@/lib/subtitles/style/color";
export {
  defaultStyle,
  leanOverrides,
  type PictureSize,
  styleOf,
  usualStyle,
} from "@/lib/subtitles/style/default-style";
export {
  type StylePresetName,
  stylePresetNames,
  stylePresets,
} from "@/lib/subtitles/style/presets";
export { keepsToArea, type SafeArea, safeAreas } from "@/lib/subtitles/style/safe-areas";
export { sameStyle, styleKey } from "@/lib/subtitles/style/same-style";
export type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";
