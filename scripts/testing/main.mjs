import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { createHousehold } from "../bootstrap/household.mjs";
import { createLog } from "../bootstrap/log.mjs";
import { endGroup } from "../bootstrap/process-identity.mjs";
import { check } from "./parts.mjs";
import { countLine, nothingCounted, sum } from "./report.mjs";
import { runParts, testEnvironment } from "./run-parts.mjs";

export const partNames = ["checks", "unit", "integration", "e2e"];

const totalTimeoutMs = 24 * 60_000;

/**
 * Installs what is missing and runs the parts named, all when none is. The last line printed is
 * the count.
 * @param {{ root: string, parts: string[] }} options
 * @returns {Promise<number>} exit code
 */
export async function main({ root, parts }) {
  const unknown = parts.filter((part) => !partNames.includes(part));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(", ")}. Parts: ${partNames.join(", ")}`);
  }
  const log = createLog();
  const results = path.join(root, "test-results");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(path.join(results, "logs"), { recursive: true });
  const household = createHousehold();
  /** @type {import("./parts.mjs").Outcome[]} */
  const outcomes = [];
  /** @type {(() => Promise<void>)[]} */
  const cleanups = [];
  const context = { root, results, household, log, env: testEnvironment(root), outcomes, cleanups };

  const wanted = new Set(parts.length > 0 ? parts : partNames);
  const work = check(context, "Whole run", () => runParts(context, wanted));
  outcomes.push(await Promise.race([work, cutShort()]));

  for (const cleanUp of cleanups) await cleanUp().catch((error) => log.say(`! ${error.message}`));
  await Promise.all(
    household.members().map(({ pid, signal }) => endGroup({ pid, signal, graceMs: 2_000 })),
  );
  household.close();
  const total = sum(outcomes.map((outcome) => outcome.counts));
  const failed = outcomes.filter((outcome) => outcome.counts.failed > 0);
  if (failed.length > 0) log.say(`Failed: ${failed.map((outcome) => outcome.name).join(", ")}`);
  log.say(countLine(total));
  return total.failed > 0 ? 1 : 0;
}

/**
 * A signal or the time limit: the run ends as failed, with what was counted so far.
 * @returns {Promise<import("./parts.mjs").Outcome>}
 */
function cutShort() {
  return new Promise((resolve) => {
    /** @param {string} name */
    const cut = (name) => resolve({ name, counts: { ...nothingCounted, failed: 1 } });
    const limit = `time limit of ${totalTimeoutMs / 60_000} minutes`;
    setTimeout(() => cut(limit), totalTimeoutMs).unref();
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.once(signal, () => cut(`stopped by ${signal}`));
    }
  });
}
