import { describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation } from "@/lib/subtitles/operations";
import { bilingualCues } from "./bilingual-cues";
import { pairOf } from "./pairs";
import { acceptSource, copySource } from "./source-edits";
import { StaleCues, stepToStale } from "./stale-cues";

const cue = (id: string, startMs: number, endMs: number, text = id): Cue => ({
  ...{ id, startMs, endMs, text },
});

class Track {
  list: Cue[];
  readonly style = null;
  #listener = () => {};

  constructor(...list: Cue[]) {
    this.list = list;
  }

  readonly cue = (id: string) => this.list.find((each) => each.id === id);
  readonly cues = () => this.list;
  readonly activeAt = (ms: number) =>
    this.list.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  readonly subscribeContent = (listener: () => void) => {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  };
  set(...list: Cue[]): void {
    this.list = list;
    this.#listener();
  }
}

const translated = (id: string, sourceText: string, text = "Hello"): Cue => ({
  ...cue(id, 0, 1_000, text),
  provenance: {
    origin: "translation",
    translation: { sourceCueId: id, sourceText, way: "scene" },
  },
});

describe("pairOf", () => {
  const other = new Track(cue("a", 0, 1_000), cue("b", 1_000, 3_000), cue("c", 3_000, 4_000));
  it.each([
    ["of the same id, wherever it stands", cue("c", 0, 900), "c"],
    ["that shows with it longest", cue("x", 900, 2_500), "b"],
    ["at its end", cue("y", 0, 2_200), "b"],
    ["not at all where nothing shows", cue("z", 9_000, 9_500), undefined],
  ])("is the cue %s", (_, own, id) => {
    expect(pairOf(own, other)?.id).toBe(id);
  });
  it("is what it translates, once it has another id", () => {
    const own = { ...translated("c", "c"), id: "new" };
    expect(pairOf(own, other)?.id).toBe("c");
  });
});

describe("StaleCues", () => {
  it("follows both tracks, and takes line breaks for nothing", () => {
    vi.useFakeTimers();
    const target = new Track(translated("a", "안녕"), translated("b", "잘 가요"));
    const source = new Track(cue("a", 0, 1_000, "안녕"), cue("b", 1_000, 2_000, "잘\n가요"));
    const stale = new StaleCues(target, source);
    const told = vi.fn();
    stale.subscribe(told);
    const end = stale.begin();
    expect(stale.ids()).toEqual([]);
    source.set(cue("a", 0, 1_000, "안녕히"), cue("b", 1_000, 2_000, "잘 가요"));
    vi.advanceTimersByTime(300);
    expect(stale.ids()).toEqual(["a"]);
    expect(stale.has("a")).toBe(true);
    source.set(cue("a", 0, 1_000, "안녕"));
    vi.advanceTimersByTime(300);
    expect(stale.ids()).toEqual(["b"]);
    expect(told).toHaveBeenCalledTimes(2);
    end();
    vi.useRealTimers();
  });

  it("goes from one to the next, round and round", () => {
    const places = new Map(["a", "b", "c", "d"].map((id, place) => [id, place]));
    const step = (from: string | null, way: 1 | -1) => stepToStale(["b", "d"], from, way, places);
    expect([step(null, 1), step("b", 1), step("c", 1), step("d", 1)]).toEqual(["b", "d", "d", "b"]);
    expect([step(null, -1), step("d", -1), step("c", -1), step("a", -1)]).toEqual([
      ...["d", "b", "b", "d"],
    ]);
    expect(stepToStale([], "a", 1, places)).toBeUndefined();
  });
});

describe("acceptSource", () => {
  const texts = new Map([["a", "안녕히"]]);
  const textOf = (id: string) => texts.get(id);

  it("says that a translation renders its source as it is now, and is taken back exactly", () => {
    const before = [translated("a", "안녕")];
    const made = acceptSource(before, textOf);
    if (!made.ok) throw new Error(made.reason);
    const applied = applyOperation(before, made.operation);
    if (!applied.ok) throw new Error(applied.code);
    const [after] = applied.cues;
    expect(after?.text).toBe("Hello");
    expect(after?.provenance?.translation?.sourceText).toBe("안녕히");
    const undone = applyOperation(applied.cues, applied.inverse);
    expect(undone.ok && undone.cues).toEqual(before);
  });

  it("lets one go whose source is gone", () => {
    const made = acceptSource([translated("z", "안녕")], textOf);
    if (!made.ok || made.operation.kind !== "replaceCues") throw new Error("not made");
    expect(made.operation.insert[0]?.provenance).toEqual({ origin: "translation" });
  });

  it("has nothing to say to what is as it was", () => {
    expect(acceptSource([translated("a", "안녕히")], textOf)).toMatchObject({ ok: false });
    expect(acceptSource([cue("a", 0, 1)], textOf)).toMatchObject({ ok: false });
  });
});

it("copies the text beside into each cue", () => {
  const other = new Track(cue("a", 0, 1_000, "안녕"), cue("b", 1_000, 2_000, "같음"));
  const own = [cue("a", 0, 1_000, "Hi"), cue("b", 1_000, 2_000, "같음"), cue("c", 5_000, 6_000)];
  const made = copySource(own, (each) => pairOf(each, other));
  expect(made).toEqual({ ok: true, operation: { kind: "setText", cueId: "a", text: "안녕" } });
});

it("has both languages on the picture, the second smaller, the same object while it lasts", () => {
  const both = bilingualCues(new Track(cue("a", 0, 1_000)), new Track(cue("a", 0, 1_000, "가")));
  both.setTime(500);
  const [first, second] = both.get();
  expect([first?.id, second?.id, second?.text]).toEqual(["a", "beside:a", "가"]);
  expect(second?.styleOverrides?.fontSizePercent).toBeLessThan(6);
  const before = both.get();
  both.setTime(600);
  expect(both.get()).toBe(before);
});
