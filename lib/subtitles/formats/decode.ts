import { decodeCp949, isCommonSyllable } from "@/lib/subtitles/formats/cp949";
import type { LocatedProblem } from "@/lib/subtitles/formats/types";

/** The encodings that text files are met in. */
export type TextEncoding =
  | "utf-8"
  | "utf-16le"
  | "utf-16be"
  | "cp949"
  | "shift_jis"
  | "gb18030"
  | "windows-1252";

export interface DecodedText {
  /** Without a byte order mark. Empty where the bytes are no text (`not_text`). */
  text: string;
  encoding: TextEncoding;
  /**
   * `encoding_guessed`: nothing in the file says what it is in, and it isn't UTF-8;
   * `characters_lost`: damaged bytes, at the line of the first; `not_text`: a picture, a PDF, ...
   */
  problems: LocatedProblem[];
}

/**
 * The characters of a text file's bytes: UTF-8 and UTF-16 with or without a mark, CP949 (what
 * Windows in Korea calls ANSI), Shift JIS, GB 18030, else Windows-1252. Never throws.
 */
export function decodeSubtitleBytes(bytes: Uint8Array): DecodedText {
  const { text, encoding, guessed } = decodeMarked(bytes) ?? decodeUnmarked(bytes);
  if (!looksLikeText(text))
    return { text: "", encoding, problems: [{ line: 0, code: "not_text" }] };
  const problems: LocatedProblem[] = [];
  if (guessed) problems.push({ line: 0, code: "encoding_guessed", message: encoding });
  const damage =
    encoding === "utf-8" && strictly("utf-8", bytes) !== undefined ? -1 : text.indexOf("\ufffd");
  if (damage !== -1) {
    problems.push({
      line: text.slice(0, damage).split(/\r\n?|\n/).length,
      code: "characters_lost",
    });
  }
  return { text, encoding, problems };
}

interface Reading {
  text: string;
  encoding: TextEncoding;
  guessed: boolean;
}

function decodeMarked(bytes: Uint8Array): Reading | undefined {
  const [first, second, third] = bytes;
  const as = (encoding: TextEncoding) => ({
    ...{ text: new TextDecoder(encoding).decode(bytes), encoding, guessed: false },
  });
  if (first === 0xef && second === 0xbb && third === 0xbf) return as("utf-8");
  if (first === 0xff && second === 0xfe) return as("utf-16le");
  if (first === 0xfe && second === 0xff) return as("utf-16be");
  return undefined;
}

function decodeUnmarked(bytes: Uint8Array): Reading {
  const strict = strictly("utf-8", bytes);
  if (strict !== undefined && !strict.includes("\0")) {
    return { text: strict, encoding: "utf-8", guessed: false };
  }
  const order = utf16Order(bytes);
  if (order) return { text: new TextDecoder(order).decode(bytes), encoding: order, guessed: true };
  const utf8 = damagedUtf8(bytes);
  return utf8 ?? legacyReading(bytes);
}

/** How much damage a file may have and still be told from one in another encoding. */
const maxDamage = 0.02;

/**
 * UTF-8 in which a few bytes are broken. Its sequences hardly come about by chance: where most of
 * what is beyond ASCII is well formed, the rest is damage.
 */
function damagedUtf8(bytes: Uint8Array): Reading | undefined {
  const text = new TextDecoder().decode(bytes);
  const beyond = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  // A single letter in another encoding looks like damage alone.
  return beyond > 0 && damaged <= beyond * maxDamage
    ? { text, encoding: "utf-8", guessed: false }
    : undefined;
}

/**
 * Bytes of one encoding can be read in the others; what tells is whose letters come out. Korean is
 * made of common syllables with hardly a Han character, while Chinese read as Korean mixes the two
 * and Japanese becomes rare syllables.
 */
function isKorean(text: string): boolean {
  const common = shareOf((letter) => isCommonSyllable(letter.charCodeAt(0)), text);
  return common >= 0.6 && shareOf(isHan, text) <= 0.15;
}

const isHan = (letter: string) => /[\u4e00-\u9fff]/.test(letter);
const isKana = (letter: string) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter);

function legacyReading(bytes: Uint8Array): Reading {
  const as = (encoding: TextEncoding, text: string) => ({ text, encoding, guessed: true });
  const korean = decodeCp949(bytes);
  if (isKorean(korean)) return as("cp949", korean);
  const japanese = new TextDecoder("shift_jis").decode(bytes);
  const chinese = new TextDecoder("gb18030").decode(bytes);
  const kana = shareOf(isKana, japanese);
  const han = shareOf(isHan, chinese);
  if (Math.max(kana, han) <= 0.5) {
    return as("windows-1252", new TextDecoder("windows-1252").decode(bytes));
  }
  return kana >= han ? as("shift_jis", japanese) : as("gb18030", chinese);
}

function strictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** In UTF-16 every ASCII character has a zero byte, always on the same side. */
function utf16Order(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes.length % 2 === 1) return undefined;
  const head = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < head.length / 50 || Math.min(even, odd) > Math.max(even, odd) / 8) {
    return undefined;
  }
  return odd > even ? "utf-16le" : "utf-16be";
}

/** The share of letters beyond ASCII that are of a kind; damaged ones are of none. */
function shareOf(isOwn: (letter: string) => boolean, text: string): number {
  let letters = 0;
  let own = 0;
  for (const character of text.slice(0, 60_000)) {
    if (character < "\u0080" || !/[\p{L}\ufffd]/u.test(character)) continue;
    letters++;
    if (isOwn(character)) own++;
  }
  return letters === 0 ? 0 : own / letters;
}

/** How PDF, Office (zip) and RTF files begin. */
const otherFiles = ["%PDF-", "PK\u0003\u0004", "{\\rtf"];

/** Text has line ends, tabs and the like of all that controls; a few strays happen. */
function looksLikeText(text: string): boolean {
  if (otherFiles.some((start) => text.startsWith(start))) return false;
  const head = text.slice(0, 65_536);
  const strays = head.match(/(?![\t\n\v\f\r])\p{Cc}|\ufffd/gu)?.length ?? 0;
  return strays <= head.length / 100;
}
