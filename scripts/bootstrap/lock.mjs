import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { endGroup, identityOf, isAlive } from "./process-identity.mjs";

/**
 * Who runs the product on a data folder, kept in `run.json` there.
 * @typedef {object} RunFile
 * @property {number} pid of the supervisor
 * @property {string | undefined} identity of the supervisor
 * @property {string | undefined} [url] once it is healthy
 * @property {import("./household.mjs").Member[]} members
 */

/** Another supervisor runs on the same data folder. */
export class AlreadyRunningError extends Error {
  /** @param {RunFile} owner */
  constructor(owner) {
    super(
      owner.url
        ? `AX2 Caption is already running: ${owner.url} (process ${owner.pid})`
        : `AX2 Caption is already starting (process ${owner.pid})`,
    );
    this.name = "AlreadyRunningError";
    this.owner = owner;
  }
}

/**
 * The supervisor that runs on `dataDir` now, if any.
 * @param {string} dataDir
 * @returns {RunFile | undefined}
 */
export function runningOn(dataDir) {
  const owner = readRunFile(runFilePath(dataDir));
  return owner && isAlive(owner) ? owner : undefined;
}

/**
 * Takes the data folder for this process. What a supervisor that died left running is ended
 * first, in the order in which it would have been stopped.
 * @param {string} dataDir
 * @throws {AlreadyRunningError}
 */
export async function takeDataFolder(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = runFilePath(dataDir);
  /** @type {RunFile} */
  let state = { pid: process.pid, identity: identityOf(process.pid), members: [] };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(state));
  try {
    while (!linked(draft, file)) {
      const owner = readRunFile(file);
      if (owner && isAlive(owner)) throw new AlreadyRunningError(owner);
      // Of two that see the same dead owner only one succeeds in moving its file away.
      const claimed = `${file}.dead.${process.pid}`;
      if (!moved(file, claimed)) continue;
      const dead = readRunFile(claimed);
      if (dead && isAlive(dead)) {
        // Someone took the folder between our look and our move: give it back.
        renameSync(claimed, file);
        throw new AlreadyRunningError(dead);
      }
      await endLeftovers(dead);
      rmSync(claimed, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }

  return {
    /** @param {Partial<RunFile>} change */
    update(change) {
      state = { ...state, ...change };
      writeFileSync(draft, JSON.stringify(state));
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** @param {RunFile | undefined} owner */
async function endLeftovers(owner) {
  for (const member of [...(owner?.members ?? [])].reverse()) {
    if (isAlive(member)) await endGroup({ pid: member.pid, signal: member.signal });
  }
}

/** @param {string} dataDir */
function runFilePath(dataDir) {
  return path.join(dataDir, "run.json");
}

/**
 * @param {string} file
 * @returns {RunFile | undefined}
 */
function readRunFile(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * A hard link appears whole or not at all, unlike a file that is created and then written.
 * @param {string} from
 * @param {string} to
 */
function linked(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
