import { describe, expect, it } from "vitest";
import { detectFormat, type ReadableFormat, readSubtitles } from "@/lib/subtitles/formats";

const read = (format: ReadableFormat, text: string) => readSubtitles({ text, format });
const texts = (format: ReadableFormat, text: string) =>
  read(format, text).document.cues.map((cue) => cue.text);
const problems = (format: ReadableFormat, text: string) =>
  read(format, text).problems.map(({ line, code }) => `${line} ${code}`);

describe("detectFormat", () => {
  it.each([
    ["\ufeffWEBVTT\n", "vtt"],
    ["WEBVTT", "vtt"],
    ["WEBVTTX\n00:01.000 --> 00:02.000\n", "srt"],
    ["[Script Info]\n", "ass"],
    ["; made by hand\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,a", "ass"],
    ["1\n00:00:01,000 --> 00:00:02,000\nDialogue: none\n", "srt"],
    ["00:00:01,000 \u2192 00:00:02,000\n가", "srt"],
    ["가 --> 나\n", "txt"],
    ["", "txt"],
    ["\ufeff0:00:01.000,0:00:02.000\n가\n", "sbv"],
    ["<SAMI>\n<HEAD>", "smi"],
    ['<?xml version="1.0"?>\n<tt:tt xml:lang="ko">', "ttml"],
    ['<tt xmlns="http://www.w3.org/ns/ttml">', "ttml"],
    ['{\n  "format": "ax2-caption",', "json"],
    ['{"hello": 1}', "txt"],
  ])("%j is %s", (text, format) => {
    expect(detectFormat(text)).toBe(format);
  });
});

describe("SRT as it is met", () => {
  const block = (text: string, times = "00:00:01,000 --> 00:00:02,000") => `1\n${times}\n${text}\n`;

  it.each([
    ["0:0:1,5 --> 0:0:2,25", 1500, 2250],
    ["00:01 --> 01:00:00", 1000, 3_600_000],
    [" 00:00:01 , 000 --> 00:00:02,000", undefined, undefined],
    ["00:00:01,0009 --> 00:00:02,000", 1000, 2000],
    ["00:00:01,000-->00:00:02,000", 1000, 2000],
    ["00:00:01,000 -> 00:00:02,000", 1000, 2000],
    ["00:00:01,000 \u2192 00:00:02,000", 1000, 2000],
  ])("reads the times %j", (times, startMs, endMs) => {
    const [cue] = read("srt", block("가", times)).document.cues;
    expect([cue?.startMs, cue?.endMs]).toEqual([startMs, endMs]);
  });

  it.each([
    ['<B>가</B><font color="red">나</font>', "<b>가</b>나"],
    ["<i>가", "<i>가</i>"],
    ["{\\an8}가", "가"],
    ["{\\pos(1,2)}가", "가"],
    ["a < b > c <3 &amp;", "a < b > c <3 &amp;"],
    ["<\u2060b>가", "<\u2060b>가"],
  ])("reads the text %j", (written, text) => {
    expect(texts("srt", block(written))).toEqual([text]);
  });

  it("keeps going after a cue that can't be understood, and says where", () => {
    const text = `junk\n${block("가")}\n2\n00:00:xx,000 --> 00:00:04,000\n나\n\n3\n00:00:05,000 --> 00:00:04,000 X1:1\n다\n`;
    expect(texts("srt", text)).toEqual(["가", "다"]);
    expect(problems("srt", text)).toEqual([
      "1 text_outside_cue",
      "7 bad_timing",
      "11 end_before_start",
      "11 coordinates_dropped",
    ]);
  });

  it("takes an arrow in the text for text", () => {
    expect(texts("srt", block("가 --> 나\n1 --> 2"))).toEqual(["가 --> 나\n1 --> 2"]);
  });

  it("places cues by the customary tag", () => {
    const [cue] = read("srt", block("{\\an9}가")).document.cues;
    expect(cue?.settings).toEqual({ line: 0, align: "right" });
  });
});

describe("WebVTT payloads", () => {
  const payload = (text: string) =>
    read("vtt", `WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`).document.cues[0];

  it.each([
    ["<b.loud>가</b> <c.red>나</c>", "<b>가</b> 나"],
    ["<i><b>가</i></b>나", "<i><b>가</b>나</i>"],
    ["&lt;b&gt; &amp;amp; &#x41;&#66; &nope;", "<\u2060b> &amp; AB &nope;"],
    ["&lt;<c>b></c>", "<\u2060b>"],
    ["<ruby>漢<rt>かん</rt></ruby>", "漢(かん)"],
    ["<00:01.500>가<lang ko>나</lang>", "가나"],
    ["1 < 2", "1 < 2"],
    ["가 <b", "가 <b"],
    ["<v Ann>Hi\n<v Bob>Ho", "Ann: Hi\nBob: Ho"],
    ["Off. <v Ann>Hi", "Off. Ann: Hi"],
  ])("reads %j", (written, text) => {
    expect(payload(written)?.text).toBe(text);
  });

  it("knows the one speaker of a cue", () => {
    expect(payload("<v.loud Ann &amp; Bob>Hi</v>")?.speaker).toBe("Ann & Bob");
    expect(payload("<v Ann>Hi\n<v Ann>Ho")?.speaker).toBe("Ann");
    expect(payload("<v Ann>Hi\n<v Bob>Ho")?.speaker).toBeUndefined();
  });

  it("says what it left out", () => {
    const text =
      "WEBVTT\n\n00:01.000 --> 00:02.000 size:5\n<c.a>가</c>\n\nNOTE x\n\nSTYLE\nb\n\n00:99.000 --> 00:02.000\n나\n";
    expect(problems("vtt", text)).toEqual([
      "3 setting_ignored",
      "4 tag_dropped",
      "6 note_dropped",
      "8 style_dropped",
      "11 bad_timing",
    ]);
  });
});

