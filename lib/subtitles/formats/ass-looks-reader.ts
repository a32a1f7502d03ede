import { isV4PlusStyles } from "@/lib/subtitles/formats/ass-styles";
import { numpadFromSettings } from "@/lib/subtitles/formats/numpad";
import type { Cue, HeaderBlock, SubtitleDocument } from "@/lib/subtitles/model";
import {
  type AssStyle,
  assStyle,
  colorOf,
  leanOverrides,
  type PictureSize,
  usualStyle,
} from "@/lib/subtitles/style";
import { fontNamePattern, maxFontName, styleLimits } from "@/lib/subtitles/style/limits";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

type AssHeader = Extract<HeaderBlock, { format: "ass" }>;
type Fields = ReadonlyMap<string, string>;

/** The picture that the script's px are of; the sizes renderers take when it says nothing. */
function pictureOf(info: AssHeader | undefined): PictureSize {
  const size = (name: string, fallback: number) => {
    const value = Number(new RegExp(`^${name}:\\s*(\\d{1,5})`, "im").exec(info?.text ?? "")?.[1]);
    return value > 0 ? value : fallback;
  };
  return { width: size("PlayResX", 384), height: size("PlayResY", 288) };
}

/** The styles of a section by name, each as its fields by name in lower case. */
function stylesOf(text: string): Map<string, Fields> {
  const styles = new Map<string, Fields>();
  let names: string[] = [];
  for (const line of text.split("\n")) {
    const [, kind, rest = ""] = /^(Format|Style):(.*)$/i.exec(line) ?? [];
    const values = rest.split(",").map((value) => value.trim());
    if (kind?.toLowerCase() === "format") names = values.map((name) => name.toLowerCase());
    if (kind?.toLowerCase() !== "style") continue;
    const fields = new Map(names.map((name, i) => [name, values[i] ?? ""]));
    styles.set(fields.get("name") ?? "", fields);
  }
  return styles;
}

/** `&HAABBGGRR`, AA 00 being opaque. */
function colorFrom(written: string): string | undefined {
  const [, hex] = /^&H([\da-f]{1,8})&?$/i.exec(written) ?? [];
  if (hex === undefined) return undefined;
  const value = Number.parseInt(hex, 16);
  const part = (shift: number) => Math.floor(value / 2 ** shift) % 256;
  return colorOf({ red: part(0), green: part(8), blue: part(16), alpha: 255 - part(24) });
}

const within = (value: number, [least, most]: readonly [number, number]) =>
  Math.round(Math.min(most, Math.max(least, value)) * 100) / 100;

/** Reads one style; what it says as `base` would be written stays as `base` has it exactly. */
class StyleReader {
  readonly #fields: Fields;
  readonly #base: SubtitleStyle;
  readonly #written: AssStyle;
  readonly #picture: PictureSize;

  constructor(fields: Fields, base: SubtitleStyle, picture: PictureSize) {
    this.#fields = fields;
    this.#base = base;
    this.#written = assStyle(base, picture);
    this.#picture = picture;
  }

  read(): SubtitleStyle {
    const base = this.#base;
    const font = this.#fields.get("fontname") ?? "";
    const known = fontNamePattern.test(font) && font.length <= maxFontName;
    return {
      ...base,
      fontFamily: known ? font : base.fontFamily,
      fontSizePercent: this.#percent("fontsize", "fontSize", "fontSizePercent"),
      bold: this.#flag("bold", base.bold),
      italic: this.#flag("italic", base.italic),
      color: this.#color("primarycolour", this.#written.primaryColour, base.color),
      ...this.#edge(),
      alignment: this.#alignment(),
      marginVerticalPercent: this.#percent("marginv", "marginV", "marginVerticalPercent"),
      marginHorizontalPercent: this.#percent("marginl", "marginL", "marginHorizontalPercent"),
    };
  }

