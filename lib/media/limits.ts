import "server-only";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Bounds of one run of ffmpeg or ffprobe. */
export interface RunLimits {
  /** Wall clock, ms; the waiting in line doesn't count. */
  timeoutMs: number;
  /** Address space, bytes. */
  memoryBytes: number;
  /** Largest file it may write, bytes. */
  outputBytes: number;
}

const GiB = 1024 ** 3;

export const limits = {
  probe: { timeoutMs: 30_000, memoryBytes: 2 * GiB, outputBytes: 0 },
  /** Reads every packet of up to 2 GB. */
  scan: { timeoutMs: 180_000, memoryBytes: 2 * GiB, outputBytes: 0 },
  /** Decodes pictures of up to 8K; 8 threads of 10-bit HEVC at that size fit into 6 GiB. */
  thumbnail: { timeoutMs: 90_000, memoryBytes: 6 * GiB, outputBytes: GiB / 32 },
  chunk: { timeoutMs: 120_000, memoryBytes: 2 * GiB, outputBytes: GiB },
} satisfies Record<string, RunLimits>;

/** Decoding sound runs at 50 times real time and more; half of real time is a stuck machine. */
export function audioLimits(durationMs: number): RunLimits {
  return {
    timeoutMs: 60_000 + durationMs / 2,
    memoryBytes: 2 * GiB,
    // 32 bytes each ms at 16 kHz and 16 bit; twice that, since a header may understate the length.
    outputBytes: GiB / 16 + durationMs * 64,
  };
}

/** Decoding alone, to a few pixels: real time is a slow machine with a heavy video. */
export function shotLimits(durationMs: number): RunLimits {
  return { timeoutMs: 60_000 + durationMs, memoryBytes: 6 * GiB, outputBytes: 0 };
}

/** 720p on two slow cores takes about a quarter of real time, 4K HEVC several times it. */
export function previewLimits(durationMs: number): RunLimits {
  return {
    timeoutMs: 120_000 + durationMs * 6,
    memoryBytes: 6 * GiB,
    outputBytes: 4 * GiB,
  };
}

/** The whole picture is decoded, drawn on and encoded, at up to 8K, in real time or much slower. */
export function burnInLimits(durationMs: number): RunLimits {
  return {
    timeoutMs: 300_000 + durationMs * 12,
    memoryBytes: 6 * GiB,
    outputBytes: 8 * GiB,
  };
}

/** How many threads one run may use. */
export const threads = Math.max(1, Math.min(8, availableParallelism()));

let wrappers: { setpriv?: string; prlimit?: string; nice?: string } | undefined;

/**
 * Puts the limits around a command with the small programs that Linux brings (util-linux and
 * coreutils). Each replaces itself by the next, so the process id stays. Without them (macOS,
 * bare containers) the wall clock and the process group remain.
 */
export function withLimits(command: string[], bounds: RunLimits): string[] {
  wrappers ??= findWrappers();
  const { setpriv, prlimit, nice } = wrappers;
  const cpuSeconds = Math.ceil((bounds.timeoutMs / 1000) * threads);
  return [
    // Dies with us: a server that is killed leaves no decoder behind.
    ...(setpriv ? [setpriv, "--pdeathsig", "KILL", "--"] : []),
    ...(prlimit
      ? [
          prlimit,
          `--as=${bounds.memoryBytes}`,
          `--fsize=${Math.ceil(bounds.outputBytes)}`,
          `--cpu=${cpuSeconds}`,
          "--core=0",
          "--",
        ]
      : []),
    // The pages come first; a preview can wait.
    ...(nice ? [nice, "-n", "10"] : []),
    ...command,
  ];
}

function findWrappers(): { setpriv?: string; prlimit?: string; nice?: string } {
  if (process.platform !== "linux") return {};
  const setpriv = working("setpriv", ["--pdeathsig", "KILL", "--", "true"]);
  const prlimit = working("prlimit", ["--core=0", "--", "true"]);
  const nice = working("nice", ["-n", "10", "true"]);
  return {
    ...(setpriv ? { setpriv } : {}),
    ...(prlimit ? { prlimit } : {}),
    ...(nice ? { nice } : {}),
  };
}

function working(name: string, trial: string[]): string | undefined {
  const file = [`/usr/bin/${name}`, `/bin/${name}`].find((candidate) => existsSync(candidate));
  if (!file) return undefined;
  try {
    execFileSync(file, trial, { stdio: "ignore", timeout: 5_000 });
    return file;
  } catch {
    return undefined;
  }
}
