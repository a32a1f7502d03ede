import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultStyle, rgbaOf, stylePresetNames, stylePresets } from "@/lib/subtitles/style";
import { subtitleStyle } from "@/lib/subtitles/style/schema";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { alignmentByKey } from "./alignment-grid";
import { readColor } from "./color-row";
import { contrastRatio, legibilityOf } from "./contrast";
import { movedPoint, pointOf } from "./point";
import { draftedOverrides, draftedTrack } from "./style-draft";
import { presetOn, stylesTogether } from "./styles-together";

const cue = (id: string, styleOverrides?: Partial<SubtitleStyle>) => ({
  ...{ id, startMs: 0, endMs: 1_000, text: id },
  ...(styleOverrides && { styleOverrides }),
});

describe("stylesTogether", () => {
  it("says what cues have in common and what not", () => {
    const cues = [cue("a"), cue("b", { bold: false, italic: true }), cue("c", { bold: false })];
    const { style, mixed, own } = stylesTogether(cues, defaultStyle);
    expect(style).toEqual(defaultStyle);
    expect([...mixed].sort()).toEqual(["bold", "italic"]);
    expect([...own].sort()).toEqual(["bold", "italic"]);
    const alike = stylesTogether(
      [cue("b", { bold: false }), cue("c", { bold: false })],
      defaultStyle,
    );
    expect(alike.style.bold).toBe(false);
    expect(alike.mixed.size).toBe(0);
  });

  it("compares places by what they are", () => {
    const at = (x: number) => cue(String(x), { position: { xPercent: x, yPercent: 50 } });
    expect(stylesTogether([at(1), at(1)], defaultStyle).mixed.size).toBe(0);
    expect([...stylesTogether([at(1), at(2)], defaultStyle).mixed]).toEqual(["position"]);
  });
});

describe("presetOn", () => {
  it.each(stylePresetNames)("%s is a look on every picture", (name) => {
    expect(presetOn(name, { width: 1920, height: 1080 })).toEqual(stylePresets[name]);
    const high = presetOn(name, { width: 1080, height: 1920 });
    expect(subtitleStyle.safeParse(high).success).toBe(true);
    if (name === "shorts") expect(high).toEqual(stylePresets.shorts);
    else expect(high.fontSizePercent).toBeLessThan(stylePresets[name].fontSizePercent * 0.6);
  });
});

describe("contrast", () => {
  it.each([
    ["#ffffff", "#000000", 21],
    ["#777777", "#ffffff", 4.48],
    ["#ffff00", "#000000", 19.56],
  ])("of %s on %s is %d", (a, b, ratio) => {
    expect(contrastRatio(rgbaOf(a), rgbaOf(b))).toBeCloseTo(ratio, 1);
    expect(contrastRatio(rgbaOf(b), rgbaOf(a))).toBeCloseTo(ratio, 1);
  });

  it.each<[string, Partial<SubtitleStyle>, string]>([
    ["the usual look", {}, "good"],
    ["grey on black's edge", { color: "#444444" }, "contrast"],
    ["no edge", { outlinePercent: 0 }, "bare"],
    ["a box", { outlinePercent: 0, backgroundColor: "#000000" }, "good"],
    ["a box that is hardly there", { backgroundColor: "#00000020" }, "bare"],
    ["a white box", { backgroundColor: "#ffffff" }, "contrast"],
  ])("%s", (_, own, kind) => {
    expect(legibilityOf({ ...defaultStyle, ...own }).kind).toBe(kind);
  });

  it.each(stylePresetNames)("%s can be read", (name) => {
    expect(legibilityOf(stylePresets[name]).kind).toBe("good");
  });
});

describe("alignmentByKey", () => {
  it.each([
    ["ArrowLeft", 5, 4],
    ["ArrowRight", 5, 6],
    ["ArrowUp", 5, 8],
    ["ArrowDown", 5, 2],
    ["ArrowDown", 2, 2],
    ["ArrowLeft", 1, 1],
    ["7", 2, 7],
    ["x", 2, undefined],
    ["0", 2, undefined],
  ] as const)("%s from %i", (key, from, to) => {
    expect(alignmentByKey(key, from)).toBe(to);
  });
});

describe("readColor", () => {
  it.each([
    ["#FFF", "#ffffff"],
    ["0a0b0c", "#0a0b0c"],
    [" #000000B8 ", "#000000b8"],
    ["#ffffffff", "#ffffff"],
    ["red", null],
    ["#12345", null],
    ["", null],
  ])("%s", (text, color) => {
    expect(readColor(text)).toBe(color);
  });
});

describe("points", () => {
  it("begin where lines stand by their margins", () => {
    expect(pointOf(defaultStyle)).toEqual({ xPercent: 50, yPercent: 95 });
    expect(pointOf({ ...defaultStyle, alignment: 7 })).toEqual({ xPercent: 5, yPercent: 5 });
    expect(pointOf({ ...defaultStyle, alignment: 6 })).toEqual({ xPercent: 95, yPercent: 50 });
  });

  it("stay on the picture", () => {
    const percent = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(percent, percent, (x, y) => {
        const position = movedPoint({ xPercent: 50, yPercent: 50 }, x, y);
        expect(subtitleStyle.safeParse({ ...defaultStyle, position }).success).toBe(true);
      }),
    );
  });
});

describe("what is tried out", () => {
  const change = { bold: false };
  it("shows on the track, or on the cues that it is about", () => {
    const track = { change, cueIds: null };
    const cues = { change, cueIds: new Set(["a"]) };
    expect(draftedTrack(null, track, defaultStyle)).toEqual({ ...defaultStyle, bold: false });
    expect(draftedTrack(null, cues, defaultStyle)).toBeNull();
    expect(draftedOverrides({ italic: true }, "a", cues)).toEqual({ italic: true, bold: false });
    expect(draftedOverrides(undefined, "b", cues)).toBeUndefined();
    expect(draftedOverrides(undefined, "a", track)).toBeUndefined();
  });
});
