import "server-only";
import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError, type ErrorCode } from "@/lib/errors";
import { fileSource, inputOptions, type MediaInput, openInput, pictureLimit } from "./input";
import { limits } from "./limits";
import { readProbeOutput } from "./probe-output";
import { run } from "./run";
import type { MediaInfo, ProbeOptions, ProbeSampleOptions } from "./schema";
import { readStructure } from "./structure";

/** Tags may hold lyrics and pictures; more than this is no description of a video. */
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

/** A header that promises this much more than the packets hold belongs to a cut file. */
const MISSING_TAIL_MS = 2000;
const MISSING_TAIL_FRACTION = 0.02;

/**
 * What a video file holds. Only reads; whether the product takes it is `judgeMedia`'s to say.
 * @throws {AppError} file_empty, file_type_unsupported, file_truncated, file_unreadable,
 * codec_unsupported, media_timeout, media_tool_missing.
 */
export async function probe({ path: file, signal }: ProbeOptions): Promise<MediaInfo> {
  const { info, fragmented, input } = await readHeader(file, signal);
  // AVI headers are estimates and fragmented files tell the first fragment's length.
  const isEstimate = info.durationMs === 0 || info.container === "avi" || fragmented;
  if (!isEstimate) return info;
  const scannedMs = await scanDuration(input, signal);
  if (scannedMs === 0) throw new AppError("file_unreadable", { detail: "no packets" });
  const slackMs = Math.max(MISSING_TAIL_MS, info.durationMs * MISSING_TAIL_FRACTION);
  const cut = info.container === "avi" && scannedMs + slackMs < info.durationMs;
  return { ...info, durationMs: scannedMs, truncated: info.truncated || cut };
}

/**
 * As `probe`, from the pieces that `planSample` took of a file not uploaded yet. They are laid out
 * at their places in a sparse file of the full size, which ffprobe reads like the real one.
 * @throws {AppError} validation_failed for pieces outside the file, and those of `probe`.
 */
export async function probeSample(options: ProbeSampleOptions): Promise<MediaInfo> {
  const { ranges, sizeBytes, signal } = options;
  const outside = ({ offset, bytes }: (typeof ranges)[number]) =>
    !Number.isSafeInteger(offset) || offset < 0 || offset + bytes.length > sizeBytes;
  if (!Number.isSafeInteger(sizeBytes) || ranges.some(outside)) {
    throw new AppError("validation_failed", { detail: "ranges outside the file" });
  }
  const file = path.join(options.directory ?? tmpdir(), `.${randomUUID()}.sample`);
  try {
    const handle = await open(file, "wx", 0o600);
    try {
      await handle.truncate(sizeBytes);
      for (const { offset, bytes } of ranges) await handle.write(bytes, 0, bytes.length, offset);
    } finally {
      await handle.close();
    }
    return (await readHeader(file, signal)).info;
  } finally {
    await rm(file, { force: true });
  }
}

interface Header {
  info: MediaInfo;
  fragmented: boolean;
  input: MediaInput;
}

async function readHeader(file: string, signal: AbortSignal | undefined): Promise<Header> {
  const input = await openInput(file);
  const container = input.kind;
  if (container === "wav") throw new AppError("file_type_unsupported");
  const { elements, truncated } = await structureOf(file, input.sizeBytes, container);
  try {
    const json = await ffprobe(input, ["-show_format", "-show_streams", "-of", "json"], signal);
    return {
      info: readProbeOutput(json, { container, sizeBytes: input.sizeBytes, truncated }),
      fragmented: elements.some(({ type }) => type === "moof"),
      input,
    };
  } catch (error) {
    const understood = AppError.is(error) && error.code !== "media_failed";
    if (understood || signal?.aborted) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new AppError(whyUnreadable(detail, truncated), { cause: error, detail });
  }
}

function whyUnreadable(detail: string, truncated: boolean): ErrorCode {
  if (truncated) return "file_truncated";
  return / not on whitelist /.test(detail) ? "codec_unsupported" : "file_unreadable";
}

async function structureOf(
  file: string,
  sizeBytes: number,
  container: Exclude<MediaInput["kind"], "wav">,
) {
  const handle = await open(file, "r");
  try {
    return await readStructure(fileSource(handle, sizeBytes), container);
  } finally {
    await handle.close();
  }
}

function probeArguments(input: MediaInput, show: string[]): string[] {
  const options = [...inputOptions(input.kind, "ffprobe"), ...pictureLimit];
  return ["-hide_banner", "-v", "error", ...options, ...show, input.path];
}

async function ffprobe(
  input: MediaInput,
  show: string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  await run({
    tool: "ffprobe",
    args: probeArguments(input, show),
    lane: "quick",
    limits: limits.probe,
    signal,
    onStdout: (chunk) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES) throw new AppError("file_unreadable", { detail: "huge tags" });
      chunks.push(chunk);
    },
  });
  return Buffer.concat(chunks).toString("utf8");
}

/** Length by the times of all packets, ms; 0 when there are none. */
async function scanDuration(input: MediaInput, signal: AbortSignal | undefined): Promise<number> {
  const show = ["-show_entries", "packet=pts_time,dts_time,duration_time", "-of", "compact=p=0"];
  let rest = "";
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  await run({
    tool: "ffprobe",
    args: probeArguments(input, show),
    lane: "quick",
    limits: limits.scan,
    signal,
    onStdout: (chunk) => {
      const lines = (rest + chunk.toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const packet = packetTimes(line);
        if (!packet) continue;
        start = Math.min(start, packet.start);
        end = Math.max(end, packet.end);
      }
    },
  });
  return end > start ? Math.round((end - start) * 1000) : 0;
}

/** Seconds. */
function packetTimes(line: string): { start: number; end: number } | undefined {
  const fields = new Map(line.split("|").map((field) => field.split("=") as [string, string]));
  const times = ["pts_time", "dts_time"].map((name) => Number(fields.get(name)));
  const start = times.find(Number.isFinite);
  if (start === undefined) return undefined;
  const length = Number(fields.get("duration_time"));
  return { start, end: start + (Number.isFinite(length) ? length : 0) };
}
