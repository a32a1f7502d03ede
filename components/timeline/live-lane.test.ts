import { expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { LiveLane } from "./live-lane";

const cue = (id: string, startMs: number, text: string): Cue => ({
  ...{ id, startMs, endMs: startMs + 500, text },
});

/** As a track's document: `voices` is another list where more than texts has changed. */
function documentOf(first: readonly Cue[]) {
  let [cues, voices] = [first, first];
  return {
    cues: () => cues,
    cue: (cueId: string) => cues.find(({ id }) => id === cueId),
    voices: () => voices,
    write: (next: readonly Cue[]) => {
      cues = next;
    },
    move: (next: readonly Cue[]) => {
      cues = next;
      voices = next;
    },
  };
}

it("is the same lane until something changes, and says whether only texts have", () => {
  const document = documentOf([cue("a", 0, "가"), cue("b", 1_000, "나")]);
  const live = new LiveLane(document);
  live.changed();
  const { now } = live;
  expect(live.now).toBe(now);
  document.write([cue("a", 0, "다"), cue("b", 1_000, "나")]);
  expect(live.changed()).toBe(true);
  expect(live.now.block(0)?.cue.text).toBe("다");
  document.move([cue("a", 0, "다"), cue("b", 3_000, "나")]);
  expect(live.changed()).toBe(false);
  expect([live.now.block(1)?.startMs, live.now.endMs]).toEqual([3_000, 3_500]);
});
