import { fromCodePoint } from "@/lib/subtitles/formats/character-references";
import { type LightTag, MarkupBuilder } from "@/lib/subtitles/markup";

const namedReferences: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: "\u00a0",
  lrm: "\u200e",
  rlm: "\u200f",
  quot: '"',
  apos: "'",
};

const referencePattern = /&(?:(amp|lt|gt|nbsp|lrm|rlm|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;

/** Resolves the character references that WebVTT names, and numeric ones. */
export function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(referencePattern, (whole, name, decimal, hex) => {
    if (name !== undefined) return namedReferences[name.toLowerCase()] ?? whole;
    return fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

export interface VttText {
  text: string;
  speaker: string | undefined;
  /** The first tag that the model has no place for. */
  droppedTag: string | undefined;
  /** More than one person speaks, or only a part is spoken: names were put into the text. */
  namedVoices: boolean;
}

function isLightTag(name: string): name is LightTag {
  return name === "b" || name === "i" || name === "u";
}

const silentTags: ReadonlySet<string> = new Set(["c", "ruby", "lang"]);

/** Splits `v.loud Mary Ann` into the tag's name and its annotation. */
function tagParts(inside: string): { name: string; annotation: string } {
  const [head = ""] = inside.split(/[\t\n\f ]/, 1);
  const name = head.split(".", 1)[0] ?? "";
  return { name, annotation: inside.slice(head.length).trim().replace(/\s+/g, " ") };
}

/**
 * Turns the payload of a cue into light markup along WebVTT's tree construction: an end tag closes
 * only the innermost element, unknown tags vanish and their content stays. Ruby text is put in
 * parentheses. A "<" that begins no tag stays a character (browsers would swallow what follows).
 */
class PayloadReader {
  readonly #builder = new MarkupBuilder();
  readonly #open: string[] = [];
  /** How many elements of each light tag are open. */
  readonly #depth: Record<LightTag, number> = { b: 0, i: 0, u: 0 };
  /** The one person who says everything, if so. */
  #speaker: string | undefined;
  #namedVoices = false;
  #hasText = false;
  #droppedTag: string | undefined;

  read(payload: string): VttText {
    const names = new Set(payload.includes("<v") ? voiceNames(payload) : []);
    let from = 0;
    let start = payload.indexOf("<");
    let end = -1;
    while (start !== -1) {
      if (end < start) end = payload.indexOf(">", start);
      if (end === -1) break;
      const inside = payload.slice(start + 1, end);
      if (/^(?:\/|[a-z\d])/i.test(inside) || inside === "") {
        this.#literal(payload.slice(from, start));
        if (names.size > 1) this.#namedVoices = true;
        this.#tag(inside);
        from = end + 1;
        start = payload.indexOf("<", from);
      } else {
        start = payload.indexOf("<", start + 1);
      }
    }
    this.#literal(payload.slice(from));
    while (this.#open.length > 0) this.#endTag(this.#open.at(-1) ?? "");
    return {
      text: this.#builder.finish(),
      speaker: this.#speaker,
      droppedTag: this.#droppedTag,
      namedVoices: this.#namedVoices,
    };
  }

  #literal(raw: string): void {
    if (raw === "") return;
    if (raw.trim() !== "") this.#hasText = true;
    this.#builder.literal(decodeReferences(raw));
  }

  #tag(inside: string): void {
    if (inside.startsWith("/")) {
      this.#endTag(inside.slice(1).trim());
      return;
    }
    const { name, annotation } = tagParts(inside);
    if (isLightTag(name)) {
      this.#open.push(name);
      this.#depth[name]++;
      this.#builder.open(name);
    } else if (name === "v") {
      this.#open.push(name);
      this.#voice(decodeReferences(annotation));
    } else if (name === "rt") {
      this.#open.push(name);
      this.#builder.literal("(");
    } else {
      if (silentTags.has(name)) this.#open.push(name);
      if (inside !== "") this.#droppedTag ??= `<${inside}>`;
    }
  }

  #voice(name: string): void {
    if (name === "" || name === this.#speaker) return;
    if (this.#hasText) this.#namedVoices = true;
    if (this.#namedVoices) this.#builder.literal(`${name}: `);
    else this.#speaker = name;
  }

  #endTag(name: string): void {
    if (this.#open.at(-1) === "rt" && name === "ruby") this.#endTag("rt");
    if (this.#open.at(-1) !== name) return;
    this.#open.pop();
    if (name === "rt") this.#builder.literal(")");
    if (isLightTag(name) && --this.#depth[name] === 0) this.#builder.close(name);
  }
}

function voiceNames(payload: string): string[] {
  return Array.from(payload.matchAll(/<v(?:\.[^\s>]*)?\s([^>]*)>/g), ([, name = ""]) =>
    decodeReferences(name.trim().replace(/\s+/g, " ")),
  );
}

/** Reads a payload that holds a "<" or "&"; any other payload is its own text. */
export function readPayload(payload: string): VttText {
  return new PayloadReader().read(payload);
}
