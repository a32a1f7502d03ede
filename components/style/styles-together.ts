import type { Cue } from "@/lib/subtitles/model";
import type { StylePresetName } from "@/lib/subtitles/style";
import { type PictureSize, styleKey, styleOf, stylePresets } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

export type StyleProperty = keyof SubtitleStyle;

/** How several cues look: the first one's look, and in what the others differ. */
export interface StylesTogether {
  style: SubtitleStyle;
  mixed: ReadonlySet<StyleProperty>;
  /** In what at least one of them has a look of its own. */
  own: ReadonlySet<StyleProperty>;
}

/** What cues of a track that looks like `base` have in common. */
export function stylesTogether(cues: readonly Cue[], base: SubtitleStyle): StylesTogether {
  const style = styleOf(base, cues[0]?.styleOverrides);
  const mixed = new Set<StyleProperty>();
  const own = new Set<StyleProperty>();
  const seen = new Set<string>();
  for (const { styleOverrides } of cues) {
    const key = styleKey(styleOverrides ?? null);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const name of propertiesOf(styleOverrides ?? {})) own.add(name);
    const other = styleOf(base, styleOverrides);
    for (const name of propertiesOf(style)) {
      if (!sameValue(style[name], other[name])) mixed.add(name);
    }
  }
  return { style, mixed, own };
}

const propertiesOf = (style: Partial<SubtitleStyle>) => Object.keys(style) as StyleProperty[];
const sameValue = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A built-in look on a picture of this shape: what is made for wide pictures has letters by the
 * width of a high one, see `usualStyle`.
 */
export function presetOn(name: StylePresetName, picture: PictureSize): SubtitleStyle {
  const preset = stylePresets[name];
  const share = name === "shorts" ? 1 : Math.min(1, picture.width / picture.height);
  if (!(share > 0 && share < 1)) return preset;
  const scaled = (percent: number) => Math.round(percent * share * 100) / 100;
  return {
    ...preset,
    fontSizePercent: Math.max(1, scaled(preset.fontSizePercent)),
    outlinePercent: scaled(preset.outlinePercent),
    shadowPercent: scaled(preset.shadowPercent),
  };
}
