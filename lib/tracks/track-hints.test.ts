import { expect, it } from "vitest";
import { trackChanges } from "./sync-schema";
import { TrackHints } from "./track-hints";

const nothing = { looksAt: { edits: false, presence: false, access: false }, changed: [] };

it("looks at edits and people first, and then only at what it is told of", () => {
  const hints = new TrackHints("a");
  expect(hints.drain().looksAt).toEqual({ edits: true, presence: true, access: false });
  expect(hints.drain()).toEqual(nothing);
  expect([hints.take("b edits"), hints.take("a edits"), hints.take("a changed notes")]).toEqual([
    ...[false, true, true],
  ]);
  expect(hints.take("a changed something-new")).toBe(true);
  expect(hints.drain()).toEqual({
    looksAt: { edits: true, presence: false, access: false },
    changed: ["notes"],
  });
  hints.take("a presence");
  hints.take("a changed access");
  expect(hints.drain()).toEqual({
    looksAt: { edits: false, presence: true, access: true },
    changed: ["access"],
  });
  expect(hints.drain()).toEqual(nothing);
});

it("looks at everything where notifications may have been lost", () => {
  const hints = new TrackHints("a");
  hints.drain();
  hints.take("");
  expect(hints.drain()).toEqual({
    looksAt: { edits: true, presence: true, access: true },
    changed: trackChanges,
  });
});
