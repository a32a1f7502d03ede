import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeJobView } from "@/lib/testing/job-view";
import { plainOptions } from "./plain-options";
import {
  applyJobEvent,
  initialStages,
  isTriedAgain,
  msLeft,
  overallProgress,
  stagesOf,
} from "./progress";
import type {
  JobEventData,
  JobEventView,
  JobKind,
  JobLanguageView,
  JobLine,
  StageView,
} from "./schema";
import { jobStages } from "./stages";

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

describe("the stages of a job", () => {
  it.each([
    ["caption", {}, ["upload", "audio", "recognition", "saving"]],
    ["align", {}, ["upload", "audio", "recognition", "saving"]],
    [
      "caption",
      { speakers: "channels", targets: ["en"] },
      ["upload", "audio", "recognition", "speakers", "saving", "translation"],
    ],
    ["translate", { targets: ["en"] }, ["translation"]],
  ] as [JobKind, object, string[]][])("%s with %o", (kind, change, expected) => {
    const options = { ...plainOptions, ...change };
    expect(stagesOf({ kind, options })).toEqual(expected);
  });

  it("weigh what they take where that is measured", () => {
    const stages = [
      { stage: "audio", progress: 100, estimateMs: 10 },
      { stage: "recognition", progress: 50, estimateMs: 20 },
      { stage: "translation", progress: 0, estimateMs: 20 },
    ] as const;
    expect(overallProgress(stages)).toBe(40);
    expect(overallProgress([])).toBe(0);
  });
});

describe("a job's view", () => {
  it("follows each language by itself", () => {
    const waiting = (language: string): JobLanguageView => ({
      ...{ language, status: "pending", progress: 0, errorCode: null, trackId: null },
      ...{ retryAt: null, startedAt: null, endedAt: null },
    });
    const later = "2026-01-01T00:01:00.000Z";
    const languages = ["en", "ja", "ko"].map(waiting);
    const begun = { ...view, tracks: [{ id: "source", language: "ko" }], languages };
    const lines: JobLine[] = [
      { component: "translate:en", amount: 5, state: "captured", reason: null },
    ];
    const credits = { held: 5, captured: 5, released: 0 };
    const told: Omit<Extract<JobEventData, { kind: "translation" }>, "progress">[] = [
      { kind: "translation", language: "ko", status: "skipped", languageProgress: 0 },
      {
        ...{ kind: "translation", language: "en", status: "running", languageProgress: 20 },
        ...{ errorCode: "translation_failed", retryAt: later },
      },
      { kind: "translation", language: "en", status: "running", languageProgress: 40 },
      {
        ...{ kind: "translation", language: "en", status: "completed", languageProgress: 100 },
        ...{ trackId: "english", credits, lines },
      },
      {
        ...{ kind: "translation", language: "ja", status: "failed", languageProgress: 20 },
        errorCode: "translation_quota_exceeded",
      },
    ];
    const events = told.map((event, index) => ({
      ...event,
      progress: 50 + index,
      seq: index + 2,
      at,
    }));
    const waits = events.slice(0, 2).reduce(applyJobEvent, begun).languages[0];
    expect(waits).toMatchObject({ errorCode: "translation_failed", retryAt: later });
    expect(waits && isTriedAgain(waits)).toBe(true);
    const after = events.reduce(applyJobEvent, begun);
    expect(after.languages).toEqual([
      {
        ...{ language: "en", status: "completed", progress: 100, errorCode: null },
        ...{ retryAt: null, trackId: "english", startedAt: at, endedAt: at },
      },
      {
        ...{ language: "ja", status: "failed", progress: 20, trackId: null },
        ...{ errorCode: "translation_quota_exceeded", retryAt: null, startedAt: at, endedAt: at },
      },
    ]);
    expect(after.languages.some(isTriedAgain)).toBe(false);
    expect(after).toMatchObject({ progress: 54, credits, lines });
    expect(after.tracks.map(({ id }) => id)).toEqual(["source", "english"]);
  });

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

  it.each([
    ["what is measured, while nothing has begun to tell", 0, 1_000, 99_000],
    ["what is measured, less what is done", 50, 1_000, 59_000],
    ["how the running stage goes, once that tells", 50, 60_000, 79_000],
  ])("is %s", (_, progress, elapsed, left) => {
    const [, audio, recognition, saving] = initialStages();
    if (!audio || !recognition || !saving) throw new Error("no stages");
    const stages: StageView[] = [
      { ...audio, status: "completed", progress: 100, estimateMs: 5_000 },
      { ...recognition, status: "running", progress, startedAt, estimateMs: 80_000 },
      { ...saving, estimateMs: 19_000 },
    ];
    expect(msLeft({ progress: 20, startedAt, stages }, later(elapsed))).toBe(left);
  });

  it("goes by the whole where a stage was never measured", () => {
    const stages = initialStages().map((stage) => ({ ...stage, estimateMs: null }));
    expect(msLeft({ progress: 50, startedAt, stages }, later(60_000))).toBe(60_000);
  });

  it("waits on top for what is tried again, and is unknown while nobody knows when", () => {
    const waiting = (retryAt: string | null): JobLanguageView => ({
      ...{ language: "en", status: "running", progress: 50, errorCode: "translation_failed" },
      ...{ retryAt, trackId: null, startedAt, endedAt: null },
    });
    const left = (...languages: JobLanguageView[]) =>
      msLeft({ progress: 50, startedAt, languages }, later(60_000));
    expect(left(waiting("2026-01-01T00:01:30.000Z"))).toBe(90_000);
    expect(left(waiting("2026-01-01T00:00:30.000Z"))).toBe(60_000);
    expect(left(waiting(null))).toBeUndefined();
    expect(left({ ...waiting(null), status: "failed" })).toBe(60_000);
  });

  it("is unknown before the start", () => {
    expect(msLeft({ progress: 50, startedAt: null }, later(60_000))).toBeUndefined();
  });
});
