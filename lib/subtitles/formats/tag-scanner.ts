const none: ReadonlyMap<string, string> = new Map();
const quote = 34;
const apostrophe = 39;

/** Whether a "<" before this unit begins something: a name, an end tag, a comment or the like. */
function beginsTag(unit: number): boolean {
  const letter = unit | 32;
  return (
    (letter >= 97 && letter <= 122) || unit === 47 || unit === 33 || unit === 63 || unit === 95
  );
}

/**
 * Takes XML or what SMI files have for HTML apart into tags and text, from front to back in one
 * pass. Nothing is resolved, nested or required: a document type is skipped whatever it declares,
 * a "<" that begins no tag is text, and every input ends.
 */
export class TagScanner {
  kind: "text" | "cdata" | "open" | "close" = "text";
  /** Of a tag: its name as written, with its prefix. */
  name = "";
  /** Of an opening tag: it is its own end. */
  empty = false;
  /** Where the piece begins and ends in the text. */
  from = 0;
  to = 0;
  readonly #text: string;
  /** Whether a ">" inside of quotes doesn't end a tag: right in XML, while SMI's quotes are open. */
  readonly #quotes: boolean;

  constructor(text: string, { quotes }: { quotes: boolean }) {
    this.#text = text;
    this.#quotes = quotes;
  }

  /** Goes to the next piece; false at the end. */
  next(): boolean {
    for (;;) {
      this.from = this.to;
      if (this.from >= this.#text.length) return false;
      const start = this.#tagStart(this.from);
      if (start > this.from) return this.#piece("text", start);
      const unit = this.#text.charCodeAt(start + 1);
      if (unit !== 33 && unit !== 63) {
        const end = this.#tagEnd(start);
        return end === -1 ? this.#piece("text", this.#text.length) : this.#tag(start, end);
      }
      if (this.#text.startsWith("<![CDATA[", start)) {
        return this.#piece("cdata", this.#after("]]>", start));
      }
      this.to = this.#skipped(start);
    }
  }

  /** What the piece holds: text as written, CDATA without its brackets. */
  content(): string {
    const inside = this.#text.slice(this.from, this.to);
    return this.kind === "cdata"
      ? inside.slice(9, inside.endsWith("]]>") ? -3 : undefined)
      : inside;
  }

  /** The attributes of a tag by name as written, values as written. */
  attributes(): ReadonlyMap<string, string> {
    if (this.to - this.from <= this.name.length + 3) return none;
    const end = this.#text.charCodeAt(this.to - 1) === 62 ? this.to - 1 : this.to;
    const inside = this.#text.slice(this.from + 1 + this.name.length, end);
    const found = new Map<string, string>();
    const pattern = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'>]+)))?/g;
    for (const [, name = "", double, single, bare] of inside.matchAll(pattern)) {
      if (!found.has(name)) found.set(name, double ?? single ?? bare ?? "");
    }
    return found;
  }

  #piece(kind: "text" | "cdata", to: number): boolean {
    this.kind = kind;
    this.to = to;
    return true;
  }

  #tag(start: number, end: number): boolean {
    this.to = end;
    const closing = this.#text.charCodeAt(start + 1) === 47;
    let at = start + (closing ? 2 : 1);
    const nameFrom = at;
    for (; at < end; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit <= 32 || unit === 47 || unit === 62) break;
    }
    this.kind = closing ? "close" : "open";
    this.name = this.#text.slice(nameFrom, at);
    this.empty = !closing && this.#text.charCodeAt(end - 2) === 47;
    return true;
  }

  /** The next "<" that begins something, or the end. */
  #tagStart(from: number): number {
    let at = this.#text.indexOf("<", from);
    while (at !== -1 && !beginsTag(this.#text.charCodeAt(at + 1))) {
      at = this.#text.indexOf("<", at + 1);
    }
    return at === -1 ? this.#text.length : at;
  }

  /** Behind a comment, an instruction or a declaration. */
  #skipped(start: number): number {
    if (this.#text.startsWith("<!--", start)) return this.#after("-->", start + 4);
    if (this.#text.startsWith("<?", start)) return this.#after(">", start);
    return this.#declarationEnd(start);
  }

  /** Behind the next `end`, or the end of all. */
  #after(end: string, from: number): number {
    const at = this.#text.indexOf(end, from);
    return at === -1 ? this.#text.length : at + end.length;
  }

  /** A document type may hold declarations in brackets; all of it is skipped. */
  #declarationEnd(start: number): number {
    const end = this.#text.indexOf(">", start);
    if (end === -1) return this.#text.length;
    if (!this.#text.slice(start, end).includes("[")) return end + 1;
    const closing = this.#text.indexOf("]", end);
    const last = closing === -1 ? -1 : this.#text.indexOf(">", closing);
    return last === -1 ? this.#text.length : last + 1;
  }

  #tagEnd(start: number): number {
    const text = this.#text;
    for (let at = start + 1; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 62) return at + 1;
      // SMI: the end of the tag before was forgotten.
      if (unit === 60 && !this.#quotes && beginsTag(text.charCodeAt(at + 1))) return at;
      if (!this.#quotes || (unit !== quote && unit !== apostrophe)) continue;
      const closing = text.indexOf(unit === quote ? '"' : "'", at + 1);
      // A quote that is never closed: the tag ends where it can.
      if (closing === -1) return text.indexOf(">", at) + 1 || -1;
      at = closing;
    }
    return -1;
  }
}
