import path from "node:path";
import { afterCrash } from "./backoff.mjs";
import { createTail, openLogFile, seconds } from "./log.mjs";
import { endGroup } from "./process-identity.mjs";

/**
 * @typedef {import("./household.mjs").SpawnRequest & { graceMs?: number }} Service
 *   `graceMs`: how long it may take to stop before it is killed
 */

/**
 * Keeps services running: a crashed one is started again after a growing wait; one that only
 * ever crashes ends the product, with the reason.
 * @param {object} options
 * @param {import("./household.mjs").Household} options.household
 * @param {import("./log.mjs").Log} options.log
 * @param {string} options.logDir
 * @param {(name: string, failure: Error) => void} options.onGiveUp
 * @param {typeof afterCrash} [options.policy]
 */
export function createSupervisor({ household, log, logDir, onGiveUp, policy = afterCrash }) {
  /** @type {Map<string, ReturnType<typeof supervise>>} */
  const running = new Map();
  let closed = false;

  /** @param {Service} service */
  function supervise(service) {
    const logFile = path.join(logDir, `${service.name}.log`);
    const output = openLogFile(logFile);
    let quickCrashes = 0;
    let stopping = false;
    /** @type {import("node:child_process").ChildProcess | undefined} */
    let child;
    /** @type {NodeJS.Timeout | undefined} */
    let restart;

    function launch() {
      const startedAtMs = Date.now();
      const tail = createTail();
      let ended = false;
      const current = household.spawn(service);
      child = current;
      for (const stream of [current.stdout, current.stderr]) {
        stream?.on("data", (chunk) => {
          tail.push(chunk);
          output.write(chunk);
        });
      }
      /** @param {string} reason */
      const onEnd = (reason) => {
        if (ended || stopping) return;
        ended = true;
        crashed({ reason, tail: tail.lines(), livedMs: Date.now() - startedAtMs });
      };
      current.once("error", (error) => onEnd(`could not be started (${error.message})`));
      current.once("close", (code, signal) => onEnd(`ended with ${signal ?? `exit code ${code}`}`));
    }

    /** @param {{ reason: string, tail: string[], livedMs: number }} crash */
    function crashed({ reason, tail, livedMs }) {
      // What the crashed process had started itself would hold on to its port.
      if (child?.pid) void endGroup({ pid: child.pid, graceMs: 0 });
      const next = policy({ quickCrashes, livedMs });
      quickCrashes = next.quickCrashes;
      if (next.giveUp) {
        const shown = tail.map((line) => `    ${line}`).join("\n");
        onGiveUp(
          service.name,
          new Error(
            `${service.name} ${reason}, ${quickCrashes} times in a row. Its last lines:\n${shown}\n  The whole log: ${logFile}`,
          ),
        );
        return;
      }
      log.say(
        `! ${service.name} ${reason}; starting it again in ${seconds(next.delayMs)}. Its log: ${logFile}`,
      );
      restart = setTimeout(launch, next.delayMs);
    }

    launch();
    return {
      definition: JSON.stringify(service),
      async stop() {
        stopping = true;
        clearTimeout(restart);
        const signal = service.stopSignal ?? "SIGTERM";
        const graceMs = service.graceMs ?? 3_000;
        if (child?.pid) await endGroup({ pid: child.pid, signal, graceMs });
        output.close();
      },
    };
  }

  return {
    /** @param {Service} service */
    start(service) {
      // A start that was still under way when everything was stopped must not leave an orphan.
      if (closed) throw new Error("stopped");
      if (running.has(service.name)) throw new Error(`${service.name} is already running`);
      running.set(service.name, supervise(service));
    },

    /**
     * Starts a service, or starts it again when it runs otherwise than `service` says.
     * @param {Service} service
     */
    async ensure(service) {
      const present = running.get(service.name);
      if (present?.definition === JSON.stringify(service)) return;
      await this.stop(service.name);
      this.start(service);
    },

    /** @param {string} name */
    async stop(name) {
      await running.get(name)?.stop();
      running.delete(name);
    },

    /** Stops everything for good, in the order of `names`; whatever isn't named comes first. */
    async stopAll(/** @type {string[]} */ names = []) {
      closed = true;
      const others = [...running.keys()].filter((name) => !names.includes(name)).reverse();
      for (const name of [...others, ...names]) await this.stop(name);
    },
  };
}

/** @typedef {ReturnType<typeof createSupervisor>} Supervisor */
