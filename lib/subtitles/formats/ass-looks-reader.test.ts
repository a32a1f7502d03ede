import { describe, expect, it } from "vitest";
import { readSubtitles, writeSubtitles } from "@/lib/subtitles/formats";
import { withLooks } from "@/lib/subtitles/formats/ass-looks-reader";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { defaultStyle } from "@/lib/subtitles/style";
import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

const cue = (i: number, styleOverrides?: StyleOverrides): Cue => ({
  ...{ id: String(i + 1), startMs: i * 1000, endMs: i * 1000 + 500, text: "가" },
  ...(styleOverrides && { styleOverrides }),
});

/** Written and read again, beside a track that looks like `base`. */
function back(document: SubtitleDocument, base: SubtitleStyle | null) {
  const { text } = writeSubtitles({
    ...{ document, format: "ass" },
    options: { playResX: 1080, playResY: 1920 },
  });
  const { cues, style } = withLooks(readSubtitles({ text }).document, base);
  return {
    looks: cues.map((one) => one.styleOverrides),
    places: cues.map((one) => one.settings),
    style,
  };
}

const look: SubtitleStyle = {
  ...defaultStyle,
  color: "#ffff00",
  fontSizePercent: 4.37,
  bold: false,
};
const own: StyleOverrides[] = [
  { alignment: 8 },
  { color: "#ff000080" },
  { backgroundColor: "#000000aa" },
];

describe("looks of an ASS file", () => {
  it("are what was written, and the usual look is none", () => {
    expect(back({ cues: [cue(0)] }, null)).toEqual({
      looks: [undefined],
      places: [undefined],
      style: undefined,
    });
  });

  it("leave the present look to the letter where the file says the same", () => {
    const cues = [cue(0), cue(1), cue(2), cue(3), ...own.map((one, i) => cue(4 + i, one))];
    const read = back({ cues, style: look }, look);
    expect(read.style).toEqual(look);
    expect(read.looks).toEqual(cues.map((one) => one.styleOverrides));
    expect(read.places).toEqual(cues.map(() => undefined));
  });

  it("become the track's where they are others", () => {
    const { style } = back({ cues: [cue(0)], style: look }, null);
    expect(style).toMatchObject({ color: "#ffff00", bold: false, alignment: 2 });
    expect(style?.fontSizePercent).toBeCloseTo(4.37, 1);
  });

  it("take the style of most cues for the track's, and old files as they are", () => {
    const text =
      "[Script Info]\nPlayResX: 640\nPlayResY: 360\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, BorderStyle, Outline, Alignment, MarginV\nStyle: Default,Arial,20,&H00FFFFFF,1,2,2,10\nStyle: Main,맑은 고딕,36,&H0000FFFF,1,1.8,2,18\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:00.00,0:00:01.00,Main,,0,0,0,,가\nDialogue: 0,0:00:01.00,0:00:02.00,Main,,0,0,0,,나\nDialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\an8}다\n";
    const { style, cues } = withLooks(readSubtitles({ text }).document, null);
    expect(style).toMatchObject({
      ...{ fontFamily: "맑은 고딕", fontSizePercent: 10, color: "#ffff00", outlinePercent: 0.5 },
      marginVerticalPercent: 5,
    });
    expect(cues.map((one) => one.styleOverrides?.color)).toEqual([undefined, undefined, "#ffffff"]);
    expect(cues.map((one) => one.settings)).toEqual([undefined, undefined, { line: 0 }]);
    const old =
      "[V4 Styles]\nFormat: Name, Alignment\nStyle: Default,6\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,a\n";
    const document = readSubtitles({ text: old }).document;
    expect(withLooks(document, null)).toBe(document);
  });
});
