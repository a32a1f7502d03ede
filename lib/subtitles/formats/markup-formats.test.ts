import { describe, expect, it } from "vitest";
import { type ReadableFormat, readSubtitles, writeSubtitles } from "@/lib/subtitles/formats";
import type { Cue } from "@/lib/subtitles/model";

const read = (format: ReadableFormat, text: string, language?: string) =>
  readSubtitles({ text, format, ...(language && { language }) });
const rows = (format: ReadableFormat, text: string, language?: string) =>
  read(format, text, language).document.cues.map((one) => [one.startMs, one.endMs, one.text]);
const problems = (format: ReadableFormat, text: string) =>
  read(format, text).problems.map(({ line, code }) => `${line} ${code}`);
const cue = (text: string, startMs: number, endMs: number): Cue => ({
  ...{ id: String(startMs), startMs, endMs, text },
});

describe("SMI as it is met", () => {
  const smi = (body: string, head = "") => `<SAMI>\n<HEAD>${head}</HEAD>\n<BODY>\n${body}`;

  it.each<[string, string, unknown[]]>([
    [
      "no end tags",
      "<SYNC Start=1000><P Class=KRCC>\n가<br>나\n<SYNC Start=2000><P Class=KRCC>&nbsp;\n<SYNC Start=3000><P Class=KRCC>다\n<SYNC Start=4000><P Class=KRCC>&nbsp",
      [
        [1000, 2000, "가\n나"],
        [3000, 4000, "다"],
      ],
    ],
    [
      "end tags, quotes, small letters",
      '<sync start="1000"><p class=\'krcc\'>가</p></sync>\n<sync start="2000"><p class="krcc">&nbsp;</p></sync>',
      [[1000, 2000, "가"]],
    ],
    [
      "no blank between",
      "<SYNC Start=1000><P Class=KRCC>가<SYNC Start=2000><P Class=KRCC>나<SYNC Start=3000><P Class=KRCC>&nbsp;",
      [
        [1000, 2000, "가"],
        [2000, 3000, "나"],
      ],
    ],
    [
      "colours, emphasis, references",
      '<SYNC Start=1000><P Class=KRCC><font color="#ff0000"><B>A &amp; B</B></font> &lt;i&gt; &hellip;&#44032;&eacute;<SYNC Start=2000><P Class=KRCC>&nbsp;',
      [[1000, 2000, "<b>A & B</b> <\u2060i> …가é"]],
    ],
    ["no paragraph", "<SYNC Start=1000>가<SYNC Start=2000>&nbsp;", [[1000, 2000, "가"]]],
    [
      "a forgotten >",
      "<SYNC Start=1000<P Class=KRCC>가<SYNC Start=2000><P Class=KRCC>&nbsp;",
      [[1000, 2000, "가"]],
    ],
    [
      "times out of order",
      "<SYNC Start=3000><P Class=KRCC>나<SYNC Start=1000><P Class=KRCC>가<SYNC Start=4000><P Class=KRCC>&nbsp;",
      [
        [1000, 3000, "가"],
        [3000, 4000, "나"],
      ],
    ],
    ["no end", "<SYNC Start=1000><P Class=KRCC>가", [[1000, 6000, "가"]]],
  ])("%s", (_, body, cues) => {
    expect(rows("smi", smi(body))).toEqual(cues);
  });

  it("reads the language that is asked for", () => {
    const text = smi(
      "<SYNC Start=1000><P Class=KRCC>안녕<P Class=EGCC>Hello<SYNC Start=2000><P Class=KRCC>&nbsp;<SYNC Start=2500><P Class=EGCC>&nbsp;",
      '<STYLE TYPE="text/css"><!--\n.KRCC {Name:한국어; lang:ko-KR; SAMIType:CC;}\n.EGCC {Name:영어; lang:en-US;}\n--></STYLE><TITLE>제목 &amp;</TITLE>',
    );
    expect(rows("smi", text)).toEqual([[1000, 2000, "안녕"]]);
    expect(rows("smi", text, "en")).toEqual([[1000, 2500, "Hello"]]);
    expect(read("smi", text).document).toMatchObject({ language: "ko-KR", title: "제목 &" });
    expect(read("smi", text).problems).toEqual([
      { line: 0, code: "other_language", message: "en-US" },
    ]);
  });

  it("says where times are missing", () => {
    const text = smi("<SYNC><P Class=KRCC>가\n<SYNC Start=1000><P Class=KRCC>나");
    expect(problems("smi", text)).toEqual(["4 bad_timing", "5 end_missing"]);
  });

  it("shows one text at a time, so that cues which overlap are joined", () => {
    const cues = [cue("가", 1000, 3000), cue("나", 2000, 4000)];
    const { text, losses } = writeSubtitles({ document: { cues }, format: "smi" });
    expect(rows("smi", text)).toEqual([
      [1000, 2000, "가"],
      [2000, 3000, "가\n나"],
      [3000, 4000, "나"],
    ]);
    expect(losses).toEqual([{ code: "overlap_joined", count: 1, cueIds: ["2000"] }]);
  });

  it("keeps the same text twice apart", () => {
    const cues = [cue("가", 1000, 2000), cue("가", 2000, 3000)];
    const { text } = writeSubtitles({ document: { cues }, format: "smi" });
    expect(rows("smi", text)).toEqual([
      [1000, 2000, "가"],
      [2000, 3000, "가"],
    ]);
  });
});

