import { existsSync } from "node:fs";
import path from "node:path";
import { run } from "./run.mjs";

const aptTimeoutMs = 8 * 60_000;
const options = ["-o", "DPkg::Lock::Timeout=180", "-o", "Acquire::Retries=3"];

/** apt locks its lists and its database: installs of this process wait for each other. */
let queue = Promise.resolve();
let listsAreFresh = false;

/** Whether this process may install Debian packages. */
export function canUseApt() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

/**
 * Installs Debian packages, one call after the other.
 * @param {string[]} packages
 * @param {{ household: import("./household.mjs").Household, logDir: string }} tools
 * @returns {Promise<void>}
 * @throws {import("./run.mjs").CommandError}
 */
export function aptInstall(packages, tools) {
  const turn = queue.then(() => install(packages, tools));
  queue = turn.catch(() => undefined);
  return turn;
}

/**
 * @param {string[]} packages
 * @param {{ household: import("./household.mjs").Household, logDir: string }} tools
 */
async function install(packages, { household, logDir }) {
  /** @param {string[]} args */
  const apt = (args) =>
    run(household, {
      name: `apt-get ${args[0]}`,
      command: "/usr/bin/apt-get",
      args: [...args, ...options],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeoutMs: aptTimeoutMs,
      logFile: path.join(logDir, "apt.log"),
    });
  if (!listsAreFresh) await apt(["update", "-q"]);
  listsAreFresh = true;
  await apt(["install", "-y", "-q", "--no-install-recommends", ...packages]);
}
