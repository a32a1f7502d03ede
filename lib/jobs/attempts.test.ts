import { describe, expect, it } from "vitest";
import { attemptOf } from "./attempts";
import type { JobKind } from "./schema";
import type { StageStatus } from "./stages";
import type { JobStatus } from "./statuses";

const stage = (name: string, status: StageStatus, progress = 0) => ({
  stage: name,
  status,
  progress: status === "completed" ? 100 : progress,
});

const saved = [
  stage("audio", "completed"),
  stage("recognition", "completed"),
  stage("saving", "completed"),
  stage("translation", "failed", 60),
];
const recognising = [
  stage("audio", "completed"),
  stage("recognition", "failed", 40),
  stage("saving", "pending"),
  stage("translation", "pending"),
];
const translations = (...statuses: StageStatus[]) =>
  statuses.map((status, at) => ({ language: ["en", "ja", "es"][at] ?? "", status }));

describe("what another attempt does", () => {
  it.each([
    ["pending", "caption", undefined],
    ["processing", "caption", undefined],
    ["completed", "caption", undefined],
    ["failed", "caption", { needsFiles: true, languages: ["en", "ja"] }],
    ["cancelled", "align", { needsFiles: true, languages: ["en", "ja"] }],
  ] as [JobStatus, JobKind, object | undefined][])(
    "after a %s %s job that was recognising",
    (status, kind, expected) => {
      const state = { stages: recognising, translations: translations("pending", "pending") };
      const again = attemptOf({ kind, status }, state);
      if (expected) expect(again).toMatchObject(expected);
      else expect(again).toBeUndefined();
    },
  );

  it("goes on with the languages that aren't there, and needs no files for them", () => {
    const state = { stages: saved, translations: translations("completed", "failed", "pending") };
    const again = attemptOf({ kind: "caption", status: "cancelled" }, state);
    expect(again).toMatchObject({ needsFiles: false, languages: ["ja", "es"] });
  });

  it("takes failed languages of a complete job, those that are asked for", () => {
    const state = { stages: saved, translations: translations("completed", "failed", "failed") };
    const again = (asked?: string[]) =>
      attemptOf({ kind: "caption", status: "completed" }, { ...state, asked });
    expect(again()).toBeUndefined();
    expect(again(["en", "fr"])).toBeUndefined();
    expect(again(["en", "es"])).toMatchObject({ needsFiles: false, languages: ["es"] });
  });

  it("needs files for a job from before there were stages", () => {
    const again = attemptOf(
      { kind: "caption", status: "failed" },
      { stages: [], translations: [] },
    );
    expect(again).toMatchObject({ needsFiles: true });
  });

  it("never begins at the end", () => {
    const state = { stages: saved, translations: translations("failed"), asked: ["en"] };
    const again = attemptOf({ kind: "caption", status: "completed" }, state);
    expect(again?.progress).toBeLessThan(100);
    expect(again?.progress).toBeGreaterThan(50);
  });
});
