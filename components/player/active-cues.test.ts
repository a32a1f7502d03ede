import { describe, expect, it, vi } from "vitest";
import { cueIndex } from "@/lib/subtitles/active-cues";
import { ActiveCues } from "./active-cues";

class Cues {
  readonly #texts = new Map<string, string>();
  readonly #index = cueIndex([
    { id: "a", startMs: 1_000, endMs: 2_000, text: "하나" },
    { id: "b", startMs: 1_500, endMs: 3_000, text: "둘" },
    { id: "c", startMs: 3_000, endMs: 4_000, text: "셋" },
  ]);
  changed = () => {};

  activeAt(ms: number) {
    return this.#index.activeAt(ms).map((cue) => {
      const text = this.#texts.get(cue.id);
      return text === undefined ? cue : { ...cue, text };
    });
  }

  write(cueId: string, text: string) {
    this.#texts.set(cueId, text);
    this.changed();
  }
}

describe("ActiveCues", () => {
  it("tells only when the cues on the picture change", () => {
    const active = new ActiveCues(new Cues());
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
    const active = new ActiveCues(new Cues());
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
    const cues = new Cues();
    const active = new ActiveCues(cues);
    cues.changed = active.refresh;
    active.setTime(3_500);
    const told = vi.fn();
    active.subscribe(told);
    cues.write("a", "다른 곳");
    expect(told).not.toHaveBeenCalled();
    cues.write("c", "고침");
    expect(told).toHaveBeenCalledOnce();
    expect(active.get()[0]?.text).toBe("고침");
  });
});
