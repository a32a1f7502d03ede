import { readFileSync } from "node:fs";

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {Readonly<Counts>} */
export const nothingCounted = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    nothingCounted,
  );
}

/**
 * Counts of Vitest's JSON report. A file that can't even be loaded holds no test that could fail:
 * it counts as one.
 * @param {any} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === "failed" &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts of Playwright's JSON report. One that passed only at a second try has failed.
 * @param {any} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/**
 * What a test program's run counts as. A program that failed without a failed test, or left no
 * report, is one failure: no count may look better than the exit code.
 * @param {{ reportFile: string, count: (report: any) => Counts, succeeded: boolean }} run
 * @returns {Counts}
 */
export function countRun({ reportFile, count, succeeded }) {
  let counts;
  try {
    counts = count(JSON.parse(readFileSync(reportFile, "utf8")));
  } catch {
    return { ...nothingCounted, failed: 1 };
  }
  const ran = counts.passed + counts.failed + counts.skipped > 0;
  if (succeeded ? ran : counts.failed > 0) return counts;
  return { ...counts, failed: counts.failed + 1 };
}

/**
 * The one line that says how it went.
 * @param {Counts} counts
 */
export function countLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
