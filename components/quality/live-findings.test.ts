import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { ruleProfile } from "@/lib/subtitles/rules";
import { type Judge, judgeHere } from "./judges";
import { type Followed, LiveFindings } from "./live-findings";

const rules = {
  evidence: { speech: [], removed: [], corrections: [], stretches: [], durationMs: 60_000 },
  profile: ruleProfile("ko", { sameLanguage: true }),
  language: "ko",
};

class Track implements Followed {
  list: readonly Cue[];
  readonly #listeners = new Set<() => void>();

  constructor(list: readonly Cue[]) {
    this.list = list;
  }

  readonly cues = () => this.list;
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  set(list: readonly Cue[]): void {
    this.list = list;
    for (const listener of this.#listeners) listener();
  }
}

const cue = (id: string, text: string, startMs = 0): Cue => ({
  ...{ id, text, startMs },
  endMs: startMs + 2_000,
});
const codes = (live: LiveFindings) => live.findings?.map(({ finding: { id } }) => id);

function world(options: { initial?: []; makeJudge?: () => Judge; source?: Track } = {}) {
  const target = new Track([cue("a", "")]);
  const judged = vi.fn();
  const live = new LiveFindings({
    ...{ target, source: options.source ?? null, rules, initial: options.initial },
    makeJudge: options.makeJudge ?? judgeHere,
    fallback: judgeHere,
  });
  live.subscribe(judged);
  return { target, judged, live };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("LiveFindings", () => {
  it("judges once edits rest, and each time anew", async () => {
    const { target, judged, live } = world();
    const end = live.begin();
    await vi.advanceTimersByTimeAsync(600);
    expect(codes(live)).toContain("empty:a");
    for (const text of ["안", "안녕", "안녕하세요"]) {
      target.set([cue("a", text)]);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(judged).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(codes(live)).not.toContain("empty:a");
    end();
  });

  it("doesn't wait for ever for somebody who never rests", async () => {
    const { target, judged, live } = world();
    live.begin();
    for (let i = 0; i < 20; i++) {
      target.set([cue("a", `글 ${i}`)]);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(judged).toHaveBeenCalled();
  });

  it("works nothing out while what is known holds", async () => {
    const { judged, live } = world({ initial: [] });
    live.begin();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(judged).not.toHaveBeenCalled();
    expect(live.findings).toEqual([]);
  });

  it("judges here where a worker can't be had", async () => {
    const broken: Judge = {
      ...{ rule: () => {}, change: () => {}, end: () => {} },
      judge: () => Promise.reject(new Error("no worker")),
    };
    const { live } = world({ makeJudge: () => broken });
    live.begin();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(codes(live)).toContain("empty:a");
  });

  it("hands a long track over in parts and says nothing once it has ended", async () => {
    const parts: number[] = [];
    const makeJudge = (): Judge => {
      const here = judgeHere(rules);
      return {
        ...here,
        change: (side, changes) => {
          parts.push(changes.put.length);
          here.change(side, changes);
        },
      };
    };
    const { target, judged, live } = world({ makeJudge });
    target.set(Array.from({ length: 2_500 }, (_, i) => cue(`c${i}`, "글", i * 3_000)));
    const end = live.begin();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(parts).toEqual([1_000, 1_000, 500]);
    target.set([cue("a", "")]);
    end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(judged).toHaveBeenCalledTimes(1);
  });

  it("tells the next judge everything where the handing over to one was broken off", async () => {
    const told: Record<"target" | "source", number>[] = [];
    let end = () => {};
    const makeJudge = (): Judge => {
      const own = { target: 0, source: 0 };
      const isFirst = told.push(own) === 1;
      return {
        ...judgeHere(rules),
        change: (side, { put }) => {
          own[side] += put.length;
          if (!isFirst || own.target !== 1_000) return;
          end();
          end = live.begin();
        },
      };
    };
    const list = Array.from({ length: 2_500 }, (_, i) => cue(`c${i}`, "글", i * 3_000));
    const { target, judged, live } = world({ makeJudge, source: new Track(list) });
    target.set(list);
    end = live.begin();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toEqual([
      { target: 1_000, source: 0 },
      { target: 2_500, source: 2_500 },
    ]);
    expect(judged).toHaveBeenCalledTimes(1);
    end();
  });
});
