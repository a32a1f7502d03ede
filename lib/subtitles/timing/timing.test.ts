import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "@/lib/subtitles/model";
import { ruleProfile } from "@/lib/subtitles/rules";
import { applyTiming, beginLastSooner, minGapMs } from "@/lib/subtitles/timing";

const profile = ruleProfile("ko", { sameLanguage: true });
const cue = (startMs: number, endMs: number, text = "가", more: Partial<Cue> = {}): Cue => ({
  id: String(startMs),
  startMs,
  endMs,
  text,
  ...more,
});
const word = (startMs: number, endMs: number) => ({ text: "가", startMs, endMs });
const ends = (cues: Cue[], fps = 25) =>
  applyTiming({ cues, profile, fps }).map(({ endMs }) => endMs);

describe("minGapMs", () => {
  it.each([
    [25, 80],
    [23.976, 84],
    [60, 34],
    [undefined, 67],
    [0, 67],
    [Number.NaN, 67],
  ])("two frames at %s fps are %d ms", (fps, ms) => {
    expect(minGapMs(profile, fps)).toBe(ms);
  });
});

describe("applyTiming", () => {
  it("lengthens a short cue to what the eye needs", () => {
    expect(ends([cue(0, 100)])).toEqual([833]);
  });

  it("lengthens to the reading speed, at most half a second after the last word", () => {
    const text = "가".repeat(28);
    expect(ends([cue(0, 1000, text)])).toEqual([2000]);
    expect(ends([cue(0, 1000, text, { words: [word(0, 1000)] })])).toEqual([1500]);
  });

  it("closes a pause under half a second to two frames, and leaves a longer one", () => {
    expect(ends([cue(0, 1000), cue(1499, 2500), cue(3080, 4000)])).toEqual([1419, 2500, 4000]);
  });

  it("keeps two frames to the next cue, and touches one that starts sooner", () => {
    expect(ends([cue(0, 3000), cue(2000, 3000)])).toEqual([1920, 3000]);
    expect(ends([cue(0, 3000), cue(50, 3000)])).toEqual([50, 3000]);
  });

  it("lets nothing stay longer than seven seconds", () => {
    expect(ends([cue(0, 40_000)])).toEqual([7000]);
    expect(ends([cue(0, 40_000), cue(7200, 8100)])).toEqual([7000, 8100]);
  });

  describe("beside cuts of the picture", () => {
    const text = "가".repeat(14);
    const spoken = (from: number, to: number) => ({ words: [word(from, to)] });
    it.each([
      ["lengthens to 2 frames before a cut", [cue(0, 1500, text)], [1900], [1820]],
      ["shortens what hangs over a cut", [cue(0, 2200, text, spoken(0, 1700))], [1900], [1820]],
      ["but nothing whose words aren't known", [cue(0, 2200, text)], [1900], [2200]],
      ["leaves a cut that is half a second away", [cue(0, 1500, text)], [2000], [1500]],
      ["and one that was half a second ago", [cue(0, 2400, text)], [1900], [2400]],
      ["never cuts speech off", [cue(0, 2200, text, spoken(0, 1900))], [1900], [2200]],
      ["nor time to read", [cue(0, 1300, text, spoken(0, 900))], [1060], [1300]],
      ["nor the shortest duration", [cue(0, 900, "가", spoken(0, 500))], [850], [900]],
      ["takes the nearest of two", [cue(0, 1500, text)], [1250, 1700], [1620]],
      [
        "doesn't run into the next cue",
        [cue(0, 1500, text), cue(1600, 3000)],
        [1800],
        [1520, 3000],
      ],
      [
        "ends at the cut rather than closing the pause behind it",
        [cue(0, 1500, text), cue(1950, 3000)],
        [1800],
        [1720, 3000],
      ],
      ["looks at no nonsense", [cue(0, 1500, text)], [Number.NaN, -5, 1e12], [1500]],
    ])("%s", (_, cues, shotChanges, expected) => {
      const timed = applyTiming({ cues, profile, fps: 25, shotChanges });
      expect(timed.map(({ endMs }) => endMs)).toEqual(expected);
    });
  });

  it("ends nothing after the video, where its length is known", () => {
    const within = (cues: Cue[], durationMs?: number) =>
      applyTiming({ cues, profile, fps: 25, durationMs });
    expect(within([cue(0, 1000), cue(6_500, 6_900)], 7_000).map(({ endMs }) => endMs)).toEqual([
      1000, 7_000,
    ]);
    expect(within([cue(6_500, 9_000)], 7_000)).toEqual([cue(6_500, 7_000)]);
    expect(within([cue(6_500, 6_900)], 0)).toEqual([cue(6_500, 7_333)]);
    // What begins after the video is somebody's own doing.
    expect(within([cue(8_000, 9_000)], 7_000)).toEqual([cue(8_000, 9_000)]);
  });

  it("leaves cues of the same moment to overlap, up to the next moment", () => {
    expect(ends([cue(0, 900), cue(0, 2000), cue(1500, 2400)])).toEqual([900, 1420, 2400]);
  });

  const anyCues = fc.array(
    fc
      .tuple(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: -500, max: 9000 }),
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
      )
      .map(([startMs, length, width, spoken]) =>
        cue(startMs, startMs + length, "가".repeat(width), {
          ...(spoken ? { words: [word(startMs, startMs + Math.max(0, length))] } : {}),
        }),
      ),
    { maxLength: 20 },
  );

  it("with the video's length: ends nothing after it, and the last begins sooner at most", () => {
    const length = fc.integer({ min: 0, max: 25_000 });
    fc.assert(
      fc.property(anyCues, fc.constantFrom(23.976, 25, 60), length, (cues, fps, durationMs) => {
        const around = { profile, fps, durationMs };
        const timed = applyTiming({ cues, ...around });
        const made = beginLastSooner({ cues: timed, ...around });
        for (const { startMs, endMs } of made) {
          if (durationMs > 0 && startMs < durationMs) {
            expect(endMs).toBeLessThanOrEqual(durationMs);
          }
        }
        const moved = made.filter((one, index) => one.startMs !== timed[index]?.startMs);
        expect(moved.length).toBeLessThanOrEqual(1);
        for (const { startMs, endMs } of moved) {
          expect(endMs).toBe(durationMs);
          expect(endMs - startMs).toBeLessThanOrEqual(profile.minDurationMs);
          const others = made.filter((one) => !moved.includes(one));
          for (const other of others) {
            expect(startMs - other.endMs).toBeGreaterThanOrEqual(minGapMs(profile, fps));
          }
        }
        expect(applyTiming({ cues: made, ...around })).toEqual(made);
        expect(beginLastSooner({ cues: made, ...around })).toEqual(made);
      }),
      { numRuns: 500 },
    );
  });

  it("moves no start, changes nothing the second time, and keeps to the rules", () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(anyCues, fc.constantFrom(23.976, 25, 60), cuts, (cues, fps, shotChanges) => {
        const once = applyTiming({ cues, profile, fps, shotChanges });
        expect(once.map(({ endMs: _, ...rest }) => rest)).toEqual(
          cues.map(({ endMs: _, ...rest }) => rest),
        );
        expect(applyTiming({ cues: once, profile, fps, shotChanges })).toEqual(once);
        const gapMs = minGapMs(profile, fps);
        for (const { startMs, endMs } of once) {
          expect(Number.isInteger(endMs)).toBe(true);
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs).toBeLessThanOrEqual(startMs + profile.maxDurationMs);
          const later = once.map((other) => other.startMs).filter((other) => other > startMs);
          const next = Math.min(...later);
          expect(endMs).toBeLessThanOrEqual(next - startMs > gapMs ? next - gapMs : next);
        }
      }),
    );
  });
});

