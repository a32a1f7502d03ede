import type { SubtitleDocument } from "@/lib/subtitles/model";

/** The font that comes with the product. */
const shippedFamily = "Pretendard";

/** The same subtitles in the font that is there: libass would put any in another's place. */
export function inShippedFont(document: SubtitleDocument): SubtitleDocument {
  const fontFamily = shippedFamily;
  return {
    ...document,
    ...(document.style && { style: { ...document.style, fontFamily } }),
    cues: document.cues.map((cue) =>
      cue.styleOverrides?.fontFamily === undefined
        ? cue
        : { ...cue, styleOverrides: { ...cue.styleOverrides, fontFamily } },
    ),
  };
}
