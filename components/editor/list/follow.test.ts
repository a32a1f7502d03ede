import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FollowEvent, type FollowMode, nextFollow, scrollForRow } from "./follow";
import { FollowStore } from "./follow-store";

describe("nextFollow", () => {
  it.each([
    ["on", "scrolled", "paused"],
    ["paused", "scrolled", "paused"],
    ["paused", "returned", "on"],
    ["paused", "switched", "on"],
    ["on", "switched", "off"],
    ["off", "scrolled", "off"],
    ["off", "returned", "off"],
    ["off", "switched", "on"],
    ["on", "returned", "on"],
  ] as [FollowMode, FollowEvent, FollowMode][])("%s, %s: %s", (mode, event, next) => {
    expect(nextFollow(mode, event)).toBe(next);
  });
});

describe("FollowStore", () => {
  it("tells everybody once of each other mode, until they stop listening", () => {
    const store = new FollowStore();
    const list: FollowMode[] = [];
    const timeline: FollowMode[] = [];
    const stop = store.subscribe(() => list.push(store.get()));
    store.subscribe(() => timeline.push(store.get()));
    for (const event of ["returned", "switched", "scrolled"] as const) store.on(event);
    stop();
    store.on("switched");
    expect([list, timeline]).toEqual([["off"], ["off", "on"]]);
  });
});

describe("scrollForRow", () => {
  const row = (rowTopPx: number, viewTopPx: number) =>
    scrollForRow({ rowTopPx, rowHeightPx: 60, viewTopPx, viewHeightPx: 1_000 });

  it("leaves a row alone that is well in sight", () => {
    expect(row(5_120, 5_000)).toBeNull();
    expect(row(5_640, 5_000)).toBeNull();
  });

  it("brings a row above, below or at the edge to a third of the view", () => {
    expect(row(2_000, 5_000)).toBe(1_650);
    expect(row(9_000, 5_000)).toBe(8_650);
    expect(row(5_641, 5_000)).toBe(5_291);
  });

  it("doesn't scroll above the first row", () => {
    expect(row(0, 0)).toBeNull();
    expect(row(60, 0)).toBeNull();
    expect(row(100, 900)).toBe(0);
  });

  it("is settled after one move", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (top, view) => {
        const moved = row(top, view);
        return moved === null || row(top, moved) === null;
      }),
    );
  });
});
