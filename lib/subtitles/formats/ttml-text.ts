import type { RegionStyle } from "@/lib/subtitles/formats/ttml-styles";
import { type LightTag, MarkupBuilder } from "@/lib/subtitles/markup";

const tags: readonly (readonly [LightTag, "bold" | "italic" | "underline"])[] = [
  ["b", "bold"],
  ["i", "italic"],
  ["u", "underline"],
];

/** The text of a paragraph: whitespace as XML has it, or as it stands where that is asked for. */
export class TtmlText {
  readonly #builder = new MarkupBuilder();
  /** Outermost first. */
  readonly #open: LightTag[] = [];
  #space = false;
  #lineBegins = true;

  literal(text: string, preserve: boolean): void {
    if (preserve) {
      this.#flushSpace();
      // A line end of the file is a space in both ways; only br ends a line.
      this.#put(text.replaceAll("\n", " "));
      return;
    }
    for (const part of text.replace(/[ \t\n\r]+/g, " ").split(/( )/)) {
      if (part === " ") this.#space = !this.#lineBegins;
      else if (part !== "") {
        this.#flushSpace();
        this.#put(part);
      }
    }
  }

  lineEnd(): void {
    this.#space = false;
    this.#builder.literal("\n");
    this.#lineBegins = true;
  }

  /** From here on text looks so; before it looked so. */
  style(now: RegionStyle, before: RegionStyle): void {
    if (now === before) return;
    const changed = tags.filter(([, name]) => (now[name] ?? false) !== (before[name] ?? false));
    if (changed.length > 0) this.#flushSpace();
    // What was opened last is closed first, or others would be closed and opened again.
    for (const tag of this.#open.toReversed()) {
      if (!changed.some(([one, name]) => one === tag && !now[name])) continue;
      this.#builder.close(tag);
      this.#open.splice(this.#open.indexOf(tag), 1);
    }
    for (const [tag, name] of changed) {
      if (!now[name] || this.#open.includes(tag)) continue;
      this.#builder.open(tag);
      this.#open.push(tag);
    }
  }

  finish(): string {
    return this.#builder.finish();
  }

  #put(text: string): void {
    if (text === "") return;
    this.#builder.literal(text);
    this.#lineBegins = false;
  }

  #flushSpace(): void {
    if (this.#space) this.#builder.literal(" ");
    this.#space = false;
  }
}
