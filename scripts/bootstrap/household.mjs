import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { identityOf } from "./process-identity.mjs";

const guardScript = fileURLToPath(new URL("./guard.mjs", import.meta.url));

/**
 * @typedef {object} Member
 * @property {string} name
 * @property {number} pid
 * @property {string | undefined} identity
 * @property {NodeJS.Signals} signal how it is asked to stop
 */

/**
 * @typedef {object} SpawnRequest
 * @property {string} name
 * @property {string} command
 * @property {string[]} [args]
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] the whole environment; default: ours
 * @property {number | undefined} [uid]
 * @property {number | undefined} [gid]
 * @property {NodeJS.Signals | undefined} [stopSignal] default SIGTERM
 */

/**
 * Every process the product starts goes through here: each leads a process group of its own, so
 * that Ctrl-C reaches only the supervisor, and is known to the guard and to `onChange` (the run
 * file), so that neither a crash nor SIGKILL of the supervisor leaves an orphan behind.
 * @param {{ onChange?: (members: Member[]) => void }} [options]
 */
export function createHousehold({ onChange = () => undefined } = {}) {
  /** @type {Map<number, Member>} */
  const members = new Map();
  let guard = startGuard();
  let closed = false;

  function startGuard() {
    const child = spawn(process.execPath, [guardScript], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.unref();
    child.stdin.on("error", () => undefined);
    child.on("error", () => undefined);
    child.on("exit", () => {
      if (closed) return;
      guard = startGuard();
      for (const member of members.values()) tellGuard({ type: "add", ...member });
    });
    return child;
  }

  /** @param {Record<string, unknown>} message */
  function tellGuard(message) {
    guard.stdin.write(`${JSON.stringify(message)}\n`);
  }

  return {
    /** @param {SpawnRequest} request */
    spawn({ name, command, args = [], cwd, env, uid, gid, stopSignal = "SIGTERM" }) {
      if (closed) throw new Error("stopped");
      const child = spawn(command, args, {
        cwd,
        env: /** @type {NodeJS.ProcessEnv} */ (env ?? process.env),
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
        ...(uid !== undefined && { uid }),
        ...(gid !== undefined && { gid }),
      });
      const { pid } = child;
      if (pid === undefined) return child;
      const member = { name, pid, identity: identityOf(pid), signal: stopSignal };
      members.set(pid, member);
      tellGuard({ type: "add", ...member });
      onChange([...members.values()]);
      child.once("exit", () => {
        members.delete(pid);
        if (closed) return;
        tellGuard({ type: "remove", pid });
        onChange([...members.values()]);
      });
      return child;
    },

    members: () => [...members.values()],

    /** Dismisses the guard; whoever calls it has ended all members. */
    close() {
      closed = true;
      tellGuard({ type: "goodbye" });
      guard.stdin.end();
    },
  };
}

/** @typedef {ReturnType<typeof createHousehold>} Household */
