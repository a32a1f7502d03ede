import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { CommandError, run } from "./run.mjs";

const installTimeoutMs = 10 * 60_000;

/**
 * @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Installs the packages of package-lock.json unless they are there.
 * @param {object} options
 * @param {string} options.root
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 * @param {() => void} [options.beforeInstall] may throw to keep the present packages
 */
export async function ensurePackages({ root, household, log, logDir, beforeInstall }) {
  if (packagesAreInstalled(root)) {
    await ensurePackagedNode({ root, household, logDir });
    return;
  }
  beforeInstall?.();
  await log.step("Installing packages", () => npmInstall({ root, household, logDir }));
  await ensurePackagedNode({ root, household, logDir });
}

/**
 * Whether the packages are those of package-lock.json.
 * @param {string} root
 */
export function packagesAreInstalled(root) {
  const lock = readLock(path.join(root, "package-lock.json"));
  if (!lock) throw new Error("package-lock.json is missing: this folder is not a whole copy.");
  // npm writes this file as the last act of an install, so one cut short is seen, too.
  const installed = readLock(path.join(root, "node_modules/.package-lock.json"));
  return installed !== undefined && missingPackages(lock, installed).length === 0;
}

/**
 * The packages of `lock` that `installed` lacks or has in another version. Optional ones may be
 * missing: they are for other machines.
 * @param {Lock} lock
 * @param {Lock} installed
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages ?? {})
    .filter(([name, entry]) => {
      if (name === "" || entry.link) return false;
      const present = installed.packages?.[name];
      return present ? present.version !== entry.version : !entry.optional;
    })
    .map(([name]) => name);
}

/**
 * @param {string} file
 * @returns {Lock | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * `npm ci`; where package-lock.json lacks packages for other machines, which npm leaves out when
 * the registry at hand doesn't have them, an install that takes the lock for what it holds.
 * @param {{ root: string, household: import("./household.mjs").Household, logDir: string }} options
 */
async function npmInstall({ root, household, logDir }) {
  const { command, args } = npmCommand();
  const npm = (/** @type {string[]} */ words) =>
    run(household, {
      name: `npm ${words[0]}`,
      command,
      args: [...args, ...words, "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
      cwd: root,
      env: installEnvironment(root),
      timeoutMs: installTimeoutMs,
      logFile: path.join(logDir, "install.log"),
    });
  try {
    await npm(["ci"]);
  } catch (error) {
    const text = readFileSync(path.join(logDir, "install.log"), "utf8");
    if (!(error instanceof CommandError && text.includes("EUSAGE"))) throw error;
    await npm(["install", "--no-save"]);
  }
}

/** The npm that runs us, else the one on the path. */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js")
    ? { command: process.execPath, args: [script] }
    : { command: "npm", args: [] };
}

/**
 * Prisma's install script downloads an engine that we never use unless it is told of one.
 * @param {string} root
 */
export function installEnvironment(root) {
  return { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: unusedEngine(root) };
}

/**
 * Prisma only looks whether this file can be executed: migrations run on its WASM engine.
 * @param {string} root
 */
export function unusedEngine(root) {
  return path.join(root, "scripts/bootstrap/unused-engine.sh");
}

/**
 * The package `node` fetches its binary in an install script, which npm may have been told to
 * skip: then we run it.
 * @param {{ root: string, household: import("./household.mjs").Household, logDir: string }} options
 */
async function ensurePackagedNode({ root, household, logDir }) {
  const folder = path.join(root, "node_modules/node");
  if (existsSync(path.join(folder, "bin/node")) || !existsSync(folder)) return;
  await run(household, {
    name: "node package",
    command: process.execPath,
    args: ["installArchSpecificPackage.js"],
    cwd: folder,
    timeoutMs: installTimeoutMs,
    logFile: path.join(logDir, "install.log"),
  });
}
