/** The marks that a file may begin with, and what they say of its characters. */
const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * The text in a file's bytes: by its mark, else UTF-8, else the Korean code page in which Excel
 * saves CSV on a Korean Windows. Undefined for what isn't text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const mark = marks.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  for (const encoding of mark ? [mark[1]] : ["utf-8", "euc-kr"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes("\0") ? undefined : text;
    } catch {
      // Not in this encoding.
    }
  }
  return undefined;
}
