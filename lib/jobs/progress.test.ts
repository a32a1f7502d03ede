import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeJobView } from "@/lib/testing/job-view";
import { applyJobEvent, initialStages, msLeft, overallProgress } from "./progress";
import { type JobEventView, jobStages } from "./schema";

const at = "2026-01-01T00:00:10.000Z";

const view = makeJobView({ id: "job", seq: 1, createdAt: "2026-01-01T00:00:00.000Z" });

describe("overall progress", () => {
  it.each([
    [{}, 0],
    [{ audio: 100 }, 10],
    [{ audio: 100, recognition: 50 }, 52],
    [{ audio: 100, recognition: 100 }, 95],
    [{ audio: 100, recognition: 100, saving: 100 }, 99],
  ])("of %o is %i: 100 is for what is stored", (done, expected) => {
    const stages = initialStages().map((stage) => ({
      ...stage,
      progress: (done as Record<string, number>)[stage.stage] ?? stage.progress,
    }));
    expect(overallProgress(stages)).toBe(expected);
  });
});

describe("a job's view", () => {
  it("follows the events to the end", () => {
    const events: JobEventView[] = [
      { seq: 2, at, kind: "status", status: "processing", progress: 0 },
      {
        seq: 3,
        at,
        kind: "stage",
        stage: "audio",
        status: "running",
        stageProgress: 40,
        progress: 4,
      },
      { seq: 4, at, kind: "language", language: "ko" },
      {
        seq: 5,
        at,
        kind: "stage",
        stage: "audio",
        status: "completed",
        stageProgress: 100,
        progress: 10,
      },
      {
        seq: 6,
        at,
        kind: "status",
        status: "completed",
        progress: 100,
        tracks: [{ id: "track", language: "ko" }],
      },
    ];
    const after = events.reduce(applyJobEvent, view);
    expect(after).toMatchObject({
      status: "completed",
      progress: 100,
      detectedLanguage: "ko",
      startedAt: at,
      endedAt: at,
      tracks: [{ id: "track", language: "ko" }],
      seq: 6,
    });
    expect(after.stages[1]).toMatchObject({ status: "completed", progress: 100, endedAt: at });
  });

  it("never falls back and never changes on what it has, in whatever order events come", () => {
    const event = fc
      .record({
        seq: fc.integer({ min: 1, max: 30 }),
        stage: fc.constantFrom(...jobStages),
        stageProgress: fc.integer({ min: 0, max: 100 }),
        progress: fc.integer({ min: 0, max: 99 }),
      })
      .map((drawn): JobEventView => ({ ...drawn, at, kind: "stage", status: "running" }));
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let now = view;
        for (const next of events) {
          const before = now;
          now = applyJobEvent(now, next);
          expect(now.progress).toBeGreaterThanOrEqual(before.progress);
          now.stages.forEach((stage, index) => {
            expect(stage.progress).toBeGreaterThanOrEqual(before.stages[index]?.progress ?? 0);
          });
          if (next.seq <= before.seq) expect(now).toBe(before);
          expect(applyJobEvent(now, next)).toBe(now);
        }
      }),
    );
  });
});

describe("time left", () => {
  const startedAt = "2026-01-01T00:00:00.000Z";
  const later = (ms: number) => Date.parse(startedAt) + ms;
  it.each([
    [50, 60_000, 60_000],
    [10, 10_000, 90_000],
    [2, 60_000, undefined],
    [50, 3_000, undefined],
  ])("at %i %% after %i ms is %s", (progress, elapsed, left) => {
    expect(msLeft({ progress, startedAt }, later(elapsed))).toBe(left);
  });
  it("is unknown before the start", () => {
    expect(msLeft({ progress: 50, startedAt: null }, later(60_000))).toBeUndefined();
  });
});
