import { MarkupBuilder, rewriteMarkup } from "@/lib/subtitles/markup";
import { oneLine } from "./grouping";
import type { PieceReply, RepliedCue, SourceCue } from "./types";

/**
 * Cues as XML and back. Each cue is `<c i="0">...</c>`, numbered from 0 in its piece, each sentence
 * `<s>...</s>`: the engine is told that s ends a sentence and c doesn't. Light markup stays what it
 * is; every other character is escaped, so no text can be taken for a tag.
 */

/** How the engine must treat the tags. */
export const cueTags = { splitting: ["s"], nonSplitting: ["c"] } as const;

/** XML 1.0 has no way at all to write most of these, and no subtitle needs them. */
const forbidden = /[\p{Cc}\ufffe\uffff]/gu;

function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** A cue's text as XML, on one line. */
function cueXml(text: string): string {
  return rewriteMarkup(
    oneLine(text),
    escapeText,
    (name, closing) => `<${closing ? "/" : ""}${name}>`,
  );
}

/** A piece as XML; `sentences` divide its cues. */
export function writePiece(sentences: readonly (readonly SourceCue[])[]): string {
  let index = 0;
  return sentences
    .map((cues) => {
      const inner = cues.map((cue) => `<c i="${index++}">${cueXml(cue.text)}</c>`);
      return `<s>${inner.join(" ")}</s>`;
    })
    .join(" ");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeText(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : "";
    },
  );
}

const tag = /<(\/?)([sc]|[biu])((?:\s+[\w-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g;
const indexAttribute = /\si\s*=\s*["'](\d{1,6})["']/;

/**
 * Reads an engine's reply. Nothing is mended here: which cues came back, in which order and how
 * often is the caller's to judge. Punctuation that slipped out of a cue goes back into it.
 */
export function readPiece(xml: string): PieceReply {
  const reader = new ReplyReader();
  let from = 0;
  for (const match of xml.matchAll(tag)) {
    reader.text(unescapeText(xml.slice(from, match.index)));
    from = match.index + match[0].length;
    const [, slash, name, attributes, selfClosing] = match;
    if (name === "c") {
      if (slash) reader.close();
      else reader.open(Number(indexAttribute.exec(attributes ?? "")?.[1] ?? -1));
      if (selfClosing) reader.close();
    } else if (name === "b" || name === "i" || name === "u") {
      if (!selfClosing) reader.light(name, slash !== "");
    }
  }
  reader.text(unescapeText(xml.slice(from)));
  return reader.finish();
}

class ReplyReader {
  readonly #cues: RepliedCue[] = [];
  #open: { index: number; markup: MarkupBuilder } | undefined;
  /** Brackets and marks that slipped out before a cue. */
  #opening = "";
  #stray = false;

  text(text: string): void {
    const outside = text.trim();
    if (this.#open) this.#open.markup.literal(text);
    if (this.#open || outside === "") return;
    const last = this.#cues.at(-1);
    if (/^[\p{Ps}\p{Pi}¿¡]+$/u.test(outside)) this.#opening += outside;
    else if (last && !/[\p{L}\p{N}]/u.test(outside)) last.text += outside;
    else this.#stray = true;
  }

  open(index: number): void {
    // A cue inside a cue: the outer one ends here; what follows the inner one is outside both.
    if (this.#open) this.close();
    this.#open = { index, markup: new MarkupBuilder() };
    this.#open.markup.literal(this.#opening);
    this.#opening = "";
  }

  close(): void {
    if (!this.#open) return;
    const { index, markup } = this.#open;
    this.#open = undefined;
    this.#cues.push({ index, text: markup.finish().replace(/\s+/gu, " ").trim() });
  }

  light(name: "b" | "i" | "u", closing: boolean): void {
    if (!this.#open) return;
    if (closing) this.#open.markup.close(name);
    else this.#open.markup.open(name);
  }

  finish(): PieceReply {
    if (this.#open) {
      this.#stray = true;
      this.close();
    }
    return { cues: this.#cues, stray: this.#stray };
  }
}
