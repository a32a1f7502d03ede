import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTranscript } from "./read";
import type { TranscriptWarningCode } from "./schema";
import { warningTexts } from "./warning-texts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
};
/** "안녕하세요. 반갑습니다." in CP949, and Japanese and Chinese in what Windows calls ANSI there. */
const cp949 = Buffer.from("bec8b3e7c7cfbcbcbfe42e20b9ddb0a9bdc0b4cfb4d92e", "hex");
const shiftJis = Buffer.from("82b182f182c982bf82cd814282b382e682c882e78142", "hex");
const gb18030 = Buffer.from("d5e2b8f6cad3c6b5c0efced2c3c7cbb5b5bdb5c4a1a3", "hex");

describe("readTranscript", () => {
  const encodings: [string, Uint8Array, string, boolean][] = [
    ["UTF-8", utf8("안녕하세요. 🙂"), "안녕하세요. 🙂", false],
    ["UTF-8 with a mark", utf8("\ufeff안녕하세요."), "안녕하세요.", false],
    ["UTF-16 LE with a mark", utf16("\ufeff안녕 abc", false), "안녕 abc", false],
    ["UTF-16 BE with a mark", utf16("\ufeff안녕 abc", true), "안녕 abc", false],
    ["UTF-16 LE without", utf16("Hello there, 안녕", false), "Hello there, 안녕", true],
    ["UTF-16 BE without", utf16("Hello there, 안녕", true), "Hello there, 안녕", true],
    ["CP949", cp949, "안녕하세요. 반갑습니다.", true],
    ["Shift JIS", shiftJis, "こんにちは。さよなら。", true],
    ["GB 18030", gb18030, "这个视频里我们说到的。", true],
    ["Windows-1252", Buffer.from("caf\xe9 cr\xe8me", "latin1"), "café crème", true],
  ];
  it.each(encodings)("reads %s", (_name, bytes, text, guessed) => {
    const read = readTranscript("a.txt", bytes);
    expect(read.lines).toEqual([{ text }]);
    expect(read.warnings).toEqual(guessed ? [{ line: 0, code: "encoding_guessed" }] : []);
  });

  const plain: [string, string, string[]][] = [
    ["lines and paragraphs", "하나.\r\n둘\r\n\r\n\r\n셋", ["하나.", "둘", "셋"]],
    [
      "lines broken at a width, joined",
      `${"word ".repeat(12)}\nand its end.\nNext line`,
      [`${"word ".repeat(12)}and its end.`, "Next line"],
    ],
    ["markup as text", "a <b>bold</b> word", ["a <\u2060b>bold<\u2060/b> word"]],
    ["right to left, ZWJ and NFD as they are", "שלום 👨‍👩‍👧 각", ["שלום 👨‍👩‍👧 각"]],
    [
      "NUL and lone surrogates away",
      `a\0b \ud800c${" word".repeat(60)}`,
      [`ab \ufffdc${" word".repeat(60)}`],
    ],
  ];
  it.each(plain)("reads %s", (_name, text, lines) => {
    const bytes = text.includes("\ud800") ? utf16(`\ufeff${text}`, false) : utf8(text);
    expect(readTranscript("a.txt", bytes).lines.map((line) => line.text)).toEqual(lines);
  });

  it("leaves times at the beginning of lines out and says so", () => {
    const text = "제목\n[00:01:23] 안녕하세요\n0:05 - 0:09 네\n(12:30.5)\n1:30 PM 뉴스";
    const read = readTranscript("a.txt", utf8(text));
    expect(read.lines.map((line) => line.text)).toEqual(["제목", "안녕하세요", "네", "PM 뉴스"]);
    expect(read.warnings).toEqual([{ line: 2, code: "times_removed" }]);
  });

  it("takes names that come twice for speakers, and no other colon", () => {
    const text = "Ann: Hello.\nBo: Hi.\nAnn: One thing: this.\nBo: Yes.\nNote: once";
    expect(readTranscript("a.txt", utf8(text)).lines).toEqual([
      { text: "Hello.", speaker: "Ann" },
      { text: "Hi.", speaker: "Bo" },
      { text: "One thing: this.", speaker: "Ann" },
      { text: "Yes.", speaker: "Bo" },
      { text: "Note: once" },
    ]);
  });

  const srt =
    "1\n00:00:01,000 --> 00:00:02,500\n둘째\n줄\n\n2\n00:00:00,200 --> 00:00:00,900\n<i>첫째</i>\n";
  const vtt = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ann>Hello\n";
  const formats: [string, string, string, unknown[]][] = [
    [
      "a.srt",
      srt,
      "srt",
      [
        { text: "<i>첫째</i>", startMs: 200, endMs: 900 },
        { text: "둘째\n줄", startMs: 1_000, endMs: 2_500 },
      ],
    ],
    [
      "named-wrongly.txt",
      vtt,
      "vtt",
      [{ text: "Hello", startMs: 1_000, endMs: 2_500, speaker: "Ann" }],
    ],
  ];
  it.each(formats)("reads subtitles: %s", (name, text, format, lines) => {
    expect(readTranscript(name, utf8(text))).toEqual({ format, lines, warnings: [] });
  });

  it.each([
    ["SubRip by another name", "a.vtt", srt, "srt"],
    ["WebVTT without its head", "a.vtt", srt.replaceAll(",", "."), "srt"],
  ])("tells %s", (_name, fileName, text, format) => {
    expect(readTranscript(fileName, utf8(text))).toMatchObject({ format, lines: [{}, {}] });
  });

  it("tells what it left out, with the line", () => {
    const broken = srt.replace("00:00:00,200", "when?");
    expect(readTranscript("a.srt", utf8(broken))).toMatchObject({
      lines: [{ text: expect.stringMatching(/^둘째/) }],
      warnings: expect.arrayContaining([expect.objectContaining({ line: expect.any(Number) })]),
    });
  });

  it("reads a subtitle file without subtitles as text", () => {
    const read = readTranscript("a.srt", utf8("그냥 글이에요."));
    expect(read).toMatchObject({ format: "txt", lines: [{ text: "그냥 글이에요." }] });
    expect(read.warnings[0]?.code).toBe("read_as_text");
  });

  const refused: [string, string, Uint8Array, string][] = [
    ["a PDF", "a.txt", utf8("%PDF-1.7 ..."), "subtitles_unreadable"],
    ["a Word file", "a.docx", Buffer.from("PK\u0003\u0004xxxx"), "subtitles_unreadable"],
    [
      "noise",
      "a.txt",
      Uint8Array.from({ length: 3_000 }, (_, at) => (at * 97) % 256),
      "subtitles_unreadable",
    ],
    ["nothing", "a.txt", utf8(""), "transcript_empty"],
    ["no letters", "a.txt", utf8(" \n— 🙂\n"), "transcript_empty"],
    ["too many lines", "a.txt", utf8("a\n".repeat(50_001)), "payload_too_large"],
    ["too many letters", "a.txt", utf8("a".repeat(2_000_001)), "payload_too_large"],
  ];
  it.each(refused)("refuses %s", (_name, fileName, bytes, code) => {
    expect(() => readTranscript(fileName, bytes)).toThrow(expect.objectContaining({ code }));
  });

  it("answers any bytes with lines or a refusal, in time", () => {
    const known = ["subtitles_unreadable", "transcript_empty", "payload_too_large"];
    const names = fc.constantFrom("a.txt", "a.srt", "a.vtt", "a.ass", "a");
    const text = fc.string({ unit: "grapheme" }).map(utf8);
    fc.assert(
      fc.property(names, fc.oneof(fc.uint8Array({ maxLength: 500 }), text), (name, bytes) => {
        try {
          expect(readTranscript(name, bytes).lines.length).toBeGreaterThan(0);
        } catch (error) {
          expect(known).toContain((error as { code?: string }).code);
        }
      }),
    );
    const before = process.cpuUsage();
    const long = `${"0:1 ".repeat(200_000)}${"(".repeat(100_000)}${" a:".repeat(100_000)}`;
    readTranscript("a.txt", utf8(long));
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
  });

  it("has a sentence for every warning", () => {
    for (const code of Object.keys(warningTexts) as TranscriptWarningCode[]) {
      expect(warningTexts[code].ko).toMatch(/요\.$/);
      expect(warningTexts[code].en).toMatch(/\.$/);
    }
  });
});
