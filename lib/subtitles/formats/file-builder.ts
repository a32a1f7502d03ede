import type { WriteOptions } from "@/lib/subtitles/formats/types";
import { nextOpenTags } from "@/lib/subtitles/markup";

/** What a character of a cue's text is to a format. */
const kind = { plain: 0, white: 1, lineEnd: 2, tag: 3, arrowHead: 4, special: 5 } as const;

/** How a format writes the ordinary part of a cue's text. */
export interface TextNotation {
  /** Kinds of the characters below U+0080. */
  readonly kinds: Uint8Array;
  /** Line ends and tags in ASS's notation instead of as they are. */
  readonly ass: boolean;
}

/** A notation in which `special` characters, and controls, need more than copying. */
export function textNotation(special: string, { ass = false, arrows = false } = {}): TextNotation {
  const kinds = new Uint8Array(128);
  kinds.fill(kind.special, 0, 32);
  kinds[0x7f] = kind.special;
  kinds[0x09] = kind.white;
  kinds[0x20] = kind.white;
  kinds[0x0a] = kind.lineEnd;
  kinds[0x3c] = kind.tag;
  if (arrows) kinds[0x3e] = kind.arrowHead;
  for (const character of special) kinds[character.charCodeAt(0)] = kind.special;
  return { kinds, ass };
}

const zero = 48;

/** Whether the ">" at `index` may end an arrow, also one with U+2060 in it. */
function endsArrow(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  return before === 45 || before === 0x2060;
}

/**
 * Builds a file as UTF-16 units in one growing array. Joining a file of many small strings keeps
 * the garbage collector busier than the writing itself; this leaves it one string in the end.
 */
export class FileBuilder {
  #units = new Uint16Array(1 << 15);
  #length = 0;

  #reserve(count: number): void {
    if (this.#length + count <= this.#units.length) return;
    const larger = new Uint16Array(Math.max(this.#units.length * 2, this.#length + count));
    larger.set(this.#units.subarray(0, this.#length));
    this.#units = larger;
  }

  /** A place to come `backTo`, when what was written since turns out to be unwanted. */
  mark(): number {
    return this.#length;
  }

  backTo(mark: number): void {
    this.#length = mark;
  }

  text(text: string): void {
    this.#reserve(text.length);
    const units = this.#units;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) units[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  /**
   * Writes a cue's text if it is ordinary: every line shows something, light tags are nested and
   * closed, nothing in it is special to the format. Otherwise writes nothing and answers false.
   */
  ordinaryText(text: string, { kinds, ass }: TextNotation): boolean {
    // What grows most is a line end, from one unit to two.
    this.#reserve(text.length * 2);
    const units = this.#units;
    let at = this.#length;
    let open = 0;
    let visible = false;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const what = unit < 128 ? (kinds[unit] ?? kind.special) : kind.plain;
      if (what === kind.plain) {
        units[at++] = unit;
        visible = true;
      } else if (what === kind.white) {
        units[at++] = unit;
      } else if (what === kind.lineEnd) {
        if (!visible) return false;
        visible = false;
        if (ass) units[at++] = 92;
        units[at++] = ass ? 78 : 10;
      } else if (what === kind.tag) {
        const closing = text.charCodeAt(i + 1) === 47;
        const nameAt = closing ? i + 2 : i + 1;
        const stack = nextOpenTags(open, text.charCodeAt(nameAt), closing);
        if (stack < 0 || text.charCodeAt(nameAt + 1) !== 62) return false;
        open = stack;
        at = writeTag(units, at, text.charCodeAt(nameAt), closing, ass);
        i = nameAt + 1;
      } else if (what === kind.arrowHead && !endsArrow(text, i)) {
        units[at++] = unit;
        visible = true;
      } else {
        return false;
      }
    }
    if (!visible || open !== 0) return false;
    this.#length = at;
    return true;
  }

  lineEnd(): void {
    this.#reserve(1);
    this.#units[this.#length++] = 10;
  }

  /** A whole number, not negative. */
  number(value: number): void {
    if (value > 9_999_999) {
      this.text(String(value));
      return;
    }
    this.#reserve(8);
    const units = this.#units;
    let unit = 1;
    while (unit * 10 <= value) unit *= 10;
    let rest = value;
    let at = this.#length;
    for (; unit >= 1; unit = Math.floor(unit / 10)) {
      const digit = Math.floor(rest / unit);
      units[at++] = zero + digit;
      rest -= digit * unit;
    }
    this.#length = at;
  }

  /** A whole number, not negative, with at least two digits. */
  #twoDigits(value: number): void {
    if (value > 99) {
      this.number(value);
      this.#reserve(32);
      return;
    }
    const tens = Math.floor(value / 10);
    this.#units[this.#length++] = zero + tens;
    this.#units[this.#length++] = zero + value - tens * 10;
  }

  /** `HH:MM:SS<separator>mmm`; `ms` is a whole number, not negative. */
  timestamp(ms: number, separator: number): void {
    this.#reserve(32);
    const seconds = Math.floor(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    const thousandths = ms - seconds * 1000;
    const hundreds = Math.floor(thousandths / 100);
    this.#twoDigits(hours);
    this.#units[this.#length++] = 58;
    this.#twoDigits(minutes - hours * 60);
    this.#units[this.#length++] = 58;
    this.#twoDigits(seconds - minutes * 60);
    this.#units[this.#length++] = separator;
    this.#units[this.#length++] = zero + hundreds;
    this.#twoDigits(thousandths - hundreds * 100);
  }

  /** `H:MM:SS<separator>mmm`; `ms` is a whole number, not negative. */
  shortTimestamp(ms: number, separator: number): void {
    const from = this.#length;
    this.timestamp(ms, separator);
    if (this.#units[from] !== zero || ms >= 36_000_000) return;
    this.#units.copyWithin(from, from + 1, this.#length);
    this.#length--;
  }

  /** `H:MM:SS.cc`; `centiseconds` is a whole number, not negative. */
  centiseconds(centiseconds: number): void {
    const seconds = Math.floor(centiseconds / 100);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    this.number(hours);
    this.#reserve(32);
    this.#units[this.#length++] = 58;
    this.#twoDigits(minutes - hours * 60);
    this.#units[this.#length++] = 58;
    this.#twoDigits(seconds - minutes * 60);
    this.#units[this.#length++] = 46;
    this.#twoDigits(centiseconds - seconds * 100);
  }

  /** The file with the wanted line ends and byte order mark; halves of pairs become U+FFFD. */
  finish({ lineEnd, bom }: WriteOptions): string {
    const units = this.#units.subarray(0, this.#length);
    // Every machine that runs JavaScript today keeps its 16-bit units low byte first.
    const text = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units);
    const lines = lineEnd === "crlf" ? text.replaceAll("\n", "\r\n") : text;
    return bom ? `\ufeff${lines}` : lines;
  }
}

function writeTag(
  units: Uint16Array,
  from: number,
  name: number,
  closing: boolean,
  ass: boolean,
): number {
  let at = from;
  units[at++] = ass ? 123 : 60;
  if (ass) units[at++] = 92;
  else if (closing) units[at++] = 47;
  units[at++] = name;
  if (ass) units[at++] = closing ? zero : zero + 1;
  units[at++] = ass ? 125 : 62;
  return at;
}
