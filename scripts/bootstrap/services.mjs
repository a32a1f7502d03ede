import path from "node:path";
import { nodeCommand, typescriptCommand } from "./node.mjs";

/**
 * @typedef {object} ServiceContext
 * @property {string} root
 * @property {import("./environment.mjs").Environment} env
 * @property {number} port of the web server
 * @property {boolean} dev
 */

/**
 * An idle connection stays open longer than proxies (60 s and more) and programs keep theirs: the
 * side that closes first can cut off a request on its way. Node's own 5 s did.
 */
const keepAliveTimeoutMs = 75_000;

/**
 * The pages and the HTTP API.
 * @param {ServiceContext} context
 * @returns {import("./supervisor.mjs").Service}
 */
export function webService({ root, env, port, dev }) {
  const start = ["start", "--keepAliveTimeout", String(keepAliveTimeoutMs)];
  const args = [...(dev ? ["dev"] : start), "--port", String(port)];
  return {
    name: "web",
    ...nodeCommand(root, "next/dist/bin/next", args),
    cwd: root,
    env: { ...env, NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" },
    // Open event streams never end by themselves.
    graceMs: 2_000,
  };
}

/**
 * What runs the jobs where no Inngest is configured.
 * @param {ServiceContext} context
 * @returns {import("./supervisor.mjs").Service}
 */
export function workerService({ root, env, dev }) {
  const { command, args } = typescriptCommand(root, "scripts/worker.ts");
  return {
    name: "worker",
    command,
    args: dev ? ["--watch", "--watch-preserve-output", ...args] : args,
    cwd: root,
    env: { ...env, NODE_ENV: dev ? "development" : "production" },
    graceMs: 4_000,
  };
}

/**
 * Checks the variables with lib/env.ts itself.
 * @param {{ root: string, env: import("./environment.mjs").Environment }} context
 */
export function checkCommand({ root, env }) {
  return {
    name: "configuration",
    ...typescriptCommand(root, "scripts/check-env.ts"),
    cwd: root,
    env,
    timeoutMs: 60_000,
  };
}

/**
 * Applies the migrations that the database lacks.
 * @param {{ root: string, env: import("./environment.mjs").Environment, logDir: string }} context
 */
export function migrateCommand({ root, env, logDir }) {
  return {
    name: "prisma/migrate.ts",
    ...typescriptCommand(root, "prisma/migrate.ts", ["deploy"]),
    cwd: root,
    env,
    timeoutMs: 5 * 60_000,
    logFile: path.join(logDir, "migrate.log"),
  };
}
