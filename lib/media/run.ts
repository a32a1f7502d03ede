import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { AppError } from "@/lib/errors";
import { inLane, type Lane } from "./lanes";
import { type RunLimits, withLimits } from "./limits";
import type { MediaTools } from "./schema";
import { mediaTools } from "./tools";

export interface RunOptions {
  tool: keyof MediaTools;
  args: string[];
  lane: Lane;
  limits: RunLimits;
  signal?: AbortSignal | undefined;
  onStdout?: ((chunk: Buffer) => void) | undefined;
}

/** The last words of a failed run; the cause stands there. */
const STDERR_TAIL_CHARACTERS = 4000;

/** Nothing of ours: no secrets, one language, and arenas that fit the address space. */
const childEnv = {
  LC_ALL: "C",
  MALLOC_ARENA_MAX: "2",
  NODE_ENV: "production",
} as const;

const alive = new Set<ChildProcess>();
let watchingExit = false;

/**
 * Runs ffmpeg or ffprobe to its end, in a process group of its own and within limits.
 * @throws {AppError} media_failed with the tail of stderr, media_timeout, storage_full,
 * media_tool_missing; on abort, the signal's reason, after the group is gone.
 */
export async function run(options: RunOptions): Promise<void> {
  const tools = await mediaTools();
  const command = withLimits([tools[options.tool].path, ...options.args], options.limits);
  await inLane(options.lane, options.signal, () => runNow(command, options));
}

async function runNow(command: string[], options: RunOptions): Promise<void> {
  const [file = "", ...args] = command;
  const { signal } = options;
  const child = spawn(/* turbopackIgnore: true */ file, args, {
    detached: true,
    env: childEnv,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  remember(child);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_TAIL_CHARACTERS);
  });
  let listenerError: unknown;
  child.stdout.on("data", (chunk: Buffer) => {
    try {
      options.onStdout?.(chunk);
    } catch (error) {
      listenerError ??= error;
      killGroup(child);
    }
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, options.limits.timeoutMs);
  const abort = () => killGroup(child);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    const exit = await ended(child);
    signal?.throwIfAborted();
    if (listenerError) throw listenerError;
    if (timedOut || exit.signal === "SIGXCPU") {
      throw new AppError("media_timeout", { detail: `${options.tool} stopped. ${stderr}` });
    }
    if (exit.code !== 0) throw failure(options.tool, exit, stderr);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    alive.delete(child);
  }
}

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

function ended(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(new AppError("media_tool_missing", { cause })));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

function failure(tool: string, { code, signal }: Exit, stderr: string): AppError {
  if (stderr.includes("No space left on device")) {
    return new AppError("storage_full", { detail: stderr.trim() });
  }
  const how = signal ? `killed by ${signal}` : `exit ${code}`;
  return new AppError("media_failed", { detail: `${tool} ${how}. ${stderr.trim()}` });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    // Partial output is thrown away, so there is nothing to finish politely.
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended between the look and the signal.
  }
}

/** Where no parent-death signal exists, an ordinary exit of ours still ends what we started. */
function remember(child: ChildProcess): void {
  alive.add(child);
  if (watchingExit) return;
  watchingExit = true;
  process.once("exit", () => alive.forEach(killGroup));
}
