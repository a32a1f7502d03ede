import { describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { applyOperation, type EditOperation } from "@/lib/subtitles/operations";
import { maxBatch, maxCueText, maxTrackCues } from "@/lib/subtitles/operations/limits";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import { editOperation } from "./operation-schema";
import { maxEditBytes } from "./schema";

const cue = { id: "a", startMs: 0, endMs: 1_000, text: "글" };
const style: SubtitleStyle = {
  fontFamily: "Pretendard",
  fontSizePercent: 5.2,
  bold: true,
  italic: false,
  color: "#ffffff",
  outlineColor: "#000000cc",
  outlinePercent: 0.3,
  shadowPercent: 0,
  backgroundColor: null,
  alignment: 2,
  marginVerticalPercent: 6,
  marginHorizontalPercent: 5,
  position: { xPercent: 50, yPercent: 90 },
};
const takes = (operation: unknown) => editOperation.safeParse(operation).success;

describe("what a browser may send", () => {
  it.each([
    [{ kind: "setText", cueId: "a", text: "글" }],
    [{ kind: "setTimes", cueId: "a", startMs: 0, endMs: 1 }],
    [{ kind: "setSpeaker", cueId: "a", speaker: null }],
    [{ kind: "setSpeaker", cueId: "a", speaker: "job-1" }],
    [{ kind: "setStyle", cueId: "a", style: null }],
    [{ kind: "setStyle", cueId: "a", style: { color: "#ffcc00", position: null } }],
    [{ kind: "setTrackStyle", style: null }],
    [{ kind: "setTrackStyle", style }],
    [{ kind: "insertCue", cue }],
    [{ kind: "removeCue", cueId: "a" }],
    [{ kind: "replaceCues", remove: ["a"], insert: [cue, { ...cue, id: "a~2" }] }],
    [{ kind: "batch", operations: [{ kind: "removeCue", cueId: "a" }] }],
  ])("takes %j", (operation) => expect(takes(operation)).toBe(true));

  it("takes a cue back with all that it had", () => {
    const whole = {
      ...cue,
      speaker: "job-1",
      language: "en-GB",
      style: "Default",
      styleOverrides: { italic: true, position: { xPercent: 10, yPercent: 20 } },
      sourceId: "  7",
      settings: { line: -1, align: "start", region: "r" },
      words: [{ text: "글", startMs: 0, endMs: 900, confidence: 0.5, doubts: ["guess"], chunk: 3 }],
      provenance: {
        origin: "translation",
        engine: "deepl",
        model: "quality",
        at: "2026-11-30T00:00:00.000Z",
        chunks: [0, 1],
        terms: ["Raft"],
        translation: { sourceCueId: "s", sourceText: "글", way: "part", shortened: true },
      },
    };
    const parsed = editOperation.parse({ kind: "insertCue", cue: whole });
    expect(parsed).toEqual({ kind: "insertCue", cue: whole });
  });

  it.each([
    ["the whole track", { kind: "replace", version: 1 }],
    ["a batch in a batch", { kind: "batch", operations: [{ kind: "batch", operations: [] }] }],
    ["an empty batch", { kind: "batch", operations: [] }],
    ["an end before the start", { kind: "setTimes", cueId: "a", startMs: 5, endMs: 5 }],
    ["half a millisecond", { kind: "setTimes", cueId: "a", startMs: 0.5, endMs: 5 }],
    ["a time below 0", { kind: "setTimes", cueId: "a", startMs: -1, endMs: 5 }],
    ["a time after 100 days", { kind: "setTimes", cueId: "a", startMs: 0, endMs: 8_640_000_001 }],
    ["a novel", { kind: "setText", cueId: "a", text: "글".repeat(maxCueText + 1) }],
    ["a cue without a name", { kind: "insertCue", cue: { ...cue, id: " " } }],
    ["what a cue hasn't", { kind: "insertCue", cue: { ...cue, ownerId: "x" } }],
    ["a colour by name", { kind: "setStyle", cueId: "a", style: { color: "red" } }],
    [
      "a font that ends a field",
      { kind: "setTrackStyle", style: { ...style, fontFamily: "A, B" } },
    ],
    ["half a style for a track", { kind: "setTrackStyle", style: { bold: true } }],
    [
      "letters as high as the picture",
      { kind: "setStyle", cueId: "a", style: { fontSizePercent: 21 } },
    ],
    ["a place that isn't on the pad", { kind: "setStyle", cueId: "a", style: { alignment: 0 } }],
    ["what a style hasn't", { kind: "setStyle", cueId: "a", style: { zoom: 2 } }],
    ["an unknown kind", { kind: "drop", cueId: "a" }],
    ["nothing", null],
  ])("refuses %s", (_, operation) => expect(takes(operation)).toBe(false));

  it("takes a batch for every cue of the longest track, and no more", () => {
    const batch = (length: number) => ({
      kind: "batch",
      operations: Array.from({ length }, (_, i) => ({ kind: "removeCue", cueId: `c${i}` })),
    });
    expect(takes(batch(maxBatch))).toBe(true);
    expect(takes(batch(maxBatch + 1))).toBe(false);
  });

  it("takes whatever takes back what it takes", () => {
    const words = Array.from({ length: 10 }, (_, i) => ({
      ...{ text: "안녕하세요,", startMs: 36_000_000 + i * 100, endMs: 36_000_090 + i * 100 },
      ...{ confidence: 0.9731, chunk: 120, speaker: "0f3c9a1b-2" },
    }));
    const provenance = { origin: "recognition", engine: "openai", model: "gpt-4o-transcribe" };
    const long = "자막은 두 줄에 서른 글자쯤\n그 이상은 드물어요";
    // With these words that is as much as a track may hold.
    const cues = Array.from({ length: 20_000 }, (_, i) => ({
      ...{ ...cue, id: newId(), startMs: 36_000_000 + i, endMs: 36_001_000 + i },
      ...{ text: long, words, provenance, speaker: "0f3c9a1b-2" },
    }));
    const remove = cues.map(({ id }) => id);
    expect(
      takes({ kind: "replaceCues", remove: [], insert: cues.map((c) => ({ ...cue, id: c.id })) }),
    ).toBe(true);
    expect(takes({ kind: "replaceCues", remove, insert: [] })).toBe(true);
    // Everything is removed, and comes back.
    const operations = cues.map((each) => ({ kind: "insertCue", cue: each }));
    const bytes = Buffer.byteLength(JSON.stringify({ kind: "batch", operations }));
    expect(bytes).toBeLessThan(maxEditBytes);
    expect(bytes).toBeGreaterThan(maxEditBytes / 2);
  });

  it("takes whatever takes back an edit of every cue of the longest track", () => {
    const cues = Array.from({ length: maxTrackCues }, (_, i) => ({ ...cue, id: `c${i}` }));
    const ids = cues.map(({ id }) => id);
    const times = ids.map((cueId) => ({ kind: "setTimes" as const, cueId, startMs: 1, endMs: 9 }));
    const removals = ids.map((cueId) => ({ kind: "removeCue" as const, cueId }));
    for (const operation of [
      { kind: "batch", operations: times },
      { kind: "batch", operations: removals },
      { kind: "replaceCues", remove: ids, insert: [] },
      { kind: "replaceCues", remove: ids, insert: cues.map((each) => ({ ...each, text: "새" })) },
    ] satisfies EditOperation[]) {
      expect(takes(operation)).toBe(true);
      const applied = applyOperation(cues, operation);
      expect(applied.ok && takes(applied.inverse)).toBe(true);
    }
  });

  it("keeps what a paste can hold: NUL and half characters go", () => {
    const pasted = { kind: "setText", cueId: "a", text: "앞\0뒤 \ud83d" };
    expect(editOperation.parse(pasted)).toMatchObject({ text: "앞뒤 \ufffd" });
  });
});
