import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSubtitleBytes } from "@/lib/subtitles/formats/decode";

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return Uint8Array.from(bigEndian ? bytes.swap16() : bytes);
};
const decoded = (bytes: Uint8Array) => {
  const { text, encoding, problems } = decodeSubtitleBytes(bytes);
  return [text, encoding, problems.map(({ line, code }) => `${line} ${code}`)];
};

describe("the characters of a file", () => {
  it.each<[string, Uint8Array, string, string, string[]]>([
    ["UTF-8", utf8("안녕\r\n🙂"), "안녕\r\n🙂", "utf-8", []],
    ["a mark", utf8("\ufeff안녕"), "안녕", "utf-8", []],
    ["UTF-16 LE", utf16("\ufeff안녕 a", false), "안녕 a", "utf-16le", []],
    ["UTF-16 BE", utf16("\ufeff안녕 a", true), "안녕 a", "utf-16be", []],
    [
      "no mark",
      utf16("1\n안녕, hello", false),
      "1\n안녕, hello",
      "utf-16le",
      ["0 encoding_guessed"],
    ],
    // 똠방각하 펲시콜라 뷁: syllables beside KS X 1001 among ordinary ones.
    [
      "CP949",
      hex("bfc0b4c320babb20bfb5bbf3c0ba208c63b9e6b0a2c7cf20bc84bdc3c4ddb6f32094ee"),
      "오늘 본 영상은 똠방각하 펲시콜라 뷁",
      "cp949",
      ["0 encoding_guessed"],
    ],
    [
      "UTF-8 with one broken byte",
      Uint8Array.from([...utf8(`${"안녕하세요 ".repeat(20)}\n`), 0xec, 0x95, ...utf8("\n끝")]),
      `${"안녕하세요 ".repeat(20)}\n\ufffd\n끝`,
      "utf-8",
      ["2 characters_lost"],
    ],
    [
      "a real U+FFFD",
      utf8(`a \ufffd${"가나다라".repeat(40)}`),
      `a \ufffd${"가나다라".repeat(40)}`,
      "utf-8",
      [],
    ],
    ["a PDF", utf8("%PDF-1.7"), "", "utf-8", ["0 not_text"]],
    ["nothing", utf8(""), "", "utf-8", []],
  ])("%s", (_, bytes, text, encoding, problems) => {
    expect(decoded(bytes)).toEqual([text, encoding, problems]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(typeof decodeSubtitleBytes(bytes).text).toBe("string");
      }),
    );
  });

  it("reads every Korean text in UTF-8 and UTF-16 as it is", () => {
    const korean = fc
      .array(fc.integer({ min: 0xac00, max: 0xd7a3 }), { minLength: 5, maxLength: 50 })
      .map((units) => `1\n${String.fromCharCode(...units)}\n`);
    fc.assert(
      fc.property(korean, (text) => {
        expect(decodeSubtitleBytes(utf8(text)).text).toBe(text);
        expect(decodeSubtitleBytes(utf16(`\ufeff${text}`, false)).text).toBe(text);
      }),
    );
  });
});
