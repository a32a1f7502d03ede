import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

/** @typedef {Record<string, string | undefined>} Environment */

/**
 * The variables of `.env` and `.env.local`, under those that the process already has: the same
 * order as Next.js has, so that the server and what starts it agree.
 * @param {string} root
 * @param {Environment} [processEnv]
 * @returns {Environment}
 */
export function readEnvironment(root, processEnv = process.env) {
  const files = [".env", ".env.local"].map((name) => readEnvFile(path.join(root, name)));
  return Object.assign({}, ...files, processEnv);
}

/**
 * @param {string} file
 * @returns {Environment}
 */
function readEnvFile(file) {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return {};
    throw error;
  }
}

/**
 * Whether the product may embed what isn't configured. The full check is lib/env.ts's; this is
 * the one question that must be answered before anything is installed.
 * @param {Environment} env
 */
export function isLocalMode(env) {
  return env.AX2_MODE ? env.AX2_MODE !== "production" : !env.VERCEL;
}

/**
 * What the product's processes get: what the person set, and for whatever they left out what
 * this machine embeds.
 * @param {object} parts
 * @param {Environment} parts.env
 * @param {Environment} parts.embedded
 * @returns {Environment}
 */
export function serviceEnvironment({ env, embedded }) {
  const missing = Object.entries(embedded).filter(([name, value]) => value && !env[name]);
  return { ...env, ...Object.fromEntries(missing) };
}

/**
 * The names of all variables of the product, as `.env.example` documents them.
 * @param {string} text of `.env.example`
 */
export function documentedVariables(text) {
  return [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] ?? "");
}
