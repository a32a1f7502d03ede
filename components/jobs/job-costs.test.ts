import { describe, expect, it } from "vitest";
import type { JobLine } from "@/lib/jobs/schema";
import { languageCosts, mainCost, outcomeOf, spokenTargets, stageCosts } from "./job-costs";

const line = (
  component: string,
  state: JobLine["state"],
  amount = 10,
  reason: string | null = null,
): JobLine => ({ component, amount, state, reason });

const lines = [
  line("transcribe", "captured", 20),
  line("translate:en", "captured"),
  line("translate:ja", "released", 10, "translation_failed"),
  line("translate:ko", "released", 10, "same_language"),
];

describe("costs of a job", () => {
  it("gives each stage and each language its own", () => {
    expect(stageCosts({ lines }, "recognition")).toEqual({ held: 0, captured: 20, released: 0 });
    expect(stageCosts({ lines }, "translation")).toEqual({ held: 0, captured: 10, released: 10 });
    expect(stageCosts({ lines }, "saving")).toEqual({ held: 0, captured: 0, released: 0 });
    expect(languageCosts({ lines }, "ja")).toEqual({ held: 0, captured: 0, released: 10 });
    expect(spokenTargets({ lines })).toEqual(["ko"]);
  });

  it.each([
    [
      { held: 1, captured: 2, released: 3 },
      { state: "captured", amount: 2 },
    ],
    [
      { held: 1, captured: 0, released: 3 },
      { state: "held", amount: 1 },
    ],
    [
      { held: 0, captured: 0, released: 3 },
      { state: "released", amount: 3 },
    ],
    [{ held: 0, captured: 0, released: 0 }, null],
  ])("says most about %j", (costs, main) => {
    expect(mainCost(costs)).toEqual(main);
  });

  it("knows how a job went", () => {
    const failed = [{ status: "failed" }] as never;
    expect(outcomeOf({ lines, languages: [] })).toBe("done");
    expect(outcomeOf({ lines, languages: failed })).toBe("partly");
    const silent = [line("transcribe", "released", 20, "no_speech")];
    expect(outcomeOf({ lines: silent, languages: [] })).toBe("silent");
    expect(outcomeOf({ lines: [], languages: [] })).toBe("done");
  });
});
