import { spawn } from "node:child_process";

/** The last lines of a command's output, enough to see why it failed. */
const keptLines = 12;

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{env?: NodeJS.ProcessEnv, timeoutMs?: number, log?: (line: string) => void}} [options]
 * @returns {Promise<{ok: boolean, output: string, tail: string, lastLine: string}>} `output` is its
 *   standard output; `tail` the end of both streams and `lastLine` the end of that, fit for a
 *   sentence. Never throws: a command that can't be started is `ok: false`.
 */
export function runCommand(command, args, options = {}) {
  const { env = process.env, timeoutMs = 60_000, log } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
    });
    let output = "";
    let lines = [];
    const keep = (text) => {
      const fresh = text.split(/\r?\n/).filter((line) => line.trim() !== "");
      for (const line of fresh) log?.(line);
      lines = [...lines, ...fresh].slice(-keptLines);
    };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      keep(text);
    });
    child.stderr.setEncoding("utf8").on("data", keep);
    const finish = (ok) => {
      const lastLine = (lines.at(-1) ?? "").slice(0, 300);
      resolve({ ok, output, tail: lines.join("\n"), lastLine });
    };
    child.on("error", (error) => {
      lines.push(error.message);
      finish(false);
    });
    child.on("close", (code, signal) => {
      if (signal) lines.push(`stopped by ${signal} after at most ${timeoutMs / 1000} s`);
      if (lines.length === 0 && code !== 0) lines.push(`${command} ended with code ${code}`);
      finish(code === 0);
    });
  });
}
