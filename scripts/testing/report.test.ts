import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countLine, countPlaywright, countRun, countVitest, sum } from "./report.mjs";

const vitest = {
  numPassedTests: 10,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
    { status: "passed", assertionResults: [{ status: "passed" }] },
  ],
};

describe("countVitest", () => {
  it("counts tests", () => {
    expect(countVitest(vitest)).toEqual({ passed: 10, failed: 1, skipped: 3 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const broken = { status: "failed", assertionResults: [] };
    const report = { ...vitest, testResults: [...vitest.testResults, broken] };
    expect(countVitest(report).failed).toBe(2);
  });
});

describe("countPlaywright", () => {
  it("counts a flaky test and an error outside of tests as failures", () => {
    const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 4, skipped: 3 });
  });
});

describe("countRun", () => {
  let folder = "";
  const reportFile = () => path.join(folder, "report.json");
  const count = (report: { passed: number; failed: number; skipped: number }) => report;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "ax2-report-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["a clean run", { passed: 3, failed: 0, skipped: 0 }, true, 0],
    ["failed tests", { passed: 3, failed: 2, skipped: 0 }, false, 2],
    ["a failure outside of tests", { passed: 3, failed: 0, skipped: 0 }, false, 1],
    ["a run without any test", { passed: 0, failed: 0, skipped: 0 }, true, 1],
  ])("%s", (_what, report, succeeded, failed) => {
    writeFileSync(reportFile(), JSON.stringify(report));
    expect(countRun({ reportFile: reportFile(), count, succeeded }).failed).toBe(failed);
  });

  it("takes a missing or broken report for a failure", () => {
    const run = { reportFile: reportFile(), count, succeeded: true };
    expect(countRun(run)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    writeFileSync(reportFile(), "{");
    expect(countRun(run).failed).toBe(1);
  });
});

describe("countLine", () => {
  it("names skipped tests only when there are some", () => {
    expect(countLine({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(countLine({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });

  it("adds up", () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
