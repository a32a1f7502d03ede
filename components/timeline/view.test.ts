import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closestMsPerPx,
  fitted,
  inSight,
  msAt,
  paged,
  possible,
  reshaped,
  revealed,
  scrolled,
  type TimelineView,
  toMs,
  widestMsPerPx,
  withPlayhead,
  xOf,
  zoomed,
} from "./view";

const view = fc
  .record({
    fromMs: fc.double({ min: -1e6, max: 5e7, noNaN: true }),
    msPerPx: fc.double({ min: 1e-4, max: 1e5, noNaN: true }),
    widthPx: fc.integer({ min: 100, max: 4_000 }),
    extentMs: fc.integer({ min: 1, max: 43_200_000 }),
  })
  .map(possible);
const share = fc.double({ min: 0, max: 1, noNaN: true });

function expectPossible(next: TimelineView) {
  expect(next.fromMs).toBeGreaterThanOrEqual(0);
  expect(next.msPerPx).toBeGreaterThanOrEqual(closestMsPerPx);
  expect(next.msPerPx).toBeLessThanOrEqual(widestMsPerPx(next));
  expect(possible(next)).toEqual(next);
}

describe("a timeline's view", () => {
  it("turns times into places and back", () => {
    fc.assert(
      fc.property(view, share, (one, at) => {
        const x = at * one.widthPx;
        expect(xOf(one, msAt(one, x))).toBeCloseTo(x, 3);
      }),
    );
  });

  it("keeps the time under the pointer while it zooms, where there is room", () => {
    fc.assert(
      fc.property(view, share, fc.double({ min: 0.2, max: 5, noNaN: true }), (one, at, factor) => {
        const x = at * one.widthPx;
        const next = zoomed(one, factor, x);
        expectPossible(next);
        const atEdge =
          next.fromMs === 0 || next.fromMs === possible({ ...next, fromMs: 1e12 }).fromMs;
        if (!atEdge) expect(xOf(next, msAt(one, x))).toBeCloseTo(x, 2);
      }),
    );
  });

  it("stays within the video however it is moved", () => {
    fc.assert(
      fc.property(view, fc.integer({ min: -1e6, max: 1e6 }), share, (one, px, at) => {
        expectPossible(scrolled(one, px));
        expectPossible(paged(one, at * one.extentMs));
        expectPossible(reshaped(one, { widthPx: Math.max(100, Math.abs(px) % 3_000) }));
        const all = fitted(one);
        expectPossible(all);
        expect(all.fromMs).toBe(0);
        expect(toMs(all)).toBeGreaterThanOrEqual(one.extentMs * 0.999);
      }),
    );
  });

  it("always has the playhead in sight when it follows", () => {
    fc.assert(
      fc.property(view, share, (one, at) => {
        const ms = at * one.extentMs;
        expect(inSight(paged(one, ms), ms)).toBe(true);
      }),
    );
  });

  const minute = possible({ fromMs: 0, msPerPx: 60, widthPx: 1_000, extentMs: 600_000 });

  it("turns a page at its end and stays still before", () => {
    expect(paged(minute, 30_000)).toBe(minute);
    const next = paged(minute, 58_000);
    expect(next.fromMs).toBeCloseTo(58_000 - 4_800);
    expect(paged(next, 58_100)).toBe(next);
  });

  it("does not turn pages at the end of the video", () => {
    const last = possible({ ...minute, fromMs: 600_000 });
    expect(paged(last, 599_900)).toBe(last);
  });

  it("brings a stretch into the middle when it is out of sight", () => {
    expect(revealed(minute, 10_000, 12_000)).toBe(minute);
    const next = revealed(minute, 200_000, 210_000);
    expect(xOf(next, 205_000)).toBeCloseTo(500);
    const long = revealed(minute, 200_000, 400_000);
    expect(xOf(long, 200_000)).toBeCloseTo(0);
  });
});

describe("withPlayhead", () => {
  const minute = possible({ fromMs: 0, msPerPx: 60, widthPx: 1_000, extentMs: 600_000 });
  const at = (ms: number, playing: boolean, followed = true) =>
    withPlayhead(minute, ms, { playing, followed });

  it("turns pages while it plays, and looks for a playhead that was put elsewhere", () => {
    expect(at(58_000, true)).toEqual(paged(minute, 58_000));
    expect(at(58_000, false)).toBe(minute);
    expect(at(300_000, false)).toEqual(revealed(minute, 300_000, 300_000));
  });

  it("is the same view where following is off, wherever the playhead is", () => {
    for (const ms of [0, 58_000, 300_000]) {
      for (const playing of [true, false]) expect(at(ms, playing, false)).toBe(minute);
    }
  });
});
