import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isLocalMode } from "./environment.mjs";
import { typescriptCommand } from "./node.mjs";
import { anyFreePort, isFree } from "./ports.mjs";

/** Loading TypeScript takes about a second; a busy machine gets more. */
const answerTimeoutMs = 30_000;
const variables = ["TOSS_CLIENT_KEY", "TOSS_SECRET_KEY", "TOSS_API_URL", "TOSS_SDK_URL"];

/**
 * Whether payments are practised on this machine: unless the person has set up Toss.
 * @param {import("./environment.mjs").Environment} env
 */
export function wantsPaymentSandbox(env) {
  return isLocalMode(env) && variables.every((name) => !env[name]);
}

/**
 * Where a running sandbox is and the key to its control API, kept in `payments/sandbox.json` of the
 * data folder: for the tests, and so that the port stays the same.
 * @typedef {{ url: string, secretKey: string }} SandboxFile
 */

/**
 * @param {string} dataDir
 * @returns {SandboxFile | undefined}
 */
export function knownSandbox(dataDir) {
  try {
    return JSON.parse(readFileSync(sandboxFile(dataDir), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Starts the practice Toss beside the product, on the port it had before where that is free.
 * @param {object} options
 * @param {string} options.root
 * @param {import("./environment.mjs").Environment} options.env with APP_URL
 * @param {string} options.dataDir
 * @param {number} options.port of the web server
 * @param {import("./secrets.mjs").Secrets} options.secrets
 * @param {import("./supervisor.mjs").Supervisor} options.supervisor
 * @returns {Promise<import("./environment.mjs").Environment>} what the product's processes are told
 */
export async function startPaymentSandbox({ root, env, dataDir, port, secrets, supervisor }) {
  const ownPort = await samePort(dataDir);
  const url = `http://127.0.0.1:${ownPort}`;
  const folder = path.join(dataDir, "payments");
  writeSandboxFile(dataDir, { url, secretKey: secrets.paymentsSecretKey });
  supervisor.start({
    name: "payments",
    ...typescriptCommand(root, "scripts/payments/main.ts", [
      ...["--app", env.APP_URL || `http://localhost:${port}`],
      ...["--port", String(ownPort), "--data", folder],
      ...["--webhook", `http://127.0.0.1:${port}/api/webhooks/toss`],
    ]),
    cwd: root,
    // Nothing else of the product's is its business.
    env: {
      PATH: env.PATH,
      HOME: env.HOME,
      TMPDIR: env.TMPDIR,
      TOSS_CLIENT_KEY: secrets.paymentsClientKey,
      TOSS_SECRET_KEY: secrets.paymentsSecretKey,
    },
    graceMs: 1_000,
  });
  await answering(url);
  return variablesOf(url, secrets);
}

/**
 * What a command beside the running product is told; nothing where payments aren't practised.
 * @param {{
 *   env: import("./environment.mjs").Environment,
 *   dataDir: string,
 *   secrets: import("./secrets.mjs").Secrets,
 * }} options
 * @returns {import("./environment.mjs").Environment}
 */
export function attachedPayments({ env, dataDir, secrets }) {
  const known = knownSandbox(dataDir);
  return known && wantsPaymentSandbox(env) ? variablesOf(known.url, secrets) : {};
}

/**
 * @param {string} url
 * @param {import("./secrets.mjs").Secrets} secrets
 */
function variablesOf(url, { paymentsClientKey, paymentsSecretKey }) {
  return {
    TOSS_CLIENT_KEY: paymentsClientKey,
    TOSS_SECRET_KEY: paymentsSecretKey,
    TOSS_API_URL: url,
    TOSS_SDK_URL: `${url}/v2/standard`,
  };
}

/** @param {string} dataDir */
function sandboxFile(dataDir) {
  return path.join(dataDir, "payments/sandbox.json");
}

/**
 * @param {string} dataDir
 * @param {SandboxFile} content
 */
function writeSandboxFile(dataDir, content) {
  const file = sandboxFile(dataDir);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/**
 * Receipts of practice payments, too, should still be where they were.
 * @param {string} dataDir
 */
async function samePort(dataDir) {
  const before = Number(new URL(knownSandbox(dataDir)?.url ?? "http://127.0.0.1").port);
  return before > 0 && (await isFree(before)) ? before : anyFreePort();
}

/**
 * Waits until it answers. One that is merely slow may stay: nothing is bought in the first second.
 * @param {string} url
 */
async function answering(url) {
  const deadlineMs = Date.now() + answerTimeoutMs;
  while (Date.now() < deadlineMs) {
    try {
      await fetch(new URL("/v2/standard", url), { signal: AbortSignal.timeout(5_000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
