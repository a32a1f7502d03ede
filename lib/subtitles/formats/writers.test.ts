import { describe, expect, it } from "vitest";
import { type LossCode, type SubtitleFormat, writeSubtitles } from "@/lib/subtitles/formats";
import type { WriteOptions } from "@/lib/subtitles/formats/types";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";

const cue = (text: string, more: Partial<Cue> = {}): Cue => ({
  id: "a",
  startMs: 1000,
  endMs: 2000,
  text,
  ...more,
});

/** What stands after the header: the one cue. */
function body(format: SubtitleFormat, one: Cue, options: WriteOptions = {}): string {
  const { text } = writeSubtitles({ document: { cues: [one] }, format, options });
  return text.slice(format === "ass" ? text.indexOf("Dialogue:") : format === "vtt" ? 8 : 0);
}

function losses(format: SubtitleFormat, document: SubtitleDocument, options: WriteOptions = {}) {
  const found = writeSubtitles({ document, format, options }).losses;
  return Object.fromEntries(found.map(({ code, count }) => [code, count]));
}

describe("SRT", () => {
  it.each<[string, string, string]>([
    ["plain lines", "안녕\n하세요", "안녕\n하세요"],
    ["light tags", "<i>안녕</i>", "<i>안녕</i>"],
    ["tags that aren't closed", "<i>안녕", "<i>안녕</i>"],
    ["blank lines", "\n가\n \n\n나\n", "가\n나"],
    ["an arrow", "가 --> 나", "가 --\u2060> 나"],
    ["what players take for a tag", "<font> 1 < 2 <3", "<\u2060font> 1 < 2 <3"],
    ["what players take for an override", "{\\an8}가 {나}", "{\u2060\\an8}가 {나}"],
    ["what becomes a space on the way to ASS", "C:\\new \\x", "C:\\\u2060new \\x"],
    ["controls and old line ends", "가\r나\u0000\u0007다", "가\n나다"],
    ["half a surrogate pair", "가\ud800", "가\ufffd"],
  ])("writes %s", (_, text, written) => {
    expect(body("srt", cue(text))).toBe(`1\n00:00:01,000 --> 00:00:02,000\n${written}\n`);
  });

  it("sorts, renumbers, and leaves out cues without text", () => {
    const document = {
      cues: [
        cue("둘", { id: "b", startMs: 360_000_001, endMs: 360_000_002 }),
        cue("<b></b> \n", { id: "c", startMs: 5 }),
        cue("하나", { id: "d", startMs: 7, endMs: 7 }),
      ],
    };
    expect(writeSubtitles({ document, format: "srt" }).text).toBe(
      "1\n00:00:00,007 --> 00:00:00,008\n하나\n\n2\n100:00:00,001 --> 100:00:00,002\n둘\n",
    );
    expect(losses("srt", document)).toEqual({ empty_cue_dropped: 1, duration_raised: 1 });
  });

  it("puts speakers into the text only when asked", () => {
    const one = cue("안녕", { speaker: "민수" });
    expect(body("srt", one)).toContain("\n안녕\n");
    expect(losses("srt", { cues: [one] })).toEqual({ speaker_dropped: 1 });
    expect(body("srt", one, { speakers: true })).toContain("\n민수: 안녕\n");
    expect(losses("srt", { cues: [one] }, { speakers: true })).toEqual({});
  });

  it("knows nine places", () => {
    expect(body("srt", cue("가", { settings: { line: 0 } }))).toContain("\n{\\an8}가\n");
    const settings = { line: 85, lineIsPercent: true, align: "left", size: 40 } as const;
    expect(body("srt", cue("가", { settings }))).toContain("\n{\\an1}가\n");
    expect(losses("srt", { cues: [cue("가", { settings })] })).toEqual({ position_reduced: 1 });
  });
});

