import { numpadFromLegacy } from "@/lib/subtitles/formats/ass-styles";
import { isTidyMarkup, type LightTag, MarkupBuilder } from "@/lib/subtitles/markup";

export interface AssText {
  text: string;
  /** The numpad key that the text sets, if it does. */
  alignment: number | undefined;
  /** The first override that the model has no place for. */
  droppedOverride: string | undefined;
  hadDrawing: boolean;
}

/** Backslash codes outside of override blocks; U+2060 is what `assLiteral` put there. */
function decodeEscapes(raw: string, smartWrapping: boolean): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(/\\([Nnh\u2060])/g, (_, code: string) => {
    if (code === "N") return "\n";
    if (code === "n") return smartWrapping ? "\n" : " ";
    return code === "h" ? "\u00a0" : "\\";
  });
}

/**
 * Reads what most events are made of: text, `\N`, and b, i, u switched on and off in nested order.
 * Undefined when there is anything else.
 */
function plainEvent(raw: string): string | undefined {
  if (raw.includes("<")) return undefined;
  let out = "";
  let from = 0;
  for (let at = raw.indexOf("\\"); at !== -1; at = raw.indexOf("\\", from)) {
    const code = raw.charCodeAt(at + 1);
    if (code === 78) {
      out += `${raw.slice(from, at)}\n`;
      from = at + 2;
      continue;
    }
    const on = raw.charCodeAt(at + 2);
    const override = raw.charCodeAt(at - 1) === 123 && raw.charCodeAt(at + 3) === 125;
    if (!override || at <= from || (code !== 98 && code !== 105 && code !== 117)) return undefined;
    if (on !== 48 && on !== 49) return undefined;
    out += `${raw.slice(from, at - 1)}<${on === 48 ? "/" : ""}${raw.charAt(at + 1)}>`;
    from = at + 4;
  }
  out += raw.slice(from);
  return !out.includes("{") && isTidyMarkup(out) ? out : undefined;
}

/** Reads the text of one event: line breaks, b, i, u, alignment; drawings are left out. */
export class AssTextReader {
  /** WrapStyle 2, where `\n` breaks the line. */
  readonly #smartWrapping: boolean;
  #builder = new MarkupBuilder();
  #alignment: number | undefined;
  #droppedOverride: string | undefined;
  #drawing = false;
  #hadDrawing = false;

  constructor(smartWrapping: boolean) {
    this.#smartWrapping = smartWrapping;
  }

  read(raw: string): AssText {
    const text = plainEvent(raw);
    if (text !== undefined) {
      return { text, alignment: undefined, droppedOverride: undefined, hadDrawing: false };
    }
    this.#builder = new MarkupBuilder();
    this.#alignment = undefined;
    this.#droppedOverride = undefined;
    this.#drawing = false;
    this.#hadDrawing = false;
    let from = 0;
    let start = raw.indexOf("{");
    while (start !== -1) {
      const end = raw.indexOf("}", start);
      if (end === -1) break;
      this.#literal(raw.slice(from, start));
      this.#overrides(raw.slice(start + 1, end));
      from = end + 1;
      start = raw.indexOf("{", from);
    }
    this.#literal(raw.slice(from));
    return {
      text: this.#builder.finish(),
      alignment: this.#alignment,
      droppedOverride: this.#droppedOverride,
      hadDrawing: this.#hadDrawing,
    };
  }

  #literal(raw: string): void {
    if (raw === "") return;
    if (this.#drawing) this.#hadDrawing = true;
    else this.#builder.literal(decodeEscapes(raw, this.#smartWrapping));
  }

  /** What stands between "{" and "}"; text before the first backslash is a comment. */
  #overrides(block: string): void {
    const first = block.indexOf("\\");
    if (first === -1) return;
    for (const override of block.slice(first + 1).split("\\")) this.#override(override.trim());
  }

  #override(override: string): void {
    const [, name, argument = ""] = /^(an|[abiupr])(-?\d*)$/.exec(override) ?? [];
    const value = Number(argument);
    if (name === "b" || name === "i" || name === "u") {
      // \b also takes a font weight; from 600 on letters look bold.
      const on = name === "b" ? value === 1 || value >= 600 : value === 1;
      this.#toggle(name, on);
    } else if (name === "an" || name === "a") {
      // The first alignment of an event holds for all of it.
      const key = name === "an" ? value : numpadFromLegacy(value);
      if (key >= 1 && key <= 9) this.#alignment ??= key;
    } else if (name === "p") {
      this.#drawing = value > 0;
    } else if (name === "r" && argument === "") {
      this.#builder.closeAll();
    } else if (override !== "") {
      this.#droppedOverride ??= `\\${override}`;
    }
  }

  #toggle(name: LightTag, on: boolean): void {
    if (on) this.#builder.open(name);
    else this.#builder.close(name);
  }
}

/**
 * Text that stands for itself. ASS has no escapes that every renderer knows: braces become
 * full-width, and U+2060 keeps a backslash from meaning anything.
 */
export function assLiteral(text: string): string {
  return text
    .replaceAll("\\", "\\\u2060")
    .replaceAll("{", "\uff5b")
    .replaceAll("}", "\uff5d")
    .replaceAll("\n", "\\N");
}
