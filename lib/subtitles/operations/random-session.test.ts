import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyAllToTrack, inTrackOrder } from "@/lib/subtitles/operations";
import { NaiveTrack } from "@/lib/subtitles/operations/test-naive-track";
import { RandomSession } from "@/lib/subtitles/operations/test-session";
import { invertGroup } from "@/lib/subtitles/operations/test-steps";
import type { SubtitleOperation } from "@/lib/subtitles/operations/types";

function assertSound({ content }: RandomSession): void {
  const { cues } = content;
  expect(inTrackOrder(cues)).toBe(cues);
  expect(new Set(cues.map(({ id }) => id)).size).toBe(cues.length);
  expect(cues.filter(({ startMs, endMs }) => !(startMs >= 0 && endMs > startMs))).toEqual([]);
}

/** Runs a session beside the plain model; answers it with the track it began with. */
function play(seed: number, operations: number) {
  const session = new RandomSession(seed, 3);
  const start = session.content;
  const model = new NaiveTrack(start);
  for (let turn = 0; session.log.length < operations; turn++) {
    for (const operation of session.turn()) {
      expect(model.apply(operation)).toBeDefined();
    }
    if (turn % 40 === 0) {
      expect(session.content).toEqual(model.content);
      assertSound(session);
    }
  }
  expect(session.content).toEqual(model.content);
  assertSound(session);
  return { session, start };
}

describe("10,000 random operations of three people with random undo", () => {
  const before = performance.now();
  const { session, start } = play(20_261_127, 10_000);
  const tookMs = performance.now() - before;

  it("equal the model, in time", () => {
    const { edits, undone, redone, kept, refused } = session.counts;
    expect(session.log.length).toBeGreaterThanOrEqual(10_000);
    for (const count of [edits, undone, redone, kept, refused]) expect(count).toBeGreaterThan(200);
    expect(tookMs).toBeLessThan(15_000);
  });

  it("are read again from the log as they were made", () => {
    const operations = session.log.map(({ operation }) => operation);
    expect(applyAllToTrack(start, operations)).toEqual({ ok: true, content: session.content });
  });

  it("are undone to the first by their inverses", () => {
    const inverses: SubtitleOperation[] = invertGroup(session.log);
    expect(applyAllToTrack(session.content, inverses)).toEqual({ ok: true, content: start });
  });
});

describe("random sessions", () => {
  it("equal the model whatever happens in them", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { session, start } = play(seed, 120);
        const back = applyAllToTrack(session.content, invertGroup(session.log));
        expect(back).toEqual({ ok: true, content: start });
      }),
      { numRuns: 30 },
    );
  });

  it("take back all that one person did alone, and make it again", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const session = new RandomSession(seed, 1);
        const start = session.content;
        for (let i = 0; i < 40; i++) session.turn();
        session.redoAll(0);
        const end = session.content;
        session.undoAll(0);
        expect(session.content).toEqual(start);
        session.redoAll(0);
        expect(session.content).toEqual(end);
      }),
      { numRuns: 30 },
    );
  });
});
