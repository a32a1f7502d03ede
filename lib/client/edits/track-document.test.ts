import { describe, expect, it, vi } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { TrackDocument } from "./track-document";

const cue = (id: string, startMs: number, endMs: number, text = id): Cue => ({
  id,
  startMs,
  endMs,
  text,
});

const open = () => new TrackDocument([cue("b", 1_000, 3_000), cue("a", 0, 2_000)]);

describe("TrackDocument", () => {
  it("orders by time and finds what is on the picture, with present texts", () => {
    const document = open();
    document.setDraft("a", "초안");
    document.setServerText("b", "서버");
    expect(document.ids).toEqual(["a", "b"]);
    expect(document.activeAt(1_500).map((active) => active.text)).toEqual(["초안", "서버"]);
    expect(document.activeAt(3_000)).toEqual([]);
  });

  it("keeps the draft over the server's text until it is taken away", () => {
    const document = open();
    document.setDraft("a", "초안");
    document.setServerText("a", "서버");
    expect(document.cue("a")?.text).toBe("초안");
    document.adopt({ cues: [cue("a", 0, 2_000, "새로")] });
    expect(document.cue("a")?.text).toBe("초안");
    document.setDraft("a", undefined);
    expect(document.cue("a")?.text).toBe("새로");
  });

  it("shows what is being written over everything, and forgets it when told", () => {
    const document = open();
    document.setDraft("a", "초안");
    document.setTyped("a", "쓰는 중");
    document.setServerText("a", "서버");
    expect(document.activeAt(500)[0]?.text).toBe("쓰는 중");
    document.setTyped("a", undefined);
    expect(document.cue("a")?.text).toBe("초안");
  });

  it("tells only who listens to the cue that changed, and only when it did", () => {
    const document = open();
    const [a, b, texts, list] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    document.subscribeCue("a", a);
    const stop = document.subscribeCue("b", b);
    document.subscribeTexts(texts);
    document.subscribeList(list);
    const same = document.cue("b");
    document.setDraft("a", "초안");
    document.setDraft("a", "초안");
    document.setServerText("none", "x");
    expect([a, b, texts, list].map((listener) => listener.mock.calls.length)).toEqual([1, 0, 1, 0]);
    expect(document.cue("b")).toBe(same);
    stop();
    document.adopt({ cues: [cue("a", 0, 2_000), cue("b", 1_000, 3_000)] });
    expect([a, list].map((listener) => listener.mock.calls.length)).toEqual([1, 0]);
    expect(document.cue("b")).toBe(same);
    document.adopt({ cues: [] });
    expect([a, b, list].map((listener) => listener.mock.calls.length)).toEqual([2, 0, 1]);
    expect(document.ids).toEqual([]);
  });
});
