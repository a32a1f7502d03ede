import { describe, expect, it } from "vitest";
import { clusterVectors } from "./clusters";
import { rightShare } from "./engine-contract";
import { matchLabels, referenceSpans } from "./labels";
import { joinTurns } from "./turns";
import type { SpeakerTurn } from "./types";
import { type HeardVoice, turnsFromVoices } from "./voices";

/** Numbers from a seed: the same test each time (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dimensions = 192;
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Voices as alike as those of CAM++: 0.66 within a speaker, about 0 between them. */
function speakersWith(seed: number, count: number) {
  const random = seeded(seed);
  const noise = () => unit(Float32Array.from({ length: dimensions }, () => random() - 0.5));
  const centres = Array.from({ length: count }, noise);
  return (speaker: number) => {
    const centre = centres[speaker] ?? noise();
    const around = noise();
    return unit(centre.map((value, at) => value * 0.81 + (around[at] ?? 0) * 0.58));
  };
}

/** Windows of 750 ms; `who` says who speaks in each. */
function windowsOf(who: readonly number[], voice: (speaker: number) => Float32Array): HeardVoice[] {
  return who.map((speaker, index) => ({
    startMs: index * 750,
    endMs: index * 750 + 750,
    opens: false,
    quietMs: index * 750 + 100,
    voice: voice(speaker),
  }));
}

const rounds = (pattern: number[], times: number) =>
  Array.from({ length: times }, () => pattern).flat();

describe("turnsFromVoices", () => {
  it.each([2, 3, 6])("finds %i people, each the same all through", (people) => {
    const random = seeded(people);
    const who = Array.from({ length: 60 }, () => Math.floor(random() * people)).flatMap((speaker) =>
      Array.from({ length: 4 + Math.floor(random() * 12) }, () => speaker),
    );
    const turns = turnsFromVoices(windowsOf(who, speakersWith(people, people)));
    const order = [...new Set(who)];
    const truth = who.map((speaker, index): SpeakerTurn => {
      const startMs = index * 750;
      return { startMs, endMs: startMs + 750, speaker: String(order.indexOf(speaker) + 1) };
    });
    expect(new Set(turns.map(({ speaker }) => speaker)).size).toBe(people);
    expect(rightShare(turns, truth)).toBeGreaterThan(0.97);
  });

  it("hears one person as one", () => {
    const turns = turnsFromVoices(windowsOf(rounds([0], 200), speakersWith(1, 1)));
    expect(turns).toEqual([{ startMs: 0, endMs: 150_000, speaker: "1" }]);
  });

  it("gives a noise that is heard once to who speaks around it", () => {
    const who = [...rounds([0], 100), 2, ...rounds([1], 100)];
    const turns = turnsFromVoices(windowsOf(who, speakersWith(3, 3)));
    expect(new Set(turns.map(({ speaker }) => speaker))).toEqual(new Set(["1", "2"]));
  });

  it("cuts where it is quiet", () => {
    const turns = turnsFromVoices(
      windowsOf([...rounds([0], 20), ...rounds([1], 20)], speakersWith(4, 2)),
    );
    expect(turns.map(({ endMs }) => endMs)).toEqual([15_100, 30_000]);
  });

  it("keeps to a known number of speakers", () => {
    const windows = windowsOf(rounds([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], 10), speakersWith(5, 3));
    for (const speakers of [1, 2, 3]) {
      const found = new Set(turnsFromVoices(windows, { speakers }).map(({ speaker }) => speaker));
      expect(found.size).toBe(speakers);
    }
  });

  it("takes three hours in a second or two", () => {
    const who = rounds([...rounds([0], 30), ...rounds([1], 20), ...rounds([2], 40)], 160);
    const windows = windowsOf(who, speakersWith(6, 3));
    const begun = performance.now();
    const turns = turnsFromVoices(windows);
    expect(new Set(turns.map(({ speaker }) => speaker)).size).toBe(3);
    expect(performance.now() - begun).toBeLessThan(6_000);
  });

  it("answers nothing for nothing, and one turn for what can't be told", () => {
    expect(turnsFromVoices([])).toEqual([]);
    const short = { startMs: 0, endMs: 300, opens: true, quietMs: 0 };
    expect(turnsFromVoices([short])).toEqual([{ startMs: 0, endMs: 300, speaker: "1" }]);
  });
});

describe("clusterVectors", () => {
  it("puts the same into one group whatever the order", () => {
    const voice = speakersWith(7, 2);
    const who = rounds([0, 1, 1], 30);
    const labels = clusterVectors(who.map(voice), { least: 0.42, leastMembers: 2 });
    const groups = new Map(who.map((speaker, index) => [speaker, labels[index]]));
    expect(labels).toEqual(who.map((speaker) => groups.get(speaker)));
    expect(groups.get(1)).toBe(0);
  });
});

describe("joinTurns", () => {
  it("joins across a breath but not across somebody else", () => {
    const turn = (speaker: string, startMs: number, endMs: number) => ({ speaker, startMs, endMs });
    expect(
      joinTurns(
        [
          turn("1", 0, 500),
          turn("1", 900, 2_000),
          turn("2", 2_000, 2_400),
          turn("1", 2_500, 3_000),
        ],
        1_000,
      ),
    ).toEqual([turn("1", 0, 2_000), turn("2", 2_000, 2_400), turn("1", 2_500, 3_000)]);
  });
});

describe("what a service calls speakers", () => {
  const turn = (speaker: string, startMs: number, endMs: number) => ({ speaker, startMs, endMs });

  it("sends the clearest stretch of the four who speak the most", () => {
    const turns = ["a", "b", "c", "d", "e"].map((speaker, index) =>
      turn(speaker, index * 30_000, index * 30_000 + 20_000 - index * 3_000),
    );
    const spans = referenceSpans([...turns, turn("a", 200_000, 201_000)]);
    expect(spans.map(({ speaker }) => speaker)).toEqual(["a", "b", "c", "d"]);
    for (const span of spans) expect(span.endMs - span.startMs).toBeLessThanOrEqual(10_000);
  });

  it("sends nothing in which another speaks, and nothing under two seconds", () => {
    expect(referenceSpans([turn("a", 0, 5_000), turn("b", 4_000, 5_500)])).toEqual([]);
    expect(referenceSpans([turn("a", 0, 1_900)])).toEqual([]);
  });

  it("takes a new letter for a new speaker, or for the only one left", () => {
    const earlier = [turn("speaker_1", 0, 1), turn("speaker_2", 1, 2)];
    const match = (heard: string[], known: string[], speakers?: number) =>
      matchLabels({
        heard: heard.map((letter, index) => turn(letter, index, index + 1)),
        ...{ known, earlier, speakers },
      }).map(({ speaker }) => speaker);
    expect(match(["speaker_2", "A"], ["speaker_1", "speaker_2"])).toEqual([
      "speaker_2",
      "speaker_3",
    ]);
    expect(match(["speaker_1", "A"], ["speaker_1"])).toEqual(["speaker_1", "speaker_2"]);
    expect(match(["A", "B"], ["speaker_1"])).toEqual(["speaker_3", "speaker_4"]);
    expect(match(["A", "B"], ["speaker_1"], 2)).toEqual(["speaker_2", "speaker_2"]);
  });
});
