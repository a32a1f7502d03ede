import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation, type EditOperation } from "@/lib/subtitles/operations";
import { OrderedCues } from "./ordered-cues";
import { TrackDocument } from "./track-document";

const cue = (id: string, startMs: number, endMs: number, text = id): Cue => ({
  id,
  startMs,
  endMs,
  text,
});
const set = (cueId: string, text: string): EditOperation => ({ kind: "setText", cueId, text });

const open = () =>
  new TrackDocument({ cues: [cue("b", 1_000, 3_000), cue("a", 0, 2_000)], style: null });

describe("TrackDocument", () => {
  it("orders by time and finds what is on the picture, with present texts", () => {
    const document = open();
    document.show("1", set("a", "내 글"));
    document.applyConfirmed(set("b", "서버"), 1);
    expect(document.ids).toEqual(["a", "b"]);
    expect(document.activeAt(1_500).map((active) => active.text)).toEqual(["내 글", "서버"]);
    expect(document.activeAt(3_000)).toEqual([]);
    document.show("2", { kind: "setTimes", cueId: "a", startMs: 3_000, endMs: 4_000 });
    expect(document.ids).toEqual(["b", "a"]);
    expect(document.activeAt(3_000).map(({ id }) => id)).toEqual(["a"]);
  });

  it("keeps own edits over what the server says until they are taken away", () => {
    const document = open();
    document.show("1", set("a", "내 글"));
    document.applyConfirmed(set("a", "서버"), 1);
    expect(document.cue("a")?.text).toBe("내 글");
    document.adopt({ cues: [cue("a", 0, 2_000, "새로")], style: null }, 2);
    expect([document.cue("a")?.text, document.ids]).toEqual(["내 글", ["a"]]);
    document.hide(["1"]);
    expect(document.cue("a")?.text).toBe("새로");
  });

  it("shows what is being written over everything, and forgets it when told", () => {
    const document = open();
    document.show("1", set("a", "내 글"));
    document.setTyped("a", "쓰는 중");
    document.applyConfirmed(set("a", "서버"), 1);
    expect(document.activeAt(500)[0]?.text).toBe("쓰는 중");
    document.setTyped("a", undefined);
    expect(document.cue("a")?.text).toBe("내 글");
  });

  it("tells only who listens to what changed, and only when it did", () => {
    const document = open();
    const [a, b, texts, list] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    document.subscribeCue("a", a);
    const stop = document.subscribeCue("b", b);
    document.subscribeTexts(texts);
    document.subscribeList(list);
    const [same, cues] = [document.cue("b"), document.cues()];
    document.show("1", set("a", "글"));
    document.applyConfirmed(set("a", "글"), 1);
    document.hide(["1"]);
    expect([a, b, texts, list].map((listener) => listener.mock.calls.length)).toEqual([1, 0, 1, 0]);
    expect(document.cue("b")).toBe(same);
    expect(document.cues()).not.toBe(cues);
    expect(document.cues()).toBe(document.cues());
    stop();
    document.adopt({ cues: [], style: null }, 2);
    expect([a, b, list].map((listener) => listener.mock.calls.length)).toEqual([2, 0, 1]);
    expect(document.ids).toEqual([]);
  });

  it("has the same voices until others speak, or at other times", () => {
    const document = open();
    const told = vi.fn();
    document.subscribeVoices(told);
    const voices = document.voices();
    document.show("1", set("a", "글"));
    expect([document.voices() === voices, told.mock.calls.length]).toEqual([true, 0]);
    document.show("2", { kind: "setSpeaker", cueId: "a", speaker: "s1" });
    expect(document.voices().map(({ speaker }) => speaker)).toContain("s1");
    document.show("3", { kind: "setTimes", cueId: "a", startMs: 1, endMs: 900 });
    document.hide(["2"]);
    expect(document.voices().find(({ id }) => id === "a")).toMatchObject({ startMs: 1 });
    expect(told).toHaveBeenCalledTimes(3);
  });

  it("shows how the track looks, the person's own choice first", () => {
    const document = open();
    const style = { bold: true } as never;
    const told = vi.fn();
    document.subscribeContent(told);
    document.show("1", { kind: "setTrackStyle", style });
    expect(document.style).toBe(style);
    document.hide(["1"]);
    expect([document.style, told.mock.calls.length]).toEqual([null, 2]);
  });

  it("says when an edit from the log doesn't fit", () => {
    expect(open().applyConfirmed(set("z", "?"), 1)).toBe(false);
  });

  it("edits one of twenty thousand cues in a moment", () => {
    const cues = Array.from({ length: 20_000 }, (_, i) => cue(`c${i}`, i * 100, i * 100 + 90));
    const document = new TrackDocument({ cues, style: null });
    const before = performance.now();
    for (let i = 0; i < 200; i++) {
      document.show(`${i}`, set(`c${i * 50}`, "글"));
      document.applyConfirmed(set(`c${i * 50}`, "글"), i + 1);
      document.hide([`${i}`]);
    }
    // A thousandth of a second each where nothing else runs.
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

describe("OrderedCues", () => {
  it("is in the order of a track after every change", () => {
    const change = fc.record({ id: fc.nat(80), startMs: fc.nat(50), gone: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(change, { selector: ({ id }) => id, maxLength: 90 })),
        (rounds) => {
          let expected: readonly Cue[] = [];
          const ordered = new OrderedCues([]);
          for (const round of rounds) {
            const changes = round.map(({ id, startMs, gone }) => ({
              before: expected.find((each) => each.id === `c${id}`),
              after: gone ? undefined : cue(`c${id}`, startMs, startMs + 10),
            }));
            ordered.change(changes.filter(({ before, after }) => before ?? after));
            const remove = changes.flatMap(({ before }) => before?.id ?? []);
            const insert = changes.flatMap(({ after }) => after ?? []);
            const applied = applyOperation(expected, { kind: "replaceCues", remove, insert });
            if (!applied.ok) throw new Error(applied.code);
            expected = applied.cues;
            expect(ordered.cues).toEqual(expected);
            expect(ordered.ids).toEqual(expected.map(({ id }) => id));
          }
        },
      ),
    );
  });
});
