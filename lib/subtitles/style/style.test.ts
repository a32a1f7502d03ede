import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assColour,
  assStyle,
  colorOf,
  defaultStyle,
  keepsToArea,
  leanOverrides,
  rgbaOf,
  safeAreas,
  sameStyle,
  shadowColor,
  styleOf,
  stylePresetNames,
  stylePresets,
  usualStyle,
} from "@/lib/subtitles/style";
import { styleOverrides, subtitleStyle } from "@/lib/subtitles/style/schema";
import type { StyleOverrides } from "@/lib/subtitles/style/types";

const fullHd = { width: 1920, height: 1080 };
const phone = { width: 1080, height: 1920 };

describe("the usual look", () => {
  it("has letters by the shorter side of the picture", () => {
    expect(usualStyle()).toBe(defaultStyle);
    expect(usualStyle(fullHd)).toBe(defaultStyle);
    const high = usualStyle(phone);
    expect(high.fontSizePercent * phone.height).toBeCloseTo(
      defaultStyle.fontSizePercent * fullHd.height,
      -2,
    );
    expect(usualStyle({ width: 1, height: 10_000 }).fontSizePercent).toBe(1);
    expect(usualStyle({ width: 0, height: 0 })).toBe(defaultStyle);
  });

  it("is what a cue has where neither it nor its track says anything else", () => {
    expect(styleOf(null, undefined, fullHd)).toEqual(defaultStyle);
    const track = { ...defaultStyle, color: "#ffcc00" };
    expect(styleOf(track, { italic: true })).toEqual({ ...track, italic: true });
  });
});

describe("presets and schema", () => {
  it.each(stylePresetNames)("%s is a style that may be kept", (name) => {
    expect(subtitleStyle.parse(stylePresets[name])).toEqual(stylePresets[name]);
  });

  it.each([
    [{ color: "#FFCC00" }, { color: "#ffcc00" }],
    [{ fontFamily: " Noto Sans KR " }, { fontFamily: "Noto Sans KR" }],
    [{ fontFamily: "맑은 고딕" }, { fontFamily: "맑은 고딕" }],
    [{}, {}],
  ])("takes %j as %j", (given, kept) => expect(styleOverrides.parse(given)).toEqual(kept));

  it.each([
    { color: "white" },
    { color: "#fff" },
    { fontFamily: "A,B" },
    { fontFamily: 'A"; x' },
    { fontFamily: "{\\b1}" },
    { fontSizePercent: 0 },
    { fontSizePercent: Number.NaN },
    { outlinePercent: 2.1 },
    { alignment: 10 },
    { alignment: 1.5 },
    { position: { xPercent: 101, yPercent: 0 } },
    { marginVerticalPercent: -1 },
    { other: 1 },
  ])("refuses %j", (given) => expect(styleOverrides.safeParse(given).success).toBe(false));
});

describe("leanOverrides", () => {
  const place = { xPercent: 50, yPercent: 90 };

  it.each<[StyleOverrides | undefined, StyleOverrides, StyleOverrides | null]>([
    [undefined, { color: "#ff0000" }, { color: "#ff0000" }],
    [{ italic: true }, { color: "#ff0000" }, { italic: true, color: "#ff0000" }],
    [{ color: "#ff0000" }, { color: "#ffffff" }, null],
    [undefined, { position: place }, { position: place }],
    [{ position: place }, { position: null }, null],
    [{ italic: true }, {}, { italic: true }],
  ])("%j with %j: %j", (had, change, kept) => {
    expect(leanOverrides(defaultStyle, had, change)).toEqual(kept);
  });

  it("says nothing that the track says already", () => {
    const placed = { ...defaultStyle, position: place };
    expect(leanOverrides(placed, undefined, { position: { ...place } })).toBeNull();
  });
});

describe("sameStyle", () => {
  it("goes by what a style says, not by the order in which it says it", () => {
    expect(sameStyle({ bold: true, color: "#fff000" }, { color: "#fff000", bold: true })).toBe(
      true,
    );
    const a = { position: { xPercent: 1, yPercent: 2 } };
    expect(sameStyle(a, { position: { yPercent: 2, xPercent: 1 } })).toBe(true);
    expect(sameStyle(a, { position: { xPercent: 2, yPercent: 1 } })).toBe(false);
    expect(sameStyle(null, {})).toBe(false);
  });
});

describe("safe areas", () => {
  it("has the usual look and the presets in theirs", () => {
    for (const area of safeAreas(fullHd)) {
      expect(keepsToArea(defaultStyle, area)).toBe(true);
      expect(keepsToArea(stylePresets.broadcast, area)).toBe(true);
    }
    const [apps] = safeAreas(phone);
    if (!apps) throw new Error("no area");
    expect(keepsToArea(stylePresets.shorts, apps)).toBe(true);
    expect(keepsToArea(defaultStyle, apps)).toBe(false);
  });

  it.each([
    [{ alignment: 8, marginVerticalPercent: 4 }, false],
    [{ alignment: 5, marginVerticalPercent: 0 }, true],
    [{ marginHorizontalPercent: 4 }, false],
    [{ position: { xPercent: 50, yPercent: 95 } }, true],
    [{ position: { xPercent: 50, yPercent: 96 } }, false],
    [{ position: { xPercent: 4, yPercent: 50 } }, false],
  ] satisfies [StyleOverrides, boolean][])("%j in television's graphics area: %j", (own, keeps) => {
    const area = safeAreas(fullHd)[1];
    expect(area && keepsToArea({ ...defaultStyle, ...own }, area)).toBe(keeps);
  });
});

describe("colours", () => {
  it("come back as they were", () => {
    const part = fc.integer({ min: 0, max: 255 });
    const rgba = fc.record({ red: part, green: part, blue: part, alpha: part });
    fc.assert(
      fc.property(rgba, (color) => {
        expect(rgbaOf(colorOf(color))).toEqual(color);
      }),
    );
  });

  it("are turned round for ASS, where 0 is opaque", () => {
    expect(assColour("#112233")).toBe("&H00332211");
    expect(assColour("#11223340")).toBe("&HBF332211");
    expect(assColour("red")).toBe("&H00FFFFFF");
    expect(shadowColor("#000000")).toBe("#00000080");
  });
});

describe("assStyle", () => {
  it("gives px of the script", () => {
    expect(assStyle(defaultStyle, fullHd)).toEqual({
      fontName: "Pretendard",
      fontSize: 65,
      primaryColour: "&H00FFFFFF",
      outlineColour: "&H00000000",
      backColour: "&H7F000000",
      bold: -1,
      italic: 0,
      borderStyle: 1,
      outline: 3.02,
      shadow: 0.97,
      alignment: 2,
      marginL: 96,
      marginR: 96,
      marginV: 54,
      position: null,
    });
  });

  it("has a box instead of an edge", () => {
    const boxed = assStyle(stylePresets.box, fullHd);
    expect(boxed).toMatchObject({ borderStyle: 3, outlineColour: "&H47000000", shadow: 0 });
    expect(boxed.outline).toBeCloseTo(8.64);
  });

  it("places a point", () => {
    const placed = { ...defaultStyle, position: { xPercent: 25, yPercent: 50 } };
    expect(assStyle(placed, fullHd).position).toEqual({ x: 480, y: 540 });
  });
});
