import { readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { seconds } from "../bootstrap/log.mjs";
import { nodeCommand } from "../bootstrap/node.mjs";
import { CommandError, run } from "../bootstrap/run.mjs";
import { countLine, countPlaywright, countRun, countVitest, nothingCounted } from "./report.mjs";

const minuteMs = 60_000;
/** Of a failed part's output, so much is shown; the file has all of it. */
const shownLines = 150;

/**
 * @typedef {object} TestContext
 * @property {string} root
 * @property {string} results folder of reports and logs
 * @property {import("../bootstrap/environment.mjs").Environment} env
 * @property {import("../bootstrap/household.mjs").Household} household
 * @property {import("../bootstrap/log.mjs").Log} log
 */

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {import("./report.mjs").Counts} counts
 */

/**
 * A check that either holds or counts as one failure.
 * @param {TestContext} context
 * @param {string} name
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Outcome>}
 */
export async function check({ log }, name, work) {
  const startedAtMs = Date.now();
  try {
    await work();
    log.say(`✓ ${name} (${seconds(Date.now() - startedAtMs)})`);
    return { name, counts: nothingCounted };
  } catch (error) {
    log.say(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
    return { name, counts: { ...nothingCounted, failed: 1 } };
  }
}

/**
 * Biome, and the compiler over everything, tests and scripts included.
 * @param {TestContext} context
 * @returns {Promise<Outcome[]>}
 */
export async function runChecks(context) {
  const biome = check(context, "Biome", () =>
    command(
      context,
      "biome",
      nodeCommand(context.root, "@biomejs/biome/bin/biome", ["check", "."]),
    ),
  );
  const types = check(context, "Types", async () => {
    const next = nodeCommand(context.root, "next/dist/bin/next", ["typegen"]);
    await command(context, "typegen", next);
    const tsc = nodeCommand(context.root, "typescript/bin/tsc", ["--noEmit"]);
    await command(context, "tsc", tsc);
  });
  return Promise.all([biome, types]);
}

/**
 * @param {TestContext} context
 * @param {string} name
 * @param {{ command: string, args: string[] }} what
 */
function command({ root, results, env, household }, name, what) {
  return run(household, {
    name,
    ...what,
    cwd: root,
    env,
    timeoutMs: 5 * minuteMs,
    logFile: path.join(results, "logs", `${name}.log`),
  });
}

/**
 * One project of vitest.config.ts.
 * @param {TestContext} context
 * @param {"unit" | "integration"} project
 */
export function runVitest(context, project) {
  const reportFile = path.join(context.results, `${project}.json`);
  return runTests(context, {
    name: project,
    reportFile,
    count: countVitest,
    timeoutMs: 15 * minuteMs,
    what: nodeCommand(context.root, "vitest/vitest.mjs", [
      "run",
      ...["--project", project],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`],
    ]),
  });
}

/**
 * The browser tests, against a running product.
 * @param {TestContext} context
 * @param {{
 *   baseUrl: string,
 *   dataDir: string,
 *   identityUrl: string,
 *   translatorsUrl: string,
 *   browser: string | undefined,
 * }} product
 */
export function runPlaywright(context, product) {
  const { baseUrl, dataDir, identityUrl, translatorsUrl, browser } = product;
  const reportFile = path.join(context.results, "e2e.json");
  const env = {
    ...context.env,
    E2E_BASE_URL: baseUrl,
    E2E_DATA_DIR: dataDir,
    E2E_IDENTITY_URL: identityUrl,
    E2E_TRANSLATORS_URL: translatorsUrl,
    E2E_REPORT: reportFile,
    CHROMIUM_PATH: browser,
  };
  return runTests(
    { ...context, env },
    {
      name: "e2e",
      reportFile,
      count: countPlaywright,
      timeoutMs: 25 * minuteMs,
      what: nodeCommand(context.root, "@playwright/test/cli.js", ["test"]),
    },
  );
}

/**
 * @param {TestContext} context
 * @param {{
 *   name: string,
 *   reportFile: string,
 *   count: (report: any) => import("./report.mjs").Counts,
 *   timeoutMs: number,
 *   what: { command: string, args: string[] },
 * }} tests
 * @returns {Promise<Outcome>}
 */
async function runTests(context, { name, reportFile, count, timeoutMs, what }) {
  const { root, results, env, household, log } = context;
  const startedAtMs = Date.now();
  const logFile = path.join(results, "logs", `${name}.log`);
  /** @type {string | undefined} */
  let problem;
  try {
    await run(household, { name, ...what, cwd: root, env, timeoutMs, logFile });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    problem = `${error.reason}; its output:\n${lastLines(logFile)}`;
  }
  const counts = countRun({ reportFile, count, succeeded: problem === undefined });
  const mark = counts.failed > 0 ? "✗" : "✓";
  log.say(`${mark} ${name}: ${countLine(counts)} (${seconds(Date.now() - startedAtMs)})`);
  if (problem) log.say(`  ${name} ${problem}`);
  return { name, counts };
}

/** @param {string} file */
function lastLines(file) {
  try {
    const text = stripVTControlCharacters(readFileSync(file, "utf8"));
    return text.trimEnd().split("\n").slice(-shownLines).join("\n");
  } catch {
    return "";
  }
}
