import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fittingSizes,
  type PaneName,
  type PaneSizes,
  paneLimits,
  readSizes,
  usualSizes,
} from "./panes";

const rooms = fc.record({
  width: fc.integer({ min: 1024, max: 4000 }),
  height: fc.integer({ min: 560, max: 2200 }),
});
const anySizes = fc.record(
  {
    list: fc.integer({ min: -100, max: 5000 }),
    inspector: fc.integer({ min: -100, max: 5000 }),
    inspectorBelow: fc.integer({ min: -100, max: 5000 }),
    timeline: fc.integer({ min: -100, max: 5000 }),
  },
  { requiredKeys: [] },
);

describe("sizes of panes", () => {
  it("leave room for the picture in every window", () => {
    fc.assert(
      fc.property(rooms, anySizes, (room, wanted) => {
        const { list, inspector, inspectorBelow, timeline } = fittingSizes(wanted, room);
        const beside = room.width >= 1200;
        expect(room.width - list - (beside ? inspector : 0)).toBeGreaterThanOrEqual(448);
        expect(room.height - timeline - (beside ? 0 : inspectorBelow)).toBeGreaterThanOrEqual(250);
      }),
    );
  });

  it("of another time give way to the picture", () => {
    const wanted = { list: 700, inspector: 300, inspectorBelow: 300, timeline: 374 };
    expect(fittingSizes(wanted, { width: 1024, height: 664 })).toMatchObject({
      ...{ list: 576, inspectorBelow: 96, timeline: 318 },
    });
    expect(fittingSizes(wanted, { width: 1280, height: 616 })).toMatchObject({
      ...{ list: 568, inspector: 264, timeline: 366 },
    });
  });

  it("stay as they are when they fit", () => {
    fc.assert(
      fc.property(rooms, anySizes, (room, wanted) => {
        const once = fittingSizes(wanted, room);
        expect(fittingSizes(once, room)).toEqual(once);
      }),
    );
  });

  it("keep within what a person can set", () => {
    fc.assert(
      fc.property(rooms, anySizes, (room, wanted) => {
        const sizes = fittingSizes(wanted, room);
        for (const pane of Object.keys(sizes) as PaneName[]) {
          const { min, max } = paneLimits(pane, sizes, room);
          expect(sizes[pane]).toBeGreaterThanOrEqual(min);
          expect(sizes[pane]).toBeLessThanOrEqual(max);
        }
      }),
    );
  });

  it("fit small laptops as they come", () => {
    for (const room of [
      { width: 1280, height: 612 },
      { width: 1440, height: 792 },
      { width: 1920, height: 972 },
    ]) {
      expect(fittingSizes({}, room)).toEqual(usualSizes(room));
    }
  });
});

describe("remembered sizes", () => {
  it("are read, and nothing else is", () => {
    const sizes: Partial<PaneSizes> = { list: 400, timeline: 120 };
    expect(readSizes(JSON.stringify(sizes))).toEqual(sizes);
    expect(readSizes('{"list":"wide","other":3,"timeline":90}')).toEqual({ timeline: 90 });
    for (const text of ["", "null", "[]", "7", "{", '{"list":null}']) {
      expect(readSizes(text), text).toEqual({});
    }
  });
});
