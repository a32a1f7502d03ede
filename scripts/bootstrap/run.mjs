import { createTail, openLogFile } from "./log.mjs";
import { endGroup } from "./process-identity.mjs";

/** A command that failed, with the last lines it printed. */
export class CommandError extends Error {
  /** @param {{ name: string, reason: string, tail: string[], logFile?: string | undefined }} failure */
  constructor({ name, reason, tail, logFile }) {
    const shown = tail.map((line) => `    ${line}`).join("\n");
    const where = logFile ? `\n  The whole output: ${logFile}` : "";
    super(`${name} ${reason}.${shown && `\n${shown}`}${where}`);
    this.name = "CommandError";
    this.reason = reason;
    this.tail = tail;
  }
}

/**
 * Runs a command to its end.
 * @param {import("./household.mjs").Household} household
 * @param {import("./household.mjs").SpawnRequest & {
 *   timeoutMs: number,
 *   logFile?: string | undefined,
 *   onOutput?: (chunk: Buffer) => void,
 * }} request
 * @returns {Promise<{ output: string }>} the last lines it printed
 * @throws {CommandError} when it can't be started, fails or takes longer than `timeoutMs`
 */
export async function run(household, { timeoutMs, logFile, onOutput, ...request }) {
  const tail = createTail(40);
  const log = logFile ? openLogFile(logFile) : undefined;
  const child = household.spawn(request);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      tail.push(chunk);
      log?.write(chunk);
      onOutput?.(chunk);
    });
  }
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    if (child.pid) void endGroup({ pid: child.pid, graceMs: 2_000 });
  }, timeoutMs);
  /** @type {string | undefined} */
  const failure = await new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started (${error.message})`));
    child.once("close", (code, signal) =>
      resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  clearTimeout(timer);
  log?.close();
  if (failure === undefined && !timedOut) return { output: tail.lines().join("\n") };
  const reason = timedOut ? `took longer than ${Math.round(timeoutMs / 1000)} s` : failure;
  throw new CommandError({
    name: request.name,
    reason: reason ?? "failed",
    tail: tail.lines(),
    logFile,
  });
}
