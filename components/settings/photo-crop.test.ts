import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { photoCropSchema } from "@/lib/accounts/schema";
import { greatestZoom, leastPhotoPx, photoCrop } from "./photo-crop";

describe("greatestZoom", () => {
  it.each([
    [{ width: 64, height: 64 }, 1],
    [{ width: 10, height: 4000 }, 1],
    [{ width: 128, height: 4000 }, 2],
    [{ width: 4000, height: 3000 }, 5],
  ])("of %j is %d", (picture, zoom) => {
    expect(greatestZoom(picture)).toBe(zoom);
  });
});

describe("photoCrop", () => {
  it.each([
    [
      { x: 10, y: 20, width: 300, height: 300 },
      { x: 10, y: 20, size: 300 },
    ],
    [
      { x: 10.4, y: 20.6, width: 300.4, height: 300.2 },
      { x: 10, y: 21, size: 300 },
    ],
    // Rounded sides that differ: the shorter one counts.
    [
      { x: 0, y: 0, width: 301, height: 300 },
      { x: 0, y: 0, size: 300 },
    ],
    // Pushed back inside.
    [
      { x: 799, y: 599, width: 100, height: 100 },
      { x: 700, y: 500, size: 100 },
    ],
    [
      { x: -3, y: -1, width: 100, height: 100 },
      { x: 0, y: 0, size: 100 },
    ],
    [
      { x: 0, y: 0, width: 900, height: 900 },
      { x: 0, y: 0, size: 600 },
    ],
  ])("%j", (area, crop) => {
    expect(photoCrop(area, { width: 800, height: 600 })).toEqual(crop);
  });

  it("always answers a square within the picture that the server takes", () => {
    const side = fc.integer({ min: leastPhotoPx, max: 20_000 });
    const picture = fc.record({ width: side, height: side });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(picture, part, part, part, (shown, left, top, zoomed) => {
        const zoom = 1 + zoomed * (greatestZoom(shown) - 1);
        const size = Math.min(shown.width, shown.height) / zoom;
        const area = {
          x: left * (shown.width - size),
          y: top * (shown.height - size),
          width: size,
          height: size,
        };
        const crop = photoCrop(area, shown);
        expect(photoCropSchema.safeParse(crop).success).toBe(true);
        expect(crop.x + crop.size).toBeLessThanOrEqual(shown.width);
        expect(crop.y + crop.size).toBeLessThanOrEqual(shown.height);
        expect(crop.size).toBeGreaterThanOrEqual(leastPhotoPx - 1);
        expect(Math.abs(crop.x - area.x)).toBeLessThanOrEqual(1);
        expect(Math.abs(crop.y - area.y)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
