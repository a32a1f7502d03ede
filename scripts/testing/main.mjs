import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { createHousehold } from "../bootstrap/household.mjs";
import { createLog } from "../bootstrap/log.mjs";
import { endGroup } from "../bootstrap/process-identity.mjs";
import { countLine, nothingCounted, sum } from "./report.mjs";
import { runParts, testEnvironment } from "./run-parts.mjs";

export const partNames = ["checks", "unit", "integration", "e2e"];

/** A quiet machine of two cores needs a third of it; a busy one shall not fail for being busy. */
const totalTimeoutMs = 60 * 60_000;

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
  const cut = await Promise.race([runParts(context, wanted).catch(asReason), cutShort()]);
  if (cut) {
    log.say(`✗ ${cut}`);
    outcomes.push({ name: "the run itself", counts: { ...nothingCounted, failed: 1 } });
  }

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

/** @param {unknown} error */
function asReason(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * A signal or the time limit: the run ends as failed, with what was counted so far.
 * @returns {Promise<string>}
 */
function cutShort() {
  return new Promise((resolve) => {
    const limit = `The time limit of ${totalTimeoutMs / 60_000} minutes is over`;
    setTimeout(() => resolve(limit), totalTimeoutMs).unref();
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.once(signal, () => resolve(`Stopped by ${signal}`));
    }
  });
}
