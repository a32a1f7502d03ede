import { AppError } from "@/lib/errors";

/** Characters of a file, and whether its encoding had to be guessed. */
export interface DecodedText {
  text: string;
  guessed: boolean;
}

/**
 * Reads the bytes of a text file: UTF-8 and UTF-16 with or without a mark, CP949 (what Windows in
 * Korea calls ANSI), Shift JIS, GB 18030, else Windows-1252.
 * @throws {AppError} `subtitles_unreadable` when it isn't text at all
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const decoded = decodeMarked(bytes) ?? decodeUnmarked(bytes);
  if (!looksLikeText(decoded.text)) throw new AppError("subtitles_unreadable");
  return decoded;
}

function decodeMarked(bytes: Uint8Array): DecodedText | undefined {
  const [first, second, third] = bytes;
  const as = (label: string) => ({ text: new TextDecoder(label).decode(bytes), guessed: false });
  if (first === 0xef && second === 0xbb && third === 0xbf) return as("utf-8");
  if (first === 0xff && second === 0xfe) return as("utf-16le");
  if (first === 0xfe && second === 0xff) return as("utf-16be");
  return undefined;
}

function decodeUnmarked(bytes: Uint8Array): DecodedText {
  const utf8 = strictly("utf-8", bytes);
  if (utf8 !== undefined && !utf8.includes("\0")) return { text: utf8, guessed: false };
  const utf16 = utf16Order(bytes);
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), guessed: true };
  let best = { text: "", share: 0.5 };
  for (const { label, own } of legacy) {
    const text = strictly(label, bytes);
    const share = text === undefined ? 0 : shareOf(own, text);
    if (text !== undefined && share > best.share) best = { text, share };
  }
  if (best.text !== "") return { text: best.text, guessed: true };
  return { text: new TextDecoder("windows-1252").decode(bytes), guessed: true };
}

/**
 * Their bytes can be read as one another's; what tells is which reading has most of its letters in
 * its own script: Chinese read as Korean gives Hangul and Han mixed.
 */
const legacy = [
  { label: "euc-kr", own: /[\uac00-\ud7a3]/u },
  { label: "shift_jis", own: /[\p{Script=Hiragana}\p{Script=Katakana}]/u },
  { label: "gb18030", own: /[\u4e00-\u9fff]/u },
];

function strictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** In UTF-16 every ASCII character has a zero byte, always on the same side. */
function utf16Order(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
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

/** The share of letters beyond ASCII that are of a kind. */
function shareOf(kind: RegExp, text: string): number {
  const letters = Array.from(text.slice(0, 20_000)).filter(
    (character) => (character.codePointAt(0) ?? 0) > 0x7f && /\p{L}/u.test(character),
  );
  return letters.length === 0
    ? 0
    : letters.filter((letter) => kind.test(letter)).length / letters.length;
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
