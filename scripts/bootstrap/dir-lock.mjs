import fs from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const heartbeatMs = 2_000;
/** A holder that is alive touches its lock far more often than this. */
const staleMs = 20_000;

/**
 * Runs `task` while no other process on this machine runs one under the same folder. The lock is a
 * folder that appears by renaming, with its owner's process id inside; it is taken over when that
 * process is gone or has not touched it for 20 s.
 * @template T
 * @param {string} lockDir the folder that stands for the lock; its parent must exist
 * @param {() => Promise<T>} task
 * @param {() => void} [onWait] called once when another process holds the lock
 * @returns {Promise<T>}
 */
export async function withDirLock(lockDir, task, onWait) {
  let told = false;
  while (!(await acquire(lockDir))) {
    if (!told) onWait?.();
    told = true;
    await breakIfStale(lockDir);
    await wait(200);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    fs.utimes(lockDir, now, now).catch(() => {});
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    await fs.rm(lockDir, { recursive: true, force: true });
  }
}

async function acquire(lockDir) {
  const mine = await fs.mkdtemp(`${lockDir}-`);
  await fs.writeFile(path.join(mine, "pid"), String(process.pid));
  try {
    // Onto a folder with something in it, a rename fails: that is what makes this a lock.
    await fs.rename(mine, lockDir);
    return true;
  } catch (error) {
    await fs.rm(mine, { recursive: true, force: true });
    if (["ENOTEMPTY", "EEXIST", "EPERM", "EACCES"].includes(error.code)) return false;
    throw error;
  }
}

async function breakIfStale(lockDir) {
  const before = await lookAt(lockDir);
  if (!before || !isStale(before)) return;
  const aside = `${lockDir}-stale-${process.pid}-${Date.now()}`;
  try {
    await fs.rename(lockDir, aside);
  } catch {
    return;
  }
  const moved = await lookAt(aside);
  if (moved && !isStale(moved)) {
    // Another process broke it first and this is its fresh lock: give it back.
    await fs.rename(aside, lockDir).catch(() => {});
    return;
  }
  await fs.rm(aside, { recursive: true, force: true });
}

async function lookAt(lockDir) {
  try {
    const [stat, pid] = await Promise.all([
      fs.stat(lockDir),
      fs.readFile(path.join(lockDir, "pid"), "utf8").catch(() => ""),
    ]);
    return { touchedMs: stat.mtimeMs, pid: Number(pid) };
  } catch {
    return undefined;
  }
}

function isStale({ touchedMs, pid }) {
  if (Date.now() - touchedMs > staleMs) return true;
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