describe("TTML as it is met", () => {
  const ttml = (body: string, root = "", head = "") =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:tts="x" xml:lang="ko" ${root}>\n<tt:head>${head}</tt:head><tt:body><tt:div>${body}</tt:div></tt:body></tt:tt>`;
  const p = (times: string, text = "가") => `<tt:p ${times}>${text}</tt:p>`;

  it.each<[string, string, string, [number, number]]>([
    ["clock times", "", 'begin="00:00:01.5" end="00:00:02.250"', [1500, 2250]],
    ["frames", 'ttp:frameRate="25"', 'begin="00:00:01:05" end="00:00:02:10"', [1200, 2400]],
    [
      "frames of 29.97",
      'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"',
      'begin="30f" end="60f"',
      [1001, 2002],
    ],
    ["ticks", 'ttp:tickRate="10000000"', 'begin="15000000t" end="25000000t"', [1500, 2500]],
    ["offsets", "", 'begin="1.5s" dur="500ms"', [1500, 2000]],
    ["hours and minutes", "", 'begin="0.5h" end="31m"', [1_800_000, 1_860_000]],
    ["the sooner of two ends", "", 'begin="1s" end="5s" dur="2s"', [1000, 3000]],
  ])("%s", (_, root, times, expected) => {
    expect(rows("ttml", ttml(p(times), root))).toEqual([[...expected, "가"]]);
  });

  it("counts times from where the parent begins, and ends with it", () => {
    const text =
      '<tt><body begin="10s"><div begin="5s" end="20s"><p begin="1s" end="2s">가</p><p begin="3s">나</p></div></body></tt>';
    expect(rows("ttml", text)).toEqual([
      [16_000, 17_000, "가"],
      [18_000, 30_000, "나"],
    ]);
  });

  it.each<[string, string, string]>([
    ["white space of the file", "\n  가\n  나 <tt:br/>\n  다\n", "가 나\n다"],
    ["white space to keep", '<tt:span xml:space="preserve">  가  </tt:span>', "  가  "],
    [
      "emphasis",
      '<tt:span tts:fontStyle="italic">가</tt:span> <tt:span style="s1">나</tt:span>',
      "<i>가</i> <b><u>나</u></b>",
    ],
    [
      "emphasis taken back",
      '<tt:span style="s1">가<tt:span tts:fontWeight="normal">나</tt:span>다</tt:span>',
      "<b><u>가</u></b><u>나<b>다</b></u>",
    ],
    [
      "references and CDATA",
      "&lt;b&gt; &amp; &#xAC00; <![CDATA[<i>&amp;]]>",
      "<\u2060b> & 가 <\u2060i>&amp;",
    ],
    ["metadata inside", "<tt:metadata><ttm:desc>x</ttm:desc></tt:metadata>가", "가"],
  ])("reads %s", (_, inside, text) => {
    const head =
      '<tt:styling><tt:style xml:id="s1" tts:fontWeight="bold" tts:textDecoration="underline"/></tt:styling>';
    const [found] = rows("ttml", ttml(p('begin="1s" end="2s"', inside), "", head));
    expect(found?.[2]).toBe(text);
  });

  it("makes cues of timed spans", () => {
    const text = ttml(
      '<tt:p><tt:span begin="1s" end="2s">가</tt:span><tt:span begin="2s" end="3s">나</tt:span></tt:p>',
    );
    expect(rows("ttml", text)).toEqual([
      [1000, 2000, "가"],
      [2000, 3000, "나"],
    ]);
  });

  it("reads regions, agents and languages", () => {
    const head =
      '<ttm:agent xml:id="a"><ttm:name type="full">민수</ttm:name></ttm:agent><tt:layout><tt:region xml:id="top" tts:origin="10% 10%" tts:extent="80% 20%" tts:displayAlign="before"/><tt:region xml:id="low"><tt:style tts:origin="10% 70%"/><tt:style tts:extent="80% 20%"/><tt:style tts:displayAlign="after"/></tt:region></tt:layout>';
    const body = `${p('begin="1s" end="2s" region="top" ttm:agent="a"')}${p('begin="2s" end="3s" region="low" xml:lang="en"')}`;
    expect(read("ttml", ttml(body, "", head)).document).toMatchObject({
      language: "ko",
      cues: [{ speaker: "민수", settings: { line: 0 } }, { language: "en" }],
    });
    expect(read("ttml", ttml(body, "", head)).document.cues[1]).not.toHaveProperty("settings");
  });

  it.each<[string, string, string[]]>([
    ["what isn't TTML", "<html></html>", ["1 signature_missing", "1 no_cues"]],
    ["times that are none", ttml(p('begin="x" end="2s"')), ["3 bad_timing"]],
    ["a paragraph without times", ttml(p("")), ["3 bad_timing", "1 no_cues"]],
    ["an end that is missing", ttml(p('begin="1s"')), ["3 end_missing"]],
    ["a file cut short", '<tt><body><div>\n<p begin="1s" end="2s">가', ["2 malformed_file"]],
  ])("says where it met %s", (_, text, expected) => {
    expect(problems("ttml", text)).toEqual(expected);
  });

  it("gives back speakers, places and languages", () => {
    const document = {
      ...{ language: "ko", title: "제목 <1>" },
      cues: [
        { ...cue("가", 0, 1000), id: "1", speaker: "김 & 이", settings: { line: 0 } },
        { ...cue("  나\n\n다 ", 1000, 2000), id: "2", language: "en" },
      ],
    };
    const { text, losses } = writeSubtitles({ document, format: "ttml" });
    expect(losses).toEqual([]);
    expect(readSubtitles({ text }).document).toEqual(document);
  });
});
