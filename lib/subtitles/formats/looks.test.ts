import { describe, expect, it } from "vitest";
import { type SubtitleFormat, writeSubtitles } from "@/lib/subtitles/formats";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { defaultStyle } from "@/lib/subtitles/style";
import type { StyleOverrides } from "@/lib/subtitles/style/types";

const cue = (id: string, styleOverrides?: StyleOverrides): Cue => ({
  ...{ id, startMs: 1000, endMs: 2000, text: "가" },
  ...(styleOverrides && { styleOverrides }),
});

/** A look, a cue that differs in letters, one in its place, two that look the same. */
const document: SubtitleDocument = {
  style: { ...defaultStyle, color: "#ffff00", backgroundColor: "#000000aa" },
  cues: [
    cue("a"),
    cue("b", { alignment: 8 }),
    cue("c", { color: "#ff0000", bold: false }),
    cue("d", { bold: false, color: "#ff0000" }),
    cue("e", { position: { xPercent: 25, yPercent: 75 } }),
  ],
};

const write = (format: SubtitleFormat, of = document) => writeSubtitles({ document: of, format });
const losses = (format: SubtitleFormat) =>
  Object.fromEntries(write(format).losses.map(({ code, count }) => [code, count]));

describe("how subtitles look", () => {
  it("is exact in ASS: a style a look, points in px of the picture", () => {
    const { text } = write("ass");
    expect(text.match(/^Style: .*/gm)).toEqual([
      "Style: Default,Pretendard,65,&H0000FFFF,&H000000FF,&H55000000,&H7F000000,-1,0,0,0,100,100,0,0,3,8.64,0,2,96,96,54,1",
      "Style: Look 1,Pretendard,65,&H0000FFFF,&H000000FF,&H55000000,&H7F000000,-1,0,0,0,100,100,0,0,3,8.64,0,8,96,96,54,1",
      "Style: Look 2,Pretendard,65,&H000000FF,&H000000FF,&H55000000,&H7F000000,0,0,0,0,100,100,0,0,3,8.64,0,2,96,96,54,1",
      "Style: Look 3,Pretendard,65,&H0000FFFF,&H000000FF,&H55000000,&H7F000000,-1,0,0,0,100,100,0,0,3,8.64,0,2,96,96,54,1",
    ]);
    expect(
      Array.from(text.matchAll(/0:00:02.00,([^,]*),.*,,(.*)$/gm), (m) => [m[1], m[2]]),
    ).toEqual([
      ["Default", "가"],
      ["Look 1", "가"],
      ["Look 2", "가"],
      ["Look 2", "가"],
      ["Look 3", "{\\pos(480,810)}가"],
    ]);
    expect(losses("ass")).toEqual({});
  });

  it("is in WebVTT what players may follow", () => {
    const { text } = write("vtt");
    expect(text).toContain("STYLE\n::cue {\n  color: #ffff00;\n  background-color: #000000aa;\n");
    expect(text).toContain("STYLE\n::cue(.look1) {\n  color: #ff0000;\n");
    expect(text.match(/^00:00:01.*\n.*/gm)?.map((lines) => lines.slice(29))).toEqual([
      "\n가",
      " line:0\n가",
      "\n<c.look1>가</c>",
      "\n<c.look1>가</c>",
      " line:75%,end position:25%,center\n가",
    ]);
    expect(losses("vtt")).toEqual({ look_approximated: 1 });
    const plain = writeSubtitles({ document, format: "vtt", options: { looks: false } });
    expect(plain.text).not.toMatch(/STYLE|<c/);
    expect(plain.losses.map(({ code }) => code)).toEqual(["look_dropped"]);
  });

  it("is in TTML as styles and regions", () => {
    const { text } = write("ttml");
    expect(text.match(/<style /g)).toHaveLength(4);
    expect(text).toContain(
      '<region xml:id="r1" tts:origin="5% 5%" tts:extent="90% 90%" tts:displayAlign="before"',
    );
    expect(text).toContain(
      '<region xml:id="r2" tts:origin="0% 0%" tts:extent="50% 75%" tts:displayAlign="after"',
    );
    expect(losses("ttml")).toEqual({});
  });

  it("is only a place in SRT, and nothing in plain formats", () => {
    expect(write("srt").text).toContain("{\\an8}가");
    expect(losses("srt")).toEqual({ look_dropped: 3, position_reduced: 1 });
    for (const format of ["sbv", "smi", "csv", "txt"] as const) {
      expect(losses(format)).toMatchObject({ look_dropped: 5 });
    }
  });

  it("leaves a place that the cue itself has to the cue", () => {
    const top = { ...cue("a"), settings: { line: 0 } };
    const low = { ...top, styleOverrides: { alignment: 2 as const } };
    expect(write("srt", { cues: [top, low] }).text.match(/.*가/g)).toEqual(["{\\an8}가", "가"]);
    expect(write("ass", { cues: [top, low] }).text.match(/,,0,0,0,,.*/g)).toEqual([
      ",,0,0,0,,{\\an8}가",
      ",,0,0,0,,가",
    ]);
  });
});
