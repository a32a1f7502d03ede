import { once } from "node:events";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { run } from "./run.mjs";
import { prepareSpeech } from "./speech.mjs";

/** A slow line may take long over half a gigabyte; jobs wait, pages don't. */
const installTimeoutMs = 30 * 60_000;
const thisScript = fileURLToPath(import.meta.url);

/** @typedef {Awaited<ReturnType<typeof prepareSpeech>>} PreparedSpeech */

/**
 * `prepareSpeech` in a process of its own, so that stopping the product, or killing it, ends the
 * download and the Python installer as well.
 * @param {object} options
 * @param {string} options.dataDir
 * @param {import("./environment.mjs").Environment} options.env
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @returns {Promise<PreparedSpeech>}
 */
export async function installSpeech({ dataDir, env, household, log }) {
  /** @type {PreparedSpeech} */
  let result = { ok: false, reason: "The preparation of speech recognition was cut short." };
  const output = new PassThrough();
  const reader = createInterface({ input: output }).on("line", (text) => {
    const message = parse(text);
    if (message?.result) result = message.result;
    if (message?.line) log.say(`  Speech: ${message.line}`);
  });
  const allRead = once(reader, "close");
  await run(household, {
    name: "speech preparation",
    command: process.execPath,
    args: [thisScript, JSON.stringify({ dataDir, model: env.WHISPER_MODEL || undefined })],
    env,
    timeoutMs: installTimeoutMs,
    onOutput: (chunk) => output.write(chunk),
  });
  output.end();
  await allRead;
  return result;
}

/**
 * @param {string} text
 * @returns {{ line?: string, result?: PreparedSpeech } | undefined}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (process.argv[1] === thisScript) {
  const say = (/** @type {object} */ message) =>
    process.stdout.write(`${JSON.stringify(message)}\n`);
  const options = JSON.parse(process.argv[2] ?? "{}");
  const result = await prepareSpeech({ ...options, log: (line) => void say({ line }) });
  say({ result });
}
