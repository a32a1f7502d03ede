import { describe, expect, it } from "vitest";
import type { SpeakerView } from "@/lib/speakers/schema";
import { fileNames, speakerStats } from "./speaker-stats";

const one = (key: string, number: number, mergedInto: string | null = null): SpeakerView => ({
  ...{ key, number, name: null, mergedInto },
});
const cue = (speaker: string | undefined, startMs: number, endMs: number) => ({
  startMs,
  endMs,
  ...(speaker && { speaker }),
});

describe("speakerStats", () => {
  it("counts lines and shares of those who speak, in the order of first words", () => {
    const stats = speakerStats(
      [
        cue("b", 0, 2_000),
        cue("a", 2_000, 3_000),
        cue("b", 3_000, 4_000),
        cue(undefined, 5_000, 9_000),
      ],
      [one("a", 1), one("b", 2), one("c", 3)],
    );
    expect(stats.map(({ speaker, lines, share }) => [speaker.key, lines, share])).toEqual([
      ["b", 2, 0.75],
      ["a", 1, 0.25],
    ]);
    expect(stats[0]?.sample).toEqual({ startMs: 0, endMs: 2_000 });
  });

  it("counts merged ones as one, and names them", () => {
    const speakers = [one("a", 1), one("b", 2, "a"), one("c", 3, "b")];
    const [stats, ...more] = speakerStats([cue("a", 0, 1_000), cue("c", 1_000, 20_000)], speakers);
    expect(more).toEqual([]);
    expect(stats?.lines).toBe(2);
    expect(stats?.merged.map(({ key }) => key)).toEqual(["b", "c"]);
    expect(stats?.sample).toEqual({ startMs: 1_000, endMs: 7_000 });
  });

  it("leaves out names that came with a file", () => {
    expect(speakerStats([cue("Narrator", 0, 1_000)], [one("a", 1)])).toEqual([]);
  });
});

it("names that came with a file are those of nobody whom the video knows", () => {
  const cues = [cue("Narrator", 0, 1), cue("a", 1, 2), cue(undefined, 2, 3), cue("Narrator", 3, 4)];
  expect(fileNames(cues, [one("a", 1)])).toEqual(["Narrator"]);
});