describe("ASS", () => {
  const events = (...lines: string[]) =>
    `[Script Info]\nTitle: 제목\n[V4+ Styles]\nFormat: Name, Alignment\nStyle: Default,2\nStyle: Top,8\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${lines.join("\n")}\n`;
  const line = (text: string, style = "Default") =>
    `Dialogue: 0,0:00:01.00,0:00:02.50,${style},민수,0,0,0,,${text}`;

  it.each([
    ["가\\N나, 다\\h라", "가\n나, 다\u00a0라"],
    ["가\\n나", "가 나"],
    ["{\\b1}가{\\b0}{\\i1}나", "<b>가</b><i>나</i>"],
    ["{\\b700\\fs20}가{\\r}나", "<b>가</b>나"],
    ["{comment}가{\\p1}m 0 0 l 1 1{\\p0}나", "가나"],
    ["<b>가 {나", "<\u2060b>가 {나"],
    ["C:\\dir\\\u2060N", "C:\\dir\\N"],
  ])("reads %j", (written, text) => {
    expect(texts("ass", events(line(written)))).toEqual([text]);
  });

  it("takes the place from the override, else from the style", () => {
    const { document } = read(
      "ass",
      events(line("가"), line("나", "Top"), line("{\\an2}다", "Top"), line("{\\a6}라")),
    );
    expect(document.title).toBe("제목");
    expect(document.cues.map(({ settings, style }) => [settings, style])).toEqual([
      [undefined, undefined],
      [{ line: 0 }, "Top"],
      [undefined, "Top"],
      [{ line: 0 }, undefined],
    ]);
    expect(document.cues[0]).toMatchObject({ startMs: 1000, endMs: 2500, speaker: "민수" });
  });

  it("reads columns in the order of the Format line", () => {
    const text = "[Events]\nFormat: End, Start, Text\nDialogue: 0:00:02.00,0:00:01.00,가, 나\n";
    expect(read("ass", text).document.cues).toEqual([
      { id: "1", startMs: 1000, endMs: 2000, text: "가, 나" },
    ]);
  });

  it("says what it left out, and where", () => {
    const text = events(
      "Comment: 0,0:00:01.00,0:00:02.00,,,0,0,0,,note",
      "Dialogue: 0,0:00:01.00",
      "Dialogue: 0,soon,0:00:02.00,,,0,0,0,,가",
      line("{\\pos(1,1)}가", "Nowhere"),
    );
    expect(problems("ass", text)).toEqual([
      "9 note_dropped",
      "10 malformed_line",
      "11 bad_timing",
      "12 override_dropped",
      "12 style_unknown",
    ]);
  });
});

describe("hostile files", () => {
  const many = 300_000;

  it.each<[string, ReadableFormat, string]>([
    ["blank lines", "srt", "\n".repeat(many)],
    ["arrows on one line", "srt", `1:${"-->".repeat(many)}`],
    ["arrows on many lines", "srt", "1:-->\n".repeat(many)],
    ["tags that never end", "srt", `1\n00:00:01,000 --> 00:00:02,000\n${"<font ".repeat(many)}`],
    ["brackets without tags", "vtt", `WEBVTT\n\n00:01.000 --> 00:02.000\n${"< ".repeat(many)}>`],
    [
      "deep nesting",
      "vtt",
      `WEBVTT\n\n00:01.000 --> 00:02.000\n${"<c>".repeat(many)}${"<b>x</b>".repeat(many / 10)}`,
    ],
    ["settings", "vtt", `WEBVTT\n\n00:01.000 --> 00:02.000${" a:b".repeat(many)}\nx`],
    ["braces", "ass", `[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,${"{".repeat(many)}`],
    ["sections", "ass", "[x]\n".repeat(many)],
  ])("%s in %s are read in time proportional to their size", (_, format, text) => {
    const startMs = performance.now();
    read(format, text);
    // Quadratic work on these sizes would take minutes.
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe("problems", () => {
  it("are listed up to a limit", () => {
    const text = `WEBVTT\n\n${"x --> y\n\n".repeat(2000)}`;
    const found = read("vtt", text).problems;
    expect(found[499]).toEqual({ line: 1001, code: "bad_timing", message: "x --> y" });
    expect(found[500]?.code).toBe("more_problems");
    expect(found).toHaveLength(502);
  });

  it("name a file without any cue", () => {
    expect(problems("srt", "")).toEqual(["1 no_cues"]);
    expect(problems("vtt", "hello")).toEqual(["1 signature_missing", "1 no_cues"]);
  });
});
