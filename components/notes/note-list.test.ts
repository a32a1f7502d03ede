import { describe, expect, it } from "vitest";
import type { NoteView } from "@/lib/notes/schema";
import { openNotesOf, placedNotes } from "./note-list";

const note = (id: string, cueId: string, startMs: number, more: Partial<NoteView> = {}) => ({
  ...{ id, cueId, startMs, text: id, author: null, mine: false },
  ...{ at: `2026-11-27T0${id.length}:00:00.000Z`, editedAt: null, resolved: null },
  ...more,
});
const resolved = { at: "2026-11-27T09:00:00.000Z", by: null };

const notes = [
  note("a", "one", 5_000),
  note("bb", "two", 1_000, { resolved }),
  note("ccc", "gone", 3_000),
  note("dddd", "one", 5_000),
];
const startOf = (cueId: string) => ({ one: 2_000, two: 9_000 })[cueId];

describe("notes in their places", () => {
  it.each([
    ["open", ["a", "dddd", "ccc"]],
    ["resolved", ["bb"]],
    ["all", ["a", "dddd", "ccc", "bb"]],
  ] as const)("%s", (filter, ids) => {
    expect(placedNotes(notes, filter, startOf).map(({ note: { id } }) => id)).toEqual(ids);
  });

  it("keep the time of a cue that is gone", () => {
    const [gone] = placedNotes(notes, "open", startOf).filter((each) => each.gone);
    expect(gone).toMatchObject({ startMs: 3_000, note: { id: "ccc" } });
  });
});

it("open ones are counted by cue", () => {
  expect(["one", "two", "gone", "none"].map((id) => openNotesOf(notes, id))).toEqual([2, 0, 1, 0]);
});
