import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import path from "node:path";

/** A file of a service's output; older output is kept as `.1`, the one before as `.2`. */
const maxLogBytes = 8 * 1024 * 1024;
const keptLogs = 2;
/** How often a long step says that it still goes on. */
const heartbeatMs = 20_000;

/**
 * Short lines for a person; everything else belongs into log files.
 * @param {{ write?: (line: string) => void }} [options]
 */
export function createLog({ write = (line) => process.stdout.write(`${line}\n`) } = {}) {
  return {
    /** @param {string} line */
    say: (line) => write(line),

    /**
     * Runs `work` between a line that says it began and one that says how long it took.
     * @template T
     * @param {string} title
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async step(title, work) {
      const startedAtMs = Date.now();
      write(`- ${title} ...`);
      const heartbeat = setInterval(
        () => write(`  ${title}: still at it (${seconds(Date.now() - startedAtMs)})`),
        heartbeatMs,
      );
      try {
        const result = await work();
        write(`  ${title}: done in ${seconds(Date.now() - startedAtMs)}`);
        return result;
      } finally {
        clearInterval(heartbeat);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createLog>} Log */

/** @param {number} durationMs */
export function seconds(durationMs) {
  return durationMs < 9_950
    ? `${(durationMs / 1000).toFixed(1)} s`
    : `${Math.round(durationMs / 1000)} s`;
}

/**
 * Appends to a log file and moves it aside when it has grown to `limitBytes`.
 * @param {string} file
 * @param {number} [limitBytes]
 */
export function openLogFile(file, limitBytes = maxLogBytes) {
  mkdirSync(path.dirname(file), { recursive: true });
  let bytes = sizeOf(file);
  let handle = open(file);
  let closed = false;
  return {
    /** @param {string | Buffer} chunk */
    write(chunk) {
      // The number of a closed handle may already be another file's.
      if (closed) return;
      if (bytes >= limitBytes) {
        closeSync(handle);
        rotate(file);
        handle = open(file);
        bytes = 0;
      }
      try {
        bytes += writeSync(handle, Buffer.from(chunk));
      } catch {
        // A full disk must not take the product down with its log.
      }
    },
    close() {
      if (!closed) closeSync(handle);
      closed = true;
    },
  };
}

/** @param {string} file */
function open(file) {
  return openSync(file, "a", 0o600);
}

/** @param {string} file */
function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** @param {string} file */
function rotate(file) {
  rmSync(`${file}.${keptLogs}`, { force: true });
  for (let number = keptLogs - 1; number >= 0; number -= 1) {
    const from = number === 0 ? file : `${file}.${number}`;
    if (sizeOf(from) > 0) renameSync(from, `${file}.${number + 1}`);
  }
}

/** Keeps the last lines of a stream of output, to be shown when its process fails. */
export function createTail(maxLines = 20) {
  /** @type {string[]} */
  let lines = [];
  let rest = "";
  return {
    /** @param {string | Buffer} chunk */
    push(chunk) {
      const parts = (rest + chunk.toString()).split(/\r?\n/);
      rest = parts.pop() ?? "";
      lines = [...lines, ...parts.filter((line) => line.trim() !== "")].slice(-maxLines);
    },
    lines: () => (rest.trim() === "" ? lines : [...lines, rest].slice(-maxLines)),
  };
}
