import { describe, expect, it, vi } from "vitest";
import { TrackDocument } from "@/lib/client/edits/track-document";
import { ActiveCues } from "./active-cues";

const document = () =>
  new TrackDocument([
    { id: "a", startMs: 1_000, endMs: 2_000, text: "하나" },
    { id: "b", startMs: 1_500, endMs: 3_000, text: "둘" },
    { id: "c", startMs: 3_000, endMs: 4_000, text: "셋" },
  ]);

describe("ActiveCues", () => {
  it("tells only when the cues on the picture change", () => {
    const active = new ActiveCues(document());
    const shown: string[] = [];
    active.subscribe(() =>
      shown.push(
        active
          .get()
          .map((cue) => cue.id)
          .join("+"),
      ),
    );
    for (let ms = 0; ms <= 5_000; ms += 16) active.setTime(ms);
    expect(shown).toEqual(["a", "a+b", "b", "c", ""]);
  });

  it("changes on the very millisecond of a start and an end", () => {
    const active = new ActiveCues(document());
    active.setTime(999);
    expect(active.get()).toEqual([]);
    active.setTime(1_000);
    expect(active.has("a")).toBe(true);
    active.setTime(1_999);
    expect(active.has("a")).toBe(true);
    active.setTime(2_000);
    expect(active.has("a")).toBe(false);
  });

  it("shows a new text at once", () => {
    const cues = document();
    const active = new ActiveCues(cues);
    cues.subscribeTexts(active.refresh);
    active.setTime(3_500);
    const told = vi.fn();
    active.subscribe(told);
    cues.setDraft("a", "다른 곳");
    expect(told).not.toHaveBeenCalled();
    cues.setDraft("c", "고침");
    expect(told).toHaveBeenCalledOnce();
    expect(active.get()[0]?.text).toBe("고침");
  });
});
