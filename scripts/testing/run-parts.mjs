import { cpSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ensureBuild } from "../bootstrap/build.mjs";
import { documentedVariables } from "../bootstrap/environment.mjs";
import { ensurePackages } from "../bootstrap/install.mjs";
import { ensureLibass } from "../bootstrap/libass.mjs";
import { runningOn } from "../bootstrap/lock.mjs";
import { anyFreePort } from "../bootstrap/ports.mjs";
import { discardDataFolder } from "../bootstrap/postgres-home.mjs";
import { ensurePrismaClient } from "../bootstrap/prisma.mjs";
import { createProduct } from "../bootstrap/product.mjs";
import { ensureTestPrograms, findBrowser } from "../bootstrap/programs.mjs";
import { readSecrets } from "../bootstrap/secrets.mjs";
import { installSpeech } from "../bootstrap/speech-install.mjs";
import { startIdentityProviders } from "./identity.mjs";
import { check, runChecks, runPlaywright, runVitest } from "./parts.mjs";
import { startTranslators } from "./translators.mjs";

/**
 * @typedef {import("./parts.mjs").TestContext & {
 *   outcomes: import("./parts.mjs").Outcome[],
 *   cleanups: (() => Promise<void>)[],
 * }} RunContext
 */

/**
 * This process's variables without the product's own: a key in the shell must not change what is
 * tested.
 * @param {string} root
 * @returns {import("../bootstrap/environment.mjs").Environment}
 */
export function testEnvironment(root) {
  const own = new Set(productVariables(root));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.has(name)));
}

/**
 * The same for Next.js, which reads .env files by itself: a variable that is there but empty keeps
 * it from doing so.
 * @param {RunContext} context
 */
function productEnvironment({ root, env }) {
  const names = productVariables(root).filter((name) => name !== "NODE_ENV");
  return { ...env, ...Object.fromEntries(names.map((name) => [name, ""])) };
}

/** @param {string} root */
function productVariables(root) {
  return documentedVariables(readFileSync(path.join(root, ".env.example"), "utf8"));
}

/**
 * Two cores: what waits for the network or the disk goes beside what computes.
 * @param {RunContext} context
 * @param {Set<string>} wanted
 */
export async function runParts(context, wanted) {
  await install(context, wanted);
  const speech = wanted.has("e2e") ? warmSpeech(context) : undefined;
  if (wanted.has("checks")) context.outcomes.push(...(await runChecks(context)));

  // The compiler reads what a build writes: it had to be through.
  const build = wanted.has("e2e") ? buildPages(context) : undefined;
  if (wanted.has("unit")) context.outcomes.push(await runVitest(context, "unit"));
  await build;
  if (wanted.has("integration")) context.outcomes.push(await runVitest(context, "integration"));
  await speech;
  if (wanted.has("e2e") && (await build)) await runJourneys(context);
}

/**
 * @param {RunContext} context
 * @param {Set<string>} wanted
 */
async function install(context, wanted) {
  const tools = { ...context, logDir: path.join(context.results, "logs") };
  const needsPrograms = wanted.size > 1 || !wanted.has("checks");
  await Promise.all([
    ensurePackages({ ...tools, beforeInstall: () => refuseBesideProduct(context.root) }),
    needsPrograms ? ensureTestPrograms(tools) : undefined,
  ]);
  await ensurePrismaClient(tools);
  await ensureLibass(context.root);
}

/**
 * The packages and pages of a running product must not be replaced under it.
 * @param {string} root
 */
function refuseBesideProduct(root) {
  const running = runningOn(path.join(root, ".data"));
  if (!running) return;
  throw new Error(
    `AX2 Caption runs from this folder on older sources (process ${running.pid}). Stop it first.`,
  );
}

/**
 * The product would install it by itself; now there is time for it.
 * @param {RunContext} context
 */
async function warmSpeech(context) {
  try {
    await installSpeech({ ...context, dataDir: path.join(context.root, ".data") });
  } catch (error) {
    context.log.say(`! ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * @param {RunContext} context
 * @returns {Promise<boolean>} whether there is a build to test
 */
async function buildPages(context) {
  const { root } = context;
  const outcome = await check(context, "Build", () =>
    ensureBuild({
      ...context,
      env: productEnvironment(context),
      logDir: path.join(context.results, "logs"),
      beforeBuild: () => refuseBesideProduct(root),
    }),
  );
  context.outcomes.push(outcome);
  return outcome.counts.failed === 0;
}

/**
 * Starts the product as npm start does, on a data folder and a port of its own, and drives it.
 * @param {RunContext} context
 */
async function runJourneys(context) {
  const { root, results, log } = context;
  const dataDir = path.join(results, "product");
  const port = String(await anyFreePort());
  const [identity, translators] = await Promise.all([
    startIdentityProviders(context, { appUrl: `http://localhost:${port}` }),
    startTranslators(context),
  ]);
  const env = {
    ...productEnvironment(context),
    ...identity.env,
    ...translators.env,
    AX2_DATA_DIR: dataDir,
    PORT: port,
    // Tests come from other networks by what they write into X-Forwarded-For.
    TRUSTED_PROXY_HOPS: "1",
  };
  const product = await createProduct({
    root,
    env,
    log,
    dev: false,
    speechDataDir: path.join(root, ".data"),
    onFailure: (failure) => log.say(`! ${failure.message}`),
  });
  context.cleanups.push(async () => {
    await product.stop();
    const logs = path.join(dataDir, "logs");
    if (existsSync(logs)) cpSync(logs, path.join(results, "logs/product"), { recursive: true });
    discardDataFolder({ dataDir, installationId: readSecrets(dataDir).installationId });
  });
  /** @type {string | undefined} */
  let baseUrl;
  const start = await check(context, "Product start", async () => {
    baseUrl = await product.start();
  });
  context.outcomes.push(start);
  if (!baseUrl) return;
  context.outcomes.push(
    await runPlaywright(context, {
      baseUrl,
      dataDir,
      identityUrl: identity.url,
      translatorsUrl: translators.url,
      browser: findBrowser(context.env),
    }),
  );
}
