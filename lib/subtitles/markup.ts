/**
 * The light markup of a cue's text: <b>, <i>, <u>, and U+2060 after a "<" that would otherwise
 * begin one of them. Whatever is read is balanced: a closing tag without its opening one counts
 * for nothing, an open tag ends with the cue.
 */

export type LightTag = "b" | "i" | "u";

/** A stretch of text that looks the same from its first to its last character. */
export interface TextRun {
  text: string;
  bold: boolean;
  italic: boolean;
  underline: boolean;
}

const tagPattern = /<(\/?)([biu])>/g;
const escapable = /<(?=\u2060*\/?[biu]>)/g;
const tagOrEscape = /<\/?[biu]>|<\u2060(?=\u2060*\/?[biu]>)/g;
const escaped = /<\u2060(?=\u2060*\/?[biu]>)/g;

/** Text that stands for itself, made safe to put among light tags. */
export function literalMarkup(text: string): string {
  return text.includes("<") ? text.replace(escapable, "<\u2060") : text;
}

/** What a viewer reads: no tags, no escapes, lines joined by "\n". */
export function plainText(text: string): string {
  return text.includes("<")
    ? text.replace(tagOrEscape, (found) => (found === "<\u2060" ? "<" : ""))
    : text;
}

/**
 * Where an offset into a cue's text stands in what a viewer reads: tags count nothing. An offset
 * inside a tag or an escape counts as before it.
 */
export function plainOffset(text: string, offset: number): number {
  if (!text.includes("<")) return Math.min(Math.max(0, offset), text.length);
  let hidden = 0;
  for (const match of text.matchAll(tagOrEscape)) {
    const end = match.index + match[0].length;
    const shown = match[0] === "<\u2060" ? 1 : 0;
    if (match.index >= offset) break;
    if (end > offset) return match.index - hidden;
    hidden += match[0].length - shown;
  }
  return Math.min(Math.max(0, offset), text.length) - hidden;
}

/**
 * The stack of open tags after one more, innermost in the lowest two bits (1 b, 2 i, 3 u);
 * negative when `name` (a UTF-16 unit) is no light tag's, or the tag isn't properly nested.
 */
export function nextOpenTags(open: number, name: number, closing: boolean): number {
  const code = name === 98 ? 1 : name === 105 ? 2 : name === 117 ? 3 : 0;
  if (code === 0) return -1;
  if (closing) return (open & 3) === code ? open >> 2 : -1;
  const again = (open & 3) === code || ((open >> 2) & 3) === code || open > 15;
  return again ? -1 : (open << 2) | code;
}

/**
 * Whether every "<" of a text begins a light tag, nested and closed, so that no reader could
 * misunderstand it. Most text with markup is like that, and needn't be taken apart.
 */
export function isTidyMarkup(text: string): boolean {
  let open = 0;
  let at = text.indexOf("<");
  while (at !== -1) {
    const closing = text.charCodeAt(at + 1) === 47;
    const nameAt = closing ? at + 2 : at + 1;
    open = nextOpenTags(open, text.charCodeAt(nameAt), closing);
    if (open < 0 || text.charCodeAt(nameAt + 1) !== 62) return false;
    at = text.indexOf("<", nameAt + 2);
  }
  return open === 0;
}

interface MarkupHandler {
  /** A stretch of text, escapes resolved. */
  literal(text: string): void;
  tag(name: LightTag, closing: boolean): void;
}

/**
 * Walks the markup and reports tags that are always properly nested and closed. Literals that meet
 * because a tag between them counts for nothing are reported as one, or they could join into code.
 */
function walkMarkup(text: string, handler: MarkupHandler): void {
  const open: LightTag[] = [];
  let pending = "";
  const flush = () => {
    if (pending !== "") handler.literal(pending);
    pending = "";
  };
  let from = 0;
  for (const match of text.matchAll(tagPattern)) {
    pending += text.slice(from, match.index).replace(escaped, "<");
    from = match.index + match[0].length;
    const name = match[2] as LightTag;
    const closing = match[1] !== "";
    const depth = open.lastIndexOf(name);
    if (closing === (depth === -1)) continue;
    flush();
    if (closing) {
      for (let i = open.length - 1; i >= depth; i--) handler.tag(open[i] as LightTag, true);
      open.splice(depth, 1);
      for (let i = depth; i < open.length; i++) handler.tag(open[i] as LightTag, false);
    } else {
      open.push(name);
      handler.tag(name, false);
    }
  }
  pending += text.slice(from).replace(escaped, "<");
  flush();
  for (let i = open.length - 1; i >= 0; i--) handler.tag(open[i] as LightTag, true);
}

/** Splits a cue's text into runs, so that a screen can show it without ever parsing HTML. */
export function textRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  const on = { b: false, i: false, u: false };
  walkMarkup(text, {
    literal: (part) => {
      const last = runs.at(-1);
      if (last && last.bold === on.b && last.italic === on.i && last.underline === on.u) {
        last.text += part;
      } else {
        runs.push({ text: part, bold: on.b, italic: on.i, underline: on.u });
      }
    },
    tag: (name, closing) => {
      on[name] = !closing;
    },
  });
  return runs;
}

/** Rewrites markup into another notation: every literal and every (balanced) tag is replaced. */
export function rewriteMarkup(
  text: string,
  literal: (text: string) => string,
  tag: (name: LightTag, closing: boolean) => string,
): string {
  let out = "";
  walkMarkup(text, {
    literal: (part) => {
      out += literal(part);
    },
    tag: (name, closing) => {
      out += tag(name, closing);
    },
  });
  return out;
}

/**
 * Collects literals and tags of a foreign notation into light markup. Literals that meet are
 * escaped as one, so that two harmless pieces can't join into a tag.
 */
export class MarkupBuilder {
  #out = "";
  #pending = "";
  readonly #open: LightTag[] = [];

  literal(text: string): void {
    this.#pending += text;
  }

  open(name: LightTag): void {
    if (this.#open.includes(name)) return;
    this.#flush();
    this.#open.push(name);
    this.#out += `<${name}>`;
  }

  close(name: LightTag): void {
    const depth = this.#open.lastIndexOf(name);
    if (depth === -1) return;
    this.#flush();
    for (let i = this.#open.length - 1; i >= depth; i--) this.#out += `</${this.#open[i]}>`;
    this.#open.splice(depth, 1);
    for (let i = depth; i < this.#open.length; i++) this.#out += `<${this.#open[i]}>`;
  }

  closeAll(): void {
    for (let name = this.#open.at(-1); name !== undefined; name = this.#open.at(-1)) {
      this.close(name);
    }
  }

  /** The markup so far, every tag closed. */
  finish(): string {
    this.closeAll();
    this.#flush();
    return this.#out;
  }

  #flush(): void {
    this.#out += literalMarkup(this.#pending);
    this.#pending = "";
  }
}
