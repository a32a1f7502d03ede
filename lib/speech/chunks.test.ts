import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planChunks, type Stretch } from "./chunks";

const s = (startMs: number, endMs: number): Stretch => ({ startMs, endMs });

const scene = fc
  .record({
    parts: fc.array(
      fc.record({
        silenceMs: fc.integer({ min: 300, max: 40_000 }),
        speechMs: fc.integer({ min: 150, max: 90_000 }),
      }),
      { maxLength: 60 },
    ),
    tailMs: fc.integer({ min: 0, max: 20_000 }),
    maxMs: fc.integer({ min: 1_000, max: 120_000 }),
    share: fc.double({ min: 0.2, max: 1.5, noNaN: true }),
  })
  .map(({ parts, tailMs, maxMs, share }) => {
    let atMs = 0;
    const speech = parts.map(({ silenceMs, speechMs }) => {
      const startMs = atMs + silenceMs;
      atMs = startMs + speechMs;
      return s(startMs, atMs);
    });
    return { speech, durationMs: atMs + tailMs, maxMs, targetMs: Math.ceil(maxMs * share) };
  });

describe("planChunks", () => {
  it("puts every stretch of speech into chunks that are ordered, apart and not too long", () => {
    fc.assert(
      fc.property(scene, (options) => {
        const chunks = planChunks(options);
        chunks.forEach((chunk, index) => {
          expect(chunk.index).toBe(index);
          expect(Number.isInteger(chunk.startMs) && Number.isInteger(chunk.endMs)).toBe(true);
          expect(chunk.endMs).toBeGreaterThan(chunk.startMs);
          expect(chunk.endMs - chunk.startMs).toBeLessThanOrEqual(options.maxMs);
          expect(chunk.startMs).toBeGreaterThanOrEqual(chunks[index - 1]?.endMs ?? 0);
          expect(chunk.endMs).toBeLessThanOrEqual(options.durationMs);
        });
        for (const stretch of options.speech) {
          const coveredMs = chunks.reduce(
            (sum, chunk) =>
              sum +
              Math.max(
                0,
                Math.min(chunk.endMs, stretch.endMs) - Math.max(chunk.startMs, stretch.startMs),
              ),
            0,
          );
          expect(coveredMs).toBe(stretch.endMs - stretch.startMs);
        }
      }),
    );
  });

  it("cuts inside speech only where it runs on for longer than a chunk may be", () => {
    fc.assert(
      fc.property(scene, (options) => {
        const edges = planChunks(options).flatMap((chunk) => [chunk.startMs, chunk.endMs]);
        for (const stretch of options.speech) {
          const inside = edges.some((ms) => ms > stretch.startMs && ms < stretch.endMs);
          if (inside) expect(stretch.endMs - stretch.startMs).toBeGreaterThan(options.maxMs);
        }
      }),
    );
  });

  it("does not depend on the order of the stretches", () => {
    fc.assert(
      fc.property(scene, (options) => {
        const reversed = { ...options, speech: options.speech.toReversed() };
        expect(planChunks(reversed)).toEqual(planChunks(options));
      }),
    );
  });

  it("leaves out silences of ten seconds and more", () => {
    fc.assert(
      fc.property(scene, (options) => {
        const limitMs = Math.max(10_000, options.durationMs / 300);
        for (const chunk of planChunks({ ...options, padMs: 300 })) {
          const inside = options.speech.filter(
            (x) => x.endMs > chunk.startMs && x.startMs < chunk.endMs,
          );
          inside.forEach((stretch, index) => {
            const next = inside[index + 1];
            if (next) expect(next.startMs - stretch.endMs).toBeLessThan(limitMs);
          });
          expect((inside[0]?.startMs ?? 0) - chunk.startMs).toBeLessThanOrEqual(300);
          expect(chunk.endMs - (inside.at(-1)?.endMs ?? 0)).toBeLessThanOrEqual(300);
        }
      }),
    );
  });

  const cases: [string, Parameters<typeof planChunks>[0], [number, number][]][] = [
    ["no speech, no chunk", { speech: [], durationMs: 60_000, targetMs: 9e4, maxMs: 1e5 }, []],
    [
      "one short stretch gets some of the silence around it",
      { speech: [s(5_000, 8_000)], durationMs: 60_000, targetMs: 60_000, maxMs: 120_000 },
      [[4_700, 8_300]],
    ],
    [
      "the padding stays inside the audio",
      { speech: [s(100, 2_950)], durationMs: 3_000, targetMs: 60_000, maxMs: 120_000 },
      [[0, 3_000]],
    ],
    [
      "of the silences near the target the longest",
      {
        speech: [s(0, 50_000), s(50_300, 60_000), s(61_500, 70_000), s(70_300, 120_000)],
        durationMs: 120_000,
        targetMs: 60_000,
        maxMs: 90_000,
      },
      [
        [0, 60_300],
        [61_200, 120_000],
      ],
    ],
    [
      "a long silence separates, however short the chunks",
      {
        speech: [s(1_000, 3_000), s(14_000, 15_000)],
        durationMs: 20_000,
        targetMs: 60_000,
        maxMs: 90_000,
      },
      [
        [700, 3_300],
        [13_700, 15_300],
      ],
    ],
    [
      "speech without a pause is cut into equal parts",
      { speech: [s(0, 200_000)], durationMs: 200_000, targetMs: 60_000, maxMs: 120_000 },
      [
        [0, 100_000],
        [100_000, 200_000],
      ],
    ],
    [
      "a stretch as long as a chunk may be is kept whole, without padding",
      { speech: [s(1_000, 91_000)], durationMs: 100_000, targetMs: 60_000, maxMs: 90_000 },
      [[1_000, 91_000]],
    ],
    [
      "touching and overlapping stretches are one",
      {
        speech: [s(2_000, 4_000), s(1_000, 2_000), s(3_000, 5_000)],
        durationMs: 10_000,
        targetMs: 60_000,
        maxMs: 90_000,
      },
      [[700, 5_300]],
    ],
  ];
  it.each(cases)("%s", (_name, options, expected) => {
    expect(planChunks(options).map((chunk) => [chunk.startMs, chunk.endMs])).toEqual(expected);
  });

  it("comes near the target where the pauses allow it", () => {
    const speech = Array.from({ length: 600 }, (_, i) => s(i * 6_000, i * 6_000 + 5_400));
    const chunks = planChunks({
      speech,
      durationMs: 3_600_000,
      targetMs: 300_000,
      maxMs: 600_000,
    });
    for (const chunk of chunks) {
      expect(Math.abs(chunk.endMs - chunk.startMs - 300_000)).toBeLessThan(45_000);
    }
  });
});
