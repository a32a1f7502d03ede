import { describe, expect, it } from "vitest";
import { changeSettingsInput } from "@/lib/editor-settings/schema";
import { addNoteInput } from "@/lib/notes/schema";
import { ignoreInput } from "./ignored-schema";
import { presenceInput } from "./sync-schema";

const cueId = "a\u0000\ud800";
const kept = "a\ufffd";

/** The database takes neither NUL nor halves of characters. */
describe("a cue's id as anybody may send it", () => {
  it("is kept in a note without what the database refuses", () => {
    expect(addNoteInput.parse({ cueId, startMs: 0, text: "글" }).cueId).toBe(kept);
    expect(addNoteInput.safeParse({ cueId: "\u0000", startMs: 0, text: "글" }).success).toBe(false);
  });

  it("is kept in a place and a decision without it", () => {
    const place = { clientId: "12345678", writing: false, ms: 0 };
    expect(presenceInput.parse({ ...place, cueId }).cueId).toBe(kept);
    const finding = { key: "overlap:a", code: "overlap", cueId };
    const input = { findings: [finding], reason: "노래" };
    expect(ignoreInput.parse(input).findings[0]?.cueId).toBe(kept);
  });

  it("isn't the only one: no key of a keyboard has it", () => {
    for (const [chord, taken] of [
      ["Mod+ㅋ", true],
      ["Mod+\u0000", false],
      ["\udc00", false],
    ] as const) {
      const change = { keys: { "cue.split": [chord] } };
      expect(changeSettingsInput.safeParse(change).success).toBe(taken);
    }
  });
});
