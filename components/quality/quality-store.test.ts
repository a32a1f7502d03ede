import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openTrackSession } from "@/lib/client/edits/track-session";
import type { Cue } from "@/lib/subtitles/model";
import { assessTrack } from "@/lib/subtitles/quality";
import { ruleProfile } from "@/lib/subtitles/rules";
import type { IgnoredView } from "@/lib/tracks/ignored-schema";
import { QualityStore } from "./quality-store";

const rules = {
  evidence: { speech: [], removed: [], corrections: [], stretches: [], durationMs: 60_000 },
  profile: ruleProfile("ko", { sameLanguage: true }),
  language: "ko",
};
const cue = (id: string, startMs: number, text: string): Cue => ({
  ...{ id, startMs, text },
  endMs: startMs + 2_000,
});

/** A session of which the queue needs the cues alone. */
function sessionOf(cues: Cue[]) {
  const never = new Promise<never>(() => {});
  return openTrackSession({
    track: {
      ...{ id: "t", videoId: "v", language: "ko", sourceTrackId: null, revision: 0, cues },
      ...{ style: null, profile: null, reviewState: "draft", reviewedBy: null, reviewedAt: null },
      ...{ role: "editor", place: null, updatedAt: "", readerId: "u", readerWas: [] },
    },
    outbox: {} as Parameters<typeof openTrackSession>[0]["outbox"],
    tabs: {} as Parameters<typeof openTrackSession>[0]["tabs"],
    send: () => never,
    loadHistory: () => never,
    reload: () => {},
  });
}

function storeOf(cues: Cue[]) {
  const session = sessionOf(cues);
  const initial = assessTrack({ ...rules, cues }).findings;
  return new QualityStore({ ...{ session, source: null, rules, initial } });
}

const empties = () => storeOf([cue("a", 0, ""), cue("b", 10_000, ""), cue("c", 20_000, "")]);
const shown = (store: QualityStore) => store.get().shown.map(({ finding }) => finding.cueId);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("QualityStore", () => {
  it("goes through what is there, and counts what is done", () => {
    const store = empties();
    expect(shown(store)).toEqual(["a", "b", "c"]);
    expect(store.step(1)?.finding.cueId).toBe("a");
    const { current } = store.get();
    if (!current) throw new Error("nobody there");
    expect(store.settle(current)?.finding.cueId).toBe("b");
    expect(shown(store)).toEqual(["b", "c"]);
    expect(store.get()).toMatchObject({ total: 3, current: { finding: { cueId: "b" } } });
  });

  it("shows what is left once that has come back, and the kind falls away with its last", () => {
    const store = empties();
    store.setKind("empty");
    const all = [...store.get().shown];
    expect(store.leave(all.slice(0, 2))?.finding.cueId).toBe("c");
    expect(store.get().queue?.left).toEqual([]);
    const ignored = all.map(
      ({ key, finding }): IgnoredView => ({
        ...{ key, cueId: finding.cueId ?? "", code: finding.code, reason: "노래", by: null },
        at: "2026-11-27T00:00:00Z",
      }),
    );
    store.setIgnored(ignored);
    expect(store.get()).toMatchObject({ shown: [], kind: null, current: null, total: 3 });
    expect(store.get().queue?.left).toHaveLength(3);
    store.setIgnored([]);
    expect(shown(store)).toEqual(["a", "b", "c"]);
  });

  it("asks about one finding, and no more once somebody is at another", () => {
    const store = empties();
    store.ask("ignore");
    expect(store.get().asking).toBeNull();
    store.step(1);
    store.ask("ignore");
    expect(store.get().asking).toBe("ignore");
    store.step(1);
    expect(store.get().asking).toBeNull();
  });
});
