import { randomBytes } from "node:crypto";
import { isLocalMode } from "./environment.mjs";
import { anyFreePort } from "./ports.mjs";
import { speechServerCommand } from "./speech.mjs";
import { installSpeech } from "./speech-install.mjs";

/** Loading the model takes about a second; a busy machine gets more. */
const answerTimeoutMs = 60_000;

/**
 * Whether this machine's own Whisper server is the speech engine: unless the person chose
 * another, or none.
 * @param {import("./environment.mjs").Environment} env
 */
export function wantsLocalSpeech(env) {
  if (!isLocalMode(env) || env.LOCAL_SPEECH === "0") return false;
  return !(env.OPENAI_API_KEY || env.OPENAI_BASE_URL || env.LOCAL_SPEECH_URL);
}

/**
 * The local speech server from install to supervision. Its address is fixed before it exists, so
 * that pages can open while it is still being installed.
 * @param {import("./prepare.mjs").Tools & {
 *   env: import("./environment.mjs").Environment,
 *   dataDir: string,
 *   supervisor: import("./supervisor.mjs").Supervisor,
 *   signal: AbortSignal,
 *   install?: typeof installSpeech,
 * }} options
 */
export async function createLocalSpeech(options) {
  const { env, supervisor, signal, log, install = installSpeech } = options;
  const port = await anyFreePort();
  const token = randomBytes(24).toString("base64url");
  const url = `http://127.0.0.1:${port}`;
  let settled = !wantsLocalSpeech(env);
  /** @type {string | undefined} */
  let problem;
  /** @type {() => Promise<void>} */
  let listener = async () => undefined;
  /** @type {() => void} */
  let announce = () => undefined;
  const settling = /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      announce = resolve;
    })
  );
  if (settled) announce();

  async function settle() {
    settled = true;
    announce();
    await listener();
  }

  return {
    /** Installs and starts the server; never throws: without it the product still runs. */
    async prepare() {
      if (settled) return;
      try {
        const prepared = await install(options);
        if (!prepared.ok) throw new Error(prepared.reason);
        const { python, modelDir, model } = prepared;
        const server = speechServerCommand({ python, modelDir, model, port, token });
        supervisor.start({ name: "speech", ...server, graceMs: 2_000 });
        await answering(url, () => problem !== undefined);
        if (problem) return;
      } catch (error) {
        // Its process was ended with all the others.
        if (signal.aborted) return;
        problem = error instanceof Error ? error.message : String(error);
        log.say(`! No speech recognition: ${problem}`);
      }
      await settle();
    },

    /** The server can't be kept running. */
    async fail(/** @type {Error} */ failure) {
      problem = "The local speech server can't be kept running. Its log says why: logs/speech.log";
      log.say(`! No speech recognition: ${failure.message}`);
      await settle();
    },

    /** What the other services are told about it. */
    environment() {
      if (!wantsLocalSpeech(env)) return {};
      return problem
        ? { LOCAL_SPEECH_PROBLEM: problem }
        : { LOCAL_SPEECH_URL: url, LOCAL_SPEECH_TOKEN: token };
    },

    isSettled: () => settled,

    /** Resolves when it is settled, or after `timeoutMs`. */
    async settledWithin(/** @type {number} */ timeoutMs) {
      /** @type {NodeJS.Timeout | undefined} */
      let timer;
      const patience = new Promise((resolve) => {
        timer = setTimeout(resolve, Math.max(0, timeoutMs));
      });
      await Promise.race([settling, patience]);
      clearTimeout(timer);
    },

    onChange(/** @type {() => Promise<void>} */ changed) {
      listener = changed;
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof createLocalSpeech>>} LocalSpeech */

/**
 * Waits until the server can transcribe. One that is merely slow may stay: its clients try again.
 * @param {string} url
 * @param {() => boolean} hasFailed
 */
async function answering(url, hasFailed) {
  const deadlineMs = Date.now() + answerTimeoutMs;
  while (Date.now() < deadlineMs && !hasFailed()) {
    try {
      await fetch(new URL("/health", url), { signal: AbortSignal.timeout(5_000) });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
