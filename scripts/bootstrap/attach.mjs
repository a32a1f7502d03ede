import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isLocalMode, readEnvironment, serviceEnvironment } from "./environment.mjs";
import { runningOn } from "./lock.mjs";
import { typescriptCommand } from "./node.mjs";
import { attachedPayments } from "./payments.mjs";
import { embeddedUrl } from "./postgres.mjs";
import { possibleClusters } from "./postgres-home.mjs";
import { isAlive } from "./process-identity.mjs";
import { knownSecrets } from "./secrets.mjs";

/** What an attached command ends with when it couldn't do its work at all. */
export const cannotRun = 2;

/** There is nothing to attach to; the message says what the person can do. */
export class AttachError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "AttachError";
  }
}

/**
 * The variables for a command that works on the product's data beside it: what the person set,
 * else what the product that runs on the data folder embeds. Makes and starts nothing.
 * @param {{ root: string, env?: import("./environment.mjs").Environment }} options `env`: default
 *   as `readEnvironment` finds it
 * @returns {import("./environment.mjs").Environment}
 * @throws {AttachError}
 */
export function attachedEnvironment({ root, env = readEnvironment(root) }) {
  const dataDir = path.resolve(root, env.AX2_DATA_DIR || ".data");
  const placed = { ...env, AX2_DATA_DIR: dataDir };
  if (!isLocalMode(env) || (env.DATABASE_URL && env.AUTH_SECRET)) return placed;
  const secrets = knownSecrets(dataDir);
  if (!secrets) {
    throw new AttachError(
      `AX2 Caption was never started on ${dataDir}. Start it first (npm start), or set DATABASE_URL and AUTH_SECRET.`,
    );
  }
  const embedded = {
    AUTH_SECRET: secrets.authSecret,
    DATABASE_URL:
      env.DATABASE_URL || embeddedUrl({ secrets, port: embeddedPort(dataDir, secrets) }),
    ...attachedPayments({ env, dataDir, secrets }),
  };
  return serviceEnvironment({ env: placed, embedded });
}

/**
 * @param {string} dataDir
 * @param {import("./secrets.mjs").Secrets} secrets
 * @returns {number} where the embedded server listens
 */
function embeddedPort(dataDir, { installationId }) {
  const server = runningOn(dataDir)?.members.find(({ name }) => name === "postgres");
  if (!server || !isAlive(server)) {
    throw new AttachError(
      `AX2 Caption isn't running on ${dataDir}: its database is only there while it runs. Start it (npm start) and try again beside it.`,
    );
  }
  for (const cluster of possibleClusters({ dataDir, installationId })) {
    const { pid, port } = readPidFile(path.join(cluster, "postmaster.pid"));
    // One that a killed server left behind names another process.
    if (pid === server.pid && port > 0) return port;
  }
  throw new AttachError(
    `The database of AX2 Caption on ${dataDir} is still starting. Try again in a moment.`,
  );
}

/**
 * Postgres writes one fact a line: the first is its process id, the fourth the port.
 * @param {string} file
 */
function readPidFile(file) {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "EACCES") {
      throw new AttachError(
        `${file} may not be read. Run this as the user who started AX2 Caption.`,
      );
    }
    return { pid: 0, port: 0 };
  }
}

/**
 * Runs one of our TypeScript programs beside the running product and takes over its exit code.
 * When there is nothing to attach to it says so on standard error and ends with 2.
 * @param {{ root: string, script: string, args?: string[] }} options `script`: path under the root
 */
export async function runAttached({ root, script, args = [] }) {
  try {
    if (!existsSync(path.join(root, "node_modules/tsx"))) {
      throw new AttachError("Start AX2 Caption first (npm start): it installs what this needs.");
    }
    const env = attachedEnvironment({ root });
    process.exitCode = await runToEnd({ ...typescriptCommand(root, script, args), cwd: root, env });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = cannotRun;
  }
}

/**
 * @param {{
 *   command: string,
 *   args: string[],
 *   cwd: string,
 *   env: import("./environment.mjs").Environment,
 * }} options
 * @returns {Promise<number>} its exit code
 */
function runToEnd({ command, args, cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
      process.on(signal, () => child.kill(signal));
    }
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? cannotRun));
  });
}
