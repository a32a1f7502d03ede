import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assStyle, defaultStyle, emOfLine } from "@/lib/subtitles/style";
import type { StyleOverrides } from "@/lib/subtitles/style/types";
import { captionLook } from "./caption-look";
import { type CaptionBox, stackShifts } from "./caption-stack";

const wide = { width: 1920, height: 1080 };
const high = { width: 1080, height: 1920 };
const look = (own?: StyleOverrides, picture = wide) => captionLook(null, own, picture);
const percent = (value: unknown) => Number.parseFloat(String(value));

describe("captionLook", () => {
  it("is the usual look where nothing else is said", () => {
    const { block, letters, edge } = look();
    expect(block).toMatchObject({
      bottom: "max(5cqh, var(--controls, 0px))",
      left: "5cqw",
      right: "5cqw",
      textAlign: "center",
      fontFamily: "var(--font-sans)",
      fontWeight: 700,
      lineHeight: "6cqh",
    });
    expect(letters.color).toBe("#ffffff");
    expect(letters.textShadow).toMatch(/^0.28cqh 0cqh 0 #000000, /);
    expect(block.filter).toBe("drop-shadow(0.09cqh 0.09cqh 0 #00000080)");
    expect(letters.backgroundColor).toBeUndefined();
    expect(edge).toBe("bottom");
  });

  it("has letters by the width of a high picture", () => {
    expect(look(undefined, high).block.lineHeight).toBe("3.38cqh");
  });

  it.each([
    [1, "left", "bottom"],
    [2, "center", "bottom"],
    [3, "right", "bottom"],
    [4, "left", "middle"],
    [5, "center", "middle"],
    [6, "right", "middle"],
    [7, "left", "top"],
    [8, "center", "top"],
    [9, "right", "top"],
  ] as const)("stands as key %i of the number pad does", (alignment, align, row) => {
    const { block, edge } = look({ alignment });
    expect(block.textAlign).toBe(align);
    expect(edge).toBe(row === "top" ? "top" : "bottom");
    expect(block.bottom !== undefined).toBe(row === "bottom");
    expect(block.top).toBe(row === "bottom" ? undefined : row === "top" ? "5cqh" : "50%");
  });

  it.each([
    [1, "translate(0%, -100%)", "min(80cqh, 100cqh - var(--controls, 0px))"],
    [5, "translate(-50%, -50%)", "80cqh"],
    [9, "translate(-100%, 0%)", "80cqh"],
  ] as const)("stands on a point with key %i", (alignment, transform, top) => {
    const { block, edge } = look({ alignment, position: { xPercent: 30, yPercent: 80 } });
    expect(block).toMatchObject({ left: "30cqw", top, transform, maxWidth: "90cqw" });
    expect(edge).toBeNull();
  });

  it("has a box in place of edge and shadow, as ASS has", () => {
    const { block, letters } = look({ backgroundColor: "#000000b8" });
    expect(letters).toMatchObject({ backgroundColor: "#000000b8", padding: "0.8cqh" });
    expect(letters.textShadow).toBeUndefined();
    expect(block.filter).toBeUndefined();
  });

  it("strokes letters with an edge that lets the picture through", () => {
    const { letters } = look({ outlineColor: "#00000080" });
    expect(letters).toMatchObject({ WebkitTextStroke: "0.56cqh #00000080" });
    expect(letters.textShadow).toBeUndefined();
  });

  it("draws no edge of no width", () => {
    const { block, letters } = look({ outlinePercent: 0, shadowPercent: 0 });
    expect(letters.textShadow).toBeUndefined();
    expect(block.filter).toBeUndefined();
  });

  it("asks for another font before ours", () => {
    expect(look({ fontFamily: "Noto Sans KR" }).block.fontFamily).toBe(
      '"Noto Sans KR", var(--font-sans)',
    );
  });

  it("draws letters, edges and margins as large as ASS says", () => {
    const size = fc.integer({ min: 10, max: 200 }).map((value) => value / 10);
    const edge = fc.integer({ min: 1, max: 200 }).map((value) => value / 100);
    fc.assert(
      fc.property(size, edge, fc.integer({ min: 0, max: 50 }), (line, outline, margin) => {
        const style = {
          ...defaultStyle,
          ...{ fontSizePercent: line, outlinePercent: outline, marginVerticalPercent: margin },
        };
        const ass = assStyle(style, wide);
        const css = captionLook(style, undefined, wide);
        const px = (value: unknown) => (percent(value) * wide.height) / 100;
        expect(Math.abs(px(css.block.fontSize) - ass.fontSize * emOfLine)).toBeLessThan(0.6);
        expect(Math.abs(px(css.letters.textShadow) - ass.outline)).toBeLessThan(0.02);
        const bottom = percent(String(css.block.bottom).slice("max(".length));
        expect(Math.abs((bottom * wide.height) / 100 - ass.marginV)).toBeLessThan(0.6);
      }),
    );
  });
});

describe("stackShifts", () => {
  const box = (top: number, bottom: number, more: Partial<CaptionBox> = {}): CaptionBox => ({
    ...{ top, bottom, left: 0, right: 100, edge: "bottom" },
    ...more,
  });

  it.each<[string, CaptionBox[], number[]]>([
    ["nothing", [], []],
    [
      "the first stays, later ones go up",
      [box(80, 100), box(80, 100), box(60, 100)],
      [0, -20, -40],
    ],
    ["down from the top", [box(0, 20, { edge: "top" }), box(0, 30, { edge: "top" })], [0, 20]],
    ["beside each other", [box(80, 100, { right: 40 }), box(80, 100, { left: 60 })], [0, 0]],
    ["apart already", [box(80, 100), box(40, 60)], [0, 0]],
    ["on a point", [box(80, 100), box(80, 100, { edge: null })], [0, 0]],
    ["around what is in the way", [box(80, 100), box(50, 70), box(75, 100)], [0, 0, -50]],
  ])("%s", (_, boxes, shifts) => {
    expect(stackShifts(boxes)).toEqual(shifts);
  });

  it("leaves none over another", () => {
    const any = fc.record({
      ...{ top: fc.integer({ min: 0, max: 90 }), left: fc.integer({ min: 0, max: 90 }) },
      ...{ height: fc.integer({ min: 1, max: 40 }), width: fc.integer({ min: 1, max: 60 }) },
      edge: fc.constantFrom("top" as const, "bottom" as const),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { maxLength: 6 }), (made) => {
        // All from one edge, as lines of one place are.
        const edge = made[0]?.edge ?? "bottom";
        const boxes = made.map(({ top, left, height, width }) =>
          box(top, top + height, { left, right: left + width, edge }),
        );
        const shifts = stackShifts(boxes);
        const moved = boxes.map((each, i) => ({
          ...each,
          top: each.top + (shifts[i] ?? 0),
          bottom: each.bottom + (shifts[i] ?? 0),
        }));
        for (const [i, a] of moved.entries()) {
          for (const b of moved.slice(i + 1)) {
            const apart =
              a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });
});