describe("WebVTT", () => {
  it.each<[string, string, string]>([
    [
      "what it would read as code",
      "1 < 2 & 3 > 2 --> <b>",
      "1 &lt; 2 &amp; 3 &gt; 2 --&gt; <b></b>",
    ],
    ["a literal tag", "<\u2060b>", "&lt;b&gt;"],
    ["blank lines", "\n\n가\n\n\n나\n", "가\n나"],
    ["lines of spaces", "가\n \n나", "가\n \n나"],
  ])("writes %s", (_, text, written) => {
    expect(body("vtt", cue(text))).toBe(`00:00:01.000 --> 00:00:02.000\n${written}\n`);
  });

  it("writes identifiers, settings and speakers", () => {
    const one = cue("가", {
      sourceId: "intro",
      speaker: "김 & 이",
      settings: { align: "start", line: -2, position: 12.5, positionAlign: "line-left", size: 50 },
    });
    expect(body("vtt", one)).toBe(
      "intro\n00:00:01.000 --> 00:00:02.000 line:-2 position:12.5%,line-left size:50% align:start\n<v 김 &amp; 이>가\n",
    );
    expect(body("vtt", one, { speakers: false })).toMatch(/\n가\n$/);
  });

  it("leaves out what WebVTT forbids, and says so", () => {
    const document: SubtitleDocument = {
      headers: [
        { format: "vtt", kind: "style", text: "a --> b" },
        { format: "vtt", kind: "note", text: "kept" },
        { format: "ass", kind: "info", name: "Script Info", text: "" },
      ],
      cues: [
        cue("가", { sourceId: "x", settings: { region: "nowhere", line: 1e300 } }),
        cue("나", { sourceId: "x", endMs: 1000, style: "Big" }),
      ],
    };
    expect(writeSubtitles({ document, format: "vtt" }).text).toBe(
      "WEBVTT\n\nNOTE\nkept\n\nx\n00:00:01.000 --> 00:00:02.000\n가\n\n00:00:01.000 --> 00:00:01.001\n나\n",
    );
    expect(losses("vtt", document)).toEqual({
      header_dropped: 2,
      position_reduced: 1,
      duration_raised: 1,
      style_dropped: 1,
      identifier_dropped: 1,
    } satisfies Partial<Record<LossCode, number>>);
  });

  it("writes a title that can't end the header", () => {
    const { text } = writeSubtitles({
      document: { cues: [], title: "가\n-->" },
      format: "vtt",
    });
    expect(text).toBe("WEBVTT - 가 ->\n");
  });
});

describe("ASS", () => {
  const event = (text: string, start = "0:00:01.00", end = "0:00:02.00") =>
    `Dialogue: 0,${start},${end},Default,,0,0,0,,${text}\n`;

  it.each<[string, string, string]>([
    ["lines and tags", "<b>가</b>\n나", "{\\b1}가{\\b0}\\N나"],
    ["blank lines", "가\n\n나", "가\\N\\N나"],
    ["braces and backslashes", "{가} \\N \\h", "｛가｝ \\\u2060N \\\u2060h"],
    ["a literal tag", "<\u2060b> & <", "<b> & <"],
  ])("writes %s", (_, text, written) => {
    expect(body("ass", cue(text))).toBe(event(written));
  });

  it("rounds both ends, keeps touching cues touching, and lets none vanish", () => {
    const times = [
      [1996, 2004],
      [2004, 2996],
      [3000, 3004],
      [3004, 3009],
      [3009, 5000],
    ];
    const document = {
      cues: times.map(([startMs = 0, endMs = 0], i) =>
        cue("가", { id: String(i), startMs, endMs }),
      ),
    };
    const { text } = writeSubtitles({ document, format: "ass" });
    const written = Array.from(text.matchAll(/Dialogue: 0,([^,]+),([^,]+)/g), (m) => [m[1], m[2]]);
    expect(written).toEqual([
      ["0:00:02.00", "0:00:02.01"],
      ["0:00:02.01", "0:00:03.00"],
      ["0:00:03.00", "0:00:03.01"],
      ["0:00:03.01", "0:00:03.02"],
      ["0:00:03.02", "0:00:05.00"],
    ]);
    expect(losses("ass", document)).toEqual({ duration_raised: 3, time_rounded: 2 });
  });

  it("sizes its style by the picture", () => {
    const { text } = writeSubtitles({
      document: { cues: [] },
      format: "ass",
      options: { playResX: 640, playResY: 360, fontName: "A,B", title: "제목\nX: y" },
    });
    expect(text).toContain("Title: 제목 X: y\n");
    expect(text).toContain("PlayResX: 640\nPlayResY: 360\n");
    expect(text).toContain("Style: Default,A，B,22,");
    expect(
      text
        .split("\n")
        .find((line) => line.startsWith("Style:"))
        ?.split(","),
    ).toHaveLength(23);
  });

  it("keeps commas out of the name", () => {
    const one = cue("가", { speaker: "김, 민수" });
    expect(body("ass", one)).toContain(",Default,김， 민수,0,0,0,,가");
    expect(losses("ass", { cues: [one] })).toEqual({ speaker_altered: 1 });
  });
});

describe("every format", () => {
  const document = { cues: [cue("<b>가</b>\n나"), cue("다", { id: "b" })] };

  it.each(["srt", "vtt", "ass"] as const)("%s takes a byte order mark and CRLF", (format) => {
    const plain = writeSubtitles({ document, format }).text;
    const options = { bom: true, lineEnd: "crlf" } as const;
    const windows = writeSubtitles({ document, format, options }).text;
    expect(windows).toBe(`\ufeff${plain.replaceAll("\n", "\r\n")}`);
  });

  it("lists the cues of a loss, but not without end", () => {
    const cues = Array.from({ length: 150 }, (_, i) => cue("", { id: String(i) }));
    const [loss] = writeSubtitles({ document: { cues }, format: "srt" }).losses;
    expect(loss?.count).toBe(150);
    expect(loss?.cueIds).toHaveLength(100);
  });
});
