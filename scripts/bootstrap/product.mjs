import path from "node:path";
import { isLocalMode } from "./environment.mjs";
import { waitUntilHealthy } from "./health.mjs";
import { createHousehold } from "./household.mjs";
import { takeDataFolder } from "./lock.mjs";
import { anyFreePort, chooseWebPort } from "./ports.mjs";
import { ensureDatabase, preparePostgres } from "./postgres.mjs";
import { baseEnvironment, checkConfiguration, preparePackages, preparePages } from "./prepare.mjs";
import { endGroup } from "./process-identity.mjs";
import { run } from "./run.mjs";
import { readSecrets } from "./secrets.mjs";
import { migrateCommand, webService, workerService } from "./services.mjs";
import { createLocalSpeech } from "./speech-service.mjs";
import { createSupervisor } from "./supervisor.mjs";

/** Dependants before what they depend on. */
const stopOrder = ["web", "worker", "speech", "postgres"];
const healthyTimeoutMs = 120_000;
/**
 * How long after the start the pages wait for the speech server's first install. On a slow line
 * it goes on behind the open pages, and jobs wait for it.
 */
const speechPatienceMs = 210_000;

/**
 * @typedef {object} ProductOptions
 * @property {string} root
 * @property {import("./environment.mjs").Environment} env
 * @property {boolean} dev compile pages on the fly
 * @property {import("./log.mjs").Log} log
 * @property {(failure: Error) => void} onFailure a service could not be kept running
 * @property {() => void} [beforeBuild] may throw to keep the present build
 * @property {string} [speechDir] where the speech server is installed; default: in the data folder
 */

/**
 * Prepares, starts and supervises the whole product on one data folder.
 * @param {ProductOptions} options
 * @throws {import("./lock.mjs").AlreadyRunningError}
 */
export async function createProduct(options) {
  const { root, env, log } = options;
  const dataDir = path.resolve(root, env.AX2_DATA_DIR || ".data");
  const logDir = path.join(dataDir, "logs");
  const lock = await takeDataFolder(dataDir);
  const household = createHousehold({ onChange: (members) => lock.update({ members }) });
  const aborter = new AbortController();
  const supervisor = createSupervisor({
    household,
    log,
    logDir,
    onGiveUp: (name, failure) => {
      if (name === "speech") void speech.fail(failure);
      else options.onFailure(failure);
    },
  });
  const tools = { root, household, log, logDir };
  const speechDir = options.speechDir ?? path.join(dataDir, "speech");
  const speech = await createLocalSpeech({ ...tools, env, speechDir, supervisor });

  return {
    /** @returns {Promise<string>} the address, once the product is healthy */
    async start() {
      const signal = aborter.signal;
      const url = await start({ ...options, ...tools, dataDir, supervisor, speech, signal });
      lock.update({ url });
      return url;
    },

    /** Stops everything, within about ten seconds. */
    async stop() {
      aborter.abort(new Error("stopped"));
      await supervisor.stopAll(stopOrder);
      await Promise.all(
        household.members().map(({ pid, signal }) => endGroup({ pid, signal, graceMs: 1_500 })),
      );
      household.close();
      lock.release();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof createProduct>>} Product */

/**
 * @typedef {ProductOptions & import("./prepare.mjs").Tools & {
 *   dataDir: string,
 *   supervisor: import("./supervisor.mjs").Supervisor,
 *   speech: import("./speech-service.mjs").LocalSpeech,
 *   signal: AbortSignal,
 * }} StartContext
 */

/** @param {StartContext} context */
async function start(context) {
  const { env, dataDir, speech, signal, household } = context;
  const startedAtMs = Date.now();
  const local = isLocalMode(env);
  const secrets = local ? readSecrets(dataDir) : undefined;
  const port = await chooseWebPort(env);
  const base = baseEnvironment(env, { local, dataDir, port, secrets });

  await preparePackages(context);
  signal.throwIfAborted();
  await checkConfiguration({ ...context, env: base });
  speech.prepare();
  const [embeddedUrl] = await Promise.all([
    secrets && !env.DATABASE_URL ? startDatabase(context, secrets) : undefined,
    preparePages({ ...context, env: base, local }),
  ]);
  const complete = embeddedUrl ? { ...base, DATABASE_URL: embeddedUrl } : base;
  signal.throwIfAborted();
  await run(household, migrateCommand({ ...context, env: complete }));
  await speech.settledWithin(startedAtMs + speechPatienceMs - Date.now());
  signal.throwIfAborted();
  await serve(context, { env: complete, port });
  return complete.APP_URL ?? `http://localhost:${port}`;
}

/**
 * @param {StartContext} context
 * @param {import("./secrets.mjs").Secrets} secrets
 */
async function startDatabase(context, secrets) {
  const port = await anyFreePort();
  const { service, url } = await preparePostgres({ ...context, secrets, port });
  context.supervisor.start(service);
  await ensureDatabase({ ...context, url });
  return url;
}

/**
 * Starts the pages and the worker and waits until they are healthy.
 * @param {StartContext} context
 * @param {{ env: import("./environment.mjs").Environment, port: number }} options
 */
async function serve({ root, dev, supervisor, speech, signal, log }, { env, port }) {
  const services = () => {
    const context = { root, dev, port, env: { ...env, ...speech.environment() } };
    return env.INNGEST_SIGNING_KEY
      ? [webService(context)]
      : [webService(context), workerService(context)];
  };
  // Learning late that there is no speech server restarts both: they show it to people.
  speech.onChange(async () => {
    for (const service of services()) {
      if (!signal.aborted) await supervisor.ensure(service);
    }
  });
  const [web, worker] = services();
  if (web) supervisor.start(web);
  if (worker && speech.isSettled()) supervisor.start(worker);
  const url = `http://127.0.0.1:${port}`;
  if (speech.isSettled()) {
    await waitUntilHealthy({ url, timeoutMs: healthyTimeoutMs, signal });
  } else {
    log.say("! Speech recognition is still being installed. Jobs wait until it is there.");
    await waitUntilHealthy({ url, timeoutMs: healthyTimeoutMs, signal, anyAnswer: true });
  }
}
