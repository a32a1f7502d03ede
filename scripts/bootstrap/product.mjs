import path from "node:path";
import { ensureBuild } from "./build.mjs";
import { isLocalMode } from "./environment.mjs";
import { waitUntilHealthy } from "./health.mjs";
import { createHousehold } from "./household.mjs";
import { packagesAreInstalled } from "./install.mjs";
import { takeDataFolder } from "./lock.mjs";
import { startPaymentSandbox, wantsPaymentSandbox } from "./payments.mjs";
import { anyFreePort, chooseWebPort } from "./ports.mjs";
import { ensureDatabase, preparePostgres } from "./postgres.mjs";
import { baseEnvironment, checkConfiguration, preparePackages } from "./prepare.mjs";
import { endGroup } from "./process-identity.mjs";
import { ensureFfmpeg } from "./programs.mjs";
import { run } from "./run.mjs";
import { readSecrets } from "./secrets.mjs";
import { migrateCommand, webService, workerService } from "./services.mjs";
import { createLocalSpeech } from "./speech-service.mjs";
import { createSupervisor } from "./supervisor.mjs";

/** Dependants before what they depend on. */
const stopOrder = ["web", "worker", "speech", "payments", "postgres"];
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
 * @property {string} [speechDataDir] the data folder whose speech server is used; default: its own
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
      // Captions are made without it; whoever wants to pay is told that it can't be reached.
      else if (name === "payments") log.say(`! No practice payments: ${failure.message}`);
      else options.onFailure(failure);
    },
  });
  const tools = { root, household, log, logDir };
  const speech = await createLocalSpeech({
    ...tools,
    env,
    dataDir: options.speechDataDir ?? dataDir,
    supervisor,
    signal: aborter.signal,
  });

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
  const { env, dev, dataDir, signal } = context;
  const startedAtMs = Date.now();
  const local = isLocalMode(env);
  const secrets = local ? readSecrets(dataDir) : undefined;
  const port = await chooseWebPort(env);
  const base = baseEnvironment(env, { local, dataDir, port, secrets });

  // On a new machine these go beside the packages: they mostly wait for the network.
  const early = local && !packagesAreInstalled(context.root) ? preparePrograms(context) : undefined;
  await preparePackages(context);
  await checkConfiguration({ ...context, env: base });
  signal.throwIfAborted();
  const [databaseUrl, payments] = await Promise.all([
    prepareDatabase(context, { env: base, secrets }),
    secrets && wantsPaymentSandbox(base)
      ? startPaymentSandbox({ ...context, env: base, port, secrets })
      : {},
    dev ? undefined : ensureBuild({ ...context, env: base }),
    early ?? (local ? preparePrograms(context) : undefined),
  ]);
  signal.throwIfAborted();
  const complete = { ...base, ...payments, DATABASE_URL: databaseUrl };
  await serve(context, { env: complete, port, patienceEndsMs: startedAtMs + speechPatienceMs });
  return complete.APP_URL ?? `http://localhost:${port}`;
}

/**
 * What the jobs call. The speech server isn't waited for; it comes second because both may install
 * Debian packages, which can't go side by side.
 * @param {StartContext} context
 */
async function preparePrograms(context) {
  await ensureFfmpeg(context);
  void context.speech.prepare();
}

/**
 * The database, embedded where none is configured, with all migrations applied.
 * @param {StartContext} context
 * @param {{
 *   env: import("./environment.mjs").Environment,
 *   secrets: import("./secrets.mjs").Secrets | undefined,
 * }} options
 * @returns {Promise<string | undefined>} its address
 */
async function prepareDatabase(context, { env, secrets }) {
  let url = env.DATABASE_URL;
  if (secrets && !url) {
    const port = await anyFreePort();
    const embedded = await preparePostgres({ ...context, secrets, port });
    context.supervisor.start(embedded.service);
    await ensureDatabase({ ...context, url: embedded.url });
    url = embedded.url;
  }
  await run(context.household, migrateCommand({ ...context, env: { ...env, DATABASE_URL: url } }));
  return url;
}

/**
 * Starts the pages, and the worker once it is settled whether there is local speech; waits until
 * the product is healthy.
 * @param {StartContext} context
 * @param {{
 *   env: import("./environment.mjs").Environment,
 *   port: number,
 *   patienceEndsMs: number,
 * }} options
 */
async function serve(context, { env, port, patienceEndsMs }) {
  const { root, dev, supervisor, speech, signal, log } = context;
  const services = () => {
    const facts = { root, dev, port, env: { ...env, ...speech.environment() } };
    const worker = env.INNGEST_SIGNING_KEY || !speech.isSettled() ? [] : [workerService(facts)];
    return [webService(facts), ...worker];
  };
  const ensureServices = async () => {
    for (const service of services()) {
      if (!signal.aborted) await supervisor.ensure(service);
    }
  };
  await ensureServices();
  await speech.settledWithin(patienceEndsMs - Date.now());
  await ensureServices();
  // Learning later that there is no speech restarts both: they tell people why.
  speech.onChange(ensureServices);
  const settled = speech.isSettled();
  if (!settled)
    log.say("! Speech recognition is still being installed; jobs wait until it is there.");
  await waitUntilHealthy({
    url: `http://127.0.0.1:${port}`,
    timeoutMs: healthyTimeoutMs,
    signal,
    anyAnswer: !settled,
  });
}
