import "server-only";
import { execFile } from "node:child_process";
import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { MediaTool, MediaTools } from "./schema";

const exec = promisify(execFile);

type ToolName = keyof MediaTools;

/**
 * FFmpeg prints the year of its last change. Branches older than this no longer receive fixes
 * for holes in parsers; distributions that still patch theirs print the year of the patch.
 */
const OLDEST_MAINTAINED_YEAR = 2022;

/** What our commands need; some distributions leave H.264 encoding out of theirs. */
const neededEncoders = ["libx264", "aac", "flac", "pcm_s16le", "mjpeg"];

const packages: Record<ToolName, string> = {
  ffmpeg: "@ffmpeg-installer",
  ffprobe: "@ffprobe-installer",
};

let found: Promise<MediaTools> | undefined;

/**
 * The ffmpeg and ffprobe in use, found once for the process: what is configured, else the
 * system's, else the packaged ones.
 * @throws {AppError} media_tool_missing when there are none, or when a configured one won't run.
 */
export function mediaTools(): Promise<MediaTools> {
  found ??= findMediaTools({ ffmpeg: env().FFMPEG_PATH, ffprobe: env().FFPROBE_PATH }).catch(
    (error: unknown) => {
      found = undefined;
      throw error;
    },
  );
  return found;
}

/** As `mediaTools`, without the memory and with the configured paths as arguments. */
export async function findMediaTools(
  configured: Partial<Record<ToolName, string | undefined>>,
): Promise<MediaTools> {
  const [ffmpeg, ffprobe] = await Promise.all([
    findTool("ffmpeg", configured.ffmpeg),
    findTool("ffprobe", configured.ffprobe),
  ]);
  return { ffmpeg, ffprobe };
}

async function findTool(name: ToolName, configured: string | undefined): Promise<MediaTool> {
  if (configured) {
    const tool = await tryTool(name, configured, "configured");
    if (tool) return tool;
    throw new AppError("media_tool_missing", { detail: `${configured} is not a usable ${name}` });
  }
  const system = await systemPath(name);
  const tool =
    (system && (await tryTool(name, system, "system"))) ||
    (await tryTool(name, packagedPath(name), "packaged"));
  if (!tool) throw new AppError("media_tool_missing", { detail: `no usable ${name}` });
  return tool;
}

async function tryTool(
  name: ToolName,
  file: string | undefined,
  origin: MediaTool["origin"],
): Promise<MediaTool | undefined> {
  if (!file) return undefined;
  try {
    const { stdout } = await exec(file, ["-version"], { timeout: 20_000 });
    if (name === "ffmpeg" && !(await hasEncoders(file))) return undefined;
    return { path: file, origin, ...readVersion(stdout) };
  } catch {
    return undefined;
  }
}

async function hasEncoders(ffmpeg: string): Promise<boolean> {
  const { stdout } = await exec(ffmpeg, ["-hide_banner", "-encoders"], { timeout: 20_000 });
  const names = new Set(stdout.split("\n").map((line) => line.trim().split(/\s+/)[1]));
  return neededEncoders.every((encoder) => names.has(encoder));
}

/** Reads the first line of `-version`. */
export function readVersion(output: string): Pick<MediaTool, "version" | "outdated"> {
  const version = /^ff\w+ version (\S+)/.exec(output)?.[1] ?? "unknown";
  const year = Number(/Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(output)?.[1] ?? 0);
  return { version, outdated: year < OLDEST_MAINTAINED_YEAR };
}

/** The shell's answer, so that the search path is the one a person at this machine has. */
async function systemPath(name: ToolName): Promise<string | undefined> {
  const windows = process.platform === "win32";
  const [shell, args] = windows ? ["where", [name]] : ["/bin/sh", ["-c", 'command -v "$0"', name]];
  try {
    const { stdout } = await exec(shell, args, { timeout: 5_000 });
    const first = stdout.split(/\r?\n/)[0]?.trim();
    return first && path.isAbsolute(first) ? first : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The packages' own entry points refuse a binary without the executable bit, which installs
 * without scripts leave unset; so the file is found and made executable here.
 */
function packagedPath(name: ToolName): string | undefined {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const fromHere = createRequire(path.join(process.cwd(), "package.json"));
  try {
    const file = fromHere.resolve(
      `${packages[name]}/${process.platform}-${process.arch}/${name}${suffix}`,
    );
    makeExecutable(file);
    return file;
  } catch {
    return undefined;
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