  #number(name: string): number | undefined {
    const value = Number(this.#fields.get(name) || Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  #percent(
    name: string,
    inAss: "fontSize" | "marginV" | "marginL" | "outline" | "shadow",
    ours: keyof typeof styleLimits & keyof SubtitleStyle & `${string}Percent`,
  ): number {
    const value = this.#number(name);
    if (value === undefined || value === this.#written[inAss]) return this.#base[ours];
    const { width, height } = this.#picture;
    return within((value * 100) / (inAss === "marginL" ? width : height), styleLimits[ours]);
  }

  #flag(name: string, base: boolean): boolean {
    const value = this.#number(name);
    return value === undefined ? base : value !== 0;
  }

  #color(name: string, written: string, base: string): string {
    const field = this.#fields.get(name) ?? "";
    return field === written ? base : (colorFrom(field) ?? base);
  }

  /** A box stands in the place of edge and shadow. */
  #edge(): Pick<
    SubtitleStyle,
    "outlineColor" | "outlinePercent" | "shadowPercent" | "backgroundColor"
  > {
    const { outlineColor, outlinePercent, shadowPercent, backgroundColor } = this.#base;
    const { outlineColour } = this.#written;
    if (this.#number("borderstyle") === 3) {
      const box = backgroundColor ?? "#000000";
      const written = backgroundColor === null ? "" : outlineColour;
      const kept = { outlineColor, outlinePercent, shadowPercent };
      return { ...kept, backgroundColor: this.#color("outlinecolour", written, box) };
    }
    const written = backgroundColor === null ? outlineColour : "";
    return {
      outlineColor: this.#color("outlinecolour", written, outlineColor),
      outlinePercent: this.#percent("outline", "outline", "outlinePercent"),
      shadowPercent: this.#percent("shadow", "shadow", "shadowPercent"),
      backgroundColor: null,
    };
  }

  #alignment(): SubtitleStyle["alignment"] {
    const key = this.#number("alignment") ?? this.#base.alignment;
    return Number.isInteger(key) && key >= 1 && key <= 9
      ? (key as SubtitleStyle["alignment"])
      : this.#base.alignment;
  }
}

/** The style that most cues have: the look of the whole. */
function mostUsed(cues: readonly Cue[]): string {
  const counts = new Map<string, number>();
  for (const { style = "Default" } of cues) counts.set(style, (counts.get(style) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? "Default";
}

/** A cue without a place of its own where its look says the same. */
function placedByLook(cue: Cue, alignment: number): Cue {
  const { settings, ...others } = cue;
  const { key, exact } = numpadFromSettings(settings ?? {});
  return exact && key === alignment ? others : cue;
}

/**
 * An ASS document with its styles as looks: the one that most cues have is the track's, what others
 * do differently their cues' own. `base` is the track's present look; what the file says alike
 * stays as it is. A document without styles of v4+ comes back as it is.
 */
export function withLooks(
  document: SubtitleDocument,
  base: SubtitleStyle | null,
): SubtitleDocument {
  const headers = (document.headers ?? []).filter((block) => block.format === "ass");
  const section = headers.find((block) => block.kind === "styles");
  if (!section || !isV4PlusStyles(section.name)) return document;
  const picture = pictureOf(headers.find((block) => block.kind === "info"));
  const styles = stylesOf(section.text);
  const present = base ?? usualStyle(picture);
  const main = styles.get(mostUsed(document.cues));
  const style = main ? new StyleReader(main, present, picture).read() : present;
  const own = new Map<string, StyleOverrides | null>();
  for (const [name, fields] of styles) {
    const look = new StyleReader(fields, style, picture).read();
    own.set(name, leanOverrides(style, undefined, look));
  }
  const cues = document.cues.map((cue): Cue => {
    const overrides = own.get(cue.style ?? "Default") ?? undefined;
    const placed = placedByLook(cue, overrides?.alignment ?? style.alignment);
    return overrides ? { ...placed, styleOverrides: overrides } : placed;
  });
  const isPresent = leanOverrides(present, undefined, style) === null;
  return { ...document, cues, ...(isPresent ? base && { style: base } : { style }) };
}