describe("beginLastSooner", () => {
  const made = (cues: Cue[], durationMs?: number) =>
    beginLastSooner({ cues, profile, fps: 25, durationMs }).map(({ startMs, endMs }) => [
      startMs,
      endMs,
    ]);

  it.each([
    ["gives the last cue the time to be seen", [cue(6_800, 7_000)], [[6_167, 7_000]]],
    ["not before the video", [cue(100, 400)], [[0, 400]]],
    [
      "as far as a pause is left that needn't be closed",
      [cue(0, 6_000), cue(6_800, 7_000)],
      [
        [0, 6_000],
        [6_580, 7_000],
      ],
    ],
    [
      "and not into the cue before",
      [cue(0, 6_700), cue(6_800, 7_000)],
      [
        [0, 6_700],
        [6_800, 7_000],
      ],
    ],
    ["leaves what is seen long enough", [cue(6_000, 7_000)], [[6_000, 7_000]]],
  ])("%s", (_, cues, expected) => {
    expect(made(cues, cues.at(-1)?.endMs)).toEqual(expected);
  });

  it("leaves what ends before the video, or has one of unknown length", () => {
    expect(made([cue(6_800, 7_000)], 8_000)).toEqual([[6_800, 7_000]]);
    expect(made([cue(6_800, 7_000)])).toEqual([[6_800, 7_000]]);
    expect(made([], 7_000)).toEqual([]);
  });
});
