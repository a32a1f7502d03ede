import { describe, expect, it } from "vitest";
import {
  busyMs,
  type EstimatedJob,
  type MeasuredSpeed,
  speedModel,
  stageEstimates,
  wholeEstimate,
} from "./estimates";
import { plainOptions } from "./plain-options";

const minuteMs = 60_000;
const speeds: MeasuredSpeed[] = [
  { work: "audio", engine: "ffmpeg", model: "", audioMs: 600_000, workMs: 6_000 },
  { work: "recognition", engine: "local", model: "base", audioMs: 100_000, workMs: 10_000 },
  { work: "recognition", engine: "local", model: "base fast", audioMs: 100_000, workMs: 5_000 },
  { work: "recognition", engine: "openai", model: "whisper-1", audioMs: 100_000, workMs: 2_000 },
  { work: "speakers", engine: "channels", model: "energy", audioMs: 100_000, workMs: 1_000 },
  { work: "translation", engine: "deepl", model: "quality", audioMs: 100_000, workMs: 500 },
  { work: "translation", engine: "chat", model: "m", audioMs: 100_000, workMs: 1_500 },
];

const job = (change: Partial<EstimatedJob> = {}): EstimatedJob => ({
  kind: "caption",
  options: plainOptions,
  durationMs: 10 * minuteMs,
  speechMs: null,
  recogniser: { engine: "local", model: "base" },
  ...change,
});

const estimatesOf = (change: Partial<EstimatedJob>) =>
  Object.fromEntries(stageEstimates(job(change), speeds));

describe("the time that stages take", () => {
  it("comes from what the same engine did before", () => {
    expect(estimatesOf({})).toEqual({
      upload: 0,
      audio: 6_000,
      recognition: 60_000,
      saving: 1_000,
    });
    expect(estimatesOf({ options: { ...plainOptions, quality: "fast" } }).recognition).toBe(30_000);
    expect(estimatesOf({ recogniser: { engine: "openai", model: "whisper-1" } })).toMatchObject({
      recognition: 12_000,
    });
  });

  it("counts speech alone where it is known, and each language", () => {
    expect(estimatesOf({ speechMs: minuteMs }).recognition).toBe(6_000);
    const options = { ...plainOptions, targets: ["en", "ja"], speakers: "channels" as const };
    expect(estimatesOf({ options })).toMatchObject({ speakers: 6_000, translation: 12_000 });
    expect(estimatesOf({ kind: "translate", options })).toEqual({ translation: 12_000 });
  });

  it.each([
    ["a model that hasn't worked here", { recogniser: { engine: "local", model: "large" } }],
    ["another way to tell speakers apart", { options: { ...plainOptions, speakers: "sherpa" } }],
    ["a video of unknown length", { durationMs: null }],
  ] as [string, Partial<EstimatedJob>][])("isn't known for %s", (_, change) => {
    expect(wholeEstimate(stageEstimates(job(change), speeds).values())).toBeNull();
  });

  it("adds up", () => {
    expect(wholeEstimate(stageEstimates(job(), speeds).values())).toBe(67_000);
  });
});

it("a quality other than the usual is measured for itself", () => {
  expect(speedModel("base", "standard")).toBe("base");
  expect(speedModel("base", "best")).toBe("base best");
});

describe("the time that pieces of work took", () => {
  it.each([
    ["nothing", [], 0],
    [
      "one after the other",
      [
        [10, 10],
        [20, 10],
      ],
      20,
    ],
    [
      "side by side",
      [
        [10, 10],
        [10, 10],
      ],
      10,
    ],
    [
      "one inside the other",
      [
        [100, 100],
        [50, 20],
      ],
      100,
    ],
    [
      "overlapping",
      [
        [10, 10],
        [15, 10],
      ],
      15,
    ],
    [
      "with a pause",
      [
        [10, 10],
        [1_000, 10],
      ],
      20,
    ],
  ] as [string, [number, number][], number][])("of %s", (_, pieces, expected) => {
    expect(busyMs(pieces.map(([endMs, workMs]) => ({ endMs, workMs })))).toBe(expected);
  });
});
