import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process began, as an opaque string: with the pid it names one process for good, while
 * a pid alone is given out again. Undefined when there is no such process, or only its zombie.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function identityOf(pid) {
  if (process.platform !== "linux") return identityFromPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, startTicks] = [fields[0], fields[19]];
    return state === "Z" || state === "X" ? undefined : startTicks;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function identityFromPs(pid) {
  try {
    const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return line === "" || line.startsWith("Z") ? undefined : line.slice(line.indexOf(" ")).trim();
  } catch {
    return undefined;
  }
}

/**
 * Whether the process that was once seen as `identity` under `pid` still lives.
 * @param {{ pid: number, identity?: string | undefined }} seen
 */
export function isAlive({ pid, identity }) {
  const current = identityOf(pid);
  return current !== undefined && current === identity;
}

/**
 * Ends a process group: asks with `signal`, waits up to `graceMs`, then kills. The process must
 * lead a group of its own (spawned detached). Resolves when it is gone.
 * @param {{ pid: number, signal?: NodeJS.Signals, graceMs?: number }} options
 */
export async function endGroup({ pid, signal = "SIGTERM", graceMs = 3_000 }) {
  signalGroup(pid, signal);
  if (await goneWithin(pid, graceMs)) {
    // The leader has left; whatever of its group stayed behind has no reason to.
    signalGroup(pid, "SIGKILL");
    return;
  }
  signalGroup(pid, "SIGKILL");
  await goneWithin(pid, 2_000);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

/**
 * @param {number} pid
 * @param {number} timeoutMs
 */
async function goneWithin(pid, timeoutMs) {
  const deadlineMs = Date.now() + timeoutMs;
  while (identityOf(pid) !== undefined) {
    if (Date.now() >= deadlineMs) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}
