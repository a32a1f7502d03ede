import { looksLike, placesItself, settingsOfStyle } from "@/lib/subtitles/formats/look";
import type { LossLog } from "@/lib/subtitles/formats/loss-log";
import type { Cue, CueSettings, SubtitleDocument } from "@/lib/subtitles/model";
import { emOfLine, shadowColor, styleKey, styleOf } from "@/lib/subtitles/style";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";

/** Percent of the picture's height as CSS has it: a hundredth of the cue box's own unit. */
function height(percent: number): string {
  return `${Math.round(percent * 100) / 100}vh`;
}

/** Edge and shadow as players of WebVTT can draw them. */
function textShadow(style: SubtitleStyle): string | undefined {
  const { outlinePercent: edge, outlineColor, shadowPercent: drop } = style;
  const shadows: string[] = [];
  if (edge > 0) {
    const size = height(edge);
    for (const [x, y] of [
      ["-", "-"],
      ["", "-"],
      ["-", ""],
      ["", ""],
    ]) {
      shadows.push(`${x}${size} ${y}${size} 0 ${outlineColor}`);
    }
  }
  if (drop > 0) shadows.push(`${height(drop)} ${height(drop)} 0 ${shadowColor(outlineColor)}`);
  return shadows.length === 0 ? undefined : shadows.join(", ");
}

/** A look in the CSS that WebVTT allows for cues. */
function declarations(style: SubtitleStyle): string {
  const lines = [
    `color: ${style.color};`,
    `background-color: ${style.backgroundColor ?? "transparent"};`,
    `font-family: "${style.fontFamily.replaceAll(/["\\\n]/g, "")}", sans-serif;`,
    `font-size: ${height(style.fontSizePercent * emOfLine)};`,
    `font-weight: ${style.bold ? 700 : 400};`,
    `font-style: ${style.italic ? "italic" : "normal"};`,
  ];
  const shadow = style.backgroundColor === null ? textShadow(style) : undefined;
  if (shadow !== undefined) lines.push(`text-shadow: ${shadow};`);
  return lines.map((line) => `  ${line}`).join("\n");
}

/** How a document looks in WebVTT: STYLE blocks, a class for each look that cues have. */
export class VttLooks {
  readonly #track: SubtitleStyle | undefined;
  readonly #wanted: boolean;
  readonly #classes = new Map<string, { name: string; style: SubtitleStyle }>();

  constructor({ style, cues }: SubtitleDocument, wanted: boolean) {
    this.#track = style;
    this.#wanted = wanted;
    for (const { styleOverrides: own } of cues) {
      if (!own || !looksLike(own) || this.#classes.has(styleKey(own))) continue;
      const name = `look${this.#classes.size + 1}`;
      this.#classes.set(styleKey(own), { name, style: styleOf(style ?? null, own) });
    }
  }

  /** The STYLE blocks, each with a blank line before it. */
  blocks(): string {
    if (!this.#wanted) return "";
    const rules = this.#track ? [`::cue {\n${declarations(this.#track)}\n}`] : [];
    for (const { name, style } of this.#classes.values()) {
      rules.push(`::cue(.${name}) {\n${declarations(style)}\n}`);
    }
    return rules.map((rule) => `\nSTYLE\n${rule}\n`).join("");
  }

  /** The class of a cue that has a look of its own. */
  classOf({ styleOverrides: own }: Cue): string | undefined {
    return own && this.#wanted ? this.#classes.get(styleKey(own))?.name : undefined;
  }

  /** Where the cue stands: by its settings, unless its own look says otherwise; else by the look. */
  settingsOf(cue: Cue): CueSettings | undefined {
    const { settings, styleOverrides: own } = cue;
    if (settings !== undefined && !placesItself(own)) return settings;
    if (own === undefined && this.#track === undefined) return undefined;
    return settingsOfStyle(styleOf(this.#track ?? null, own));
  }

  /** That players differ in what they follow, or that there is nothing to follow. */
  report(losses: LossLog): void {
    if (this.#track === undefined && this.#classes.size === 0) return;
    losses.add(this.#wanted ? "look_approximated" : "look_dropped");
  }
}
