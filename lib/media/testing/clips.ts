import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, vi } from "vitest";
import { fileSource } from "../input";
import { planSample } from "../sample";

const exec = promisify(execFile);

/** What a process of the product always has. */
vi.stubEnv("AUTH_SECRET", "only-for-tests-only-for-tests-only-for-tests");

/** Generated sources, as ffmpeg options. */
export const picture = (more = "size=320x180:rate=25") => ["-f", "lavfi", "-i", `testsrc2=${more}`];
export const tone = (hz = 440) => ["-f", "lavfi", "-i", `sine=frequency=${hz}:sample_rate=48000`];
export const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
export const aac = ["-c:a", "aac"];
export const vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"];

/** A folder that goes away with the test file, and ways to fill it. */
export async function workshop() {
  const folder = await mkdtemp(path.join(tmpdir(), "media-test-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const file = (name: string) => path.join(folder, name);
  /** Makes a file with the ffmpeg of this machine. */
  const make = async (name: string, ...options: string[]): Promise<string> => {
    await exec("ffmpeg", ["-nostdin", "-v", "error", "-y", ...options, file(name)]);
    return file(name);
  };
  return { folder, file, make };
}

/** Pictures and sound of two seconds in the container that the name says. */
export const twoSeconds = [...picture(), ...tone(), "-t", "2"];

/** Raw bytes of what ffmpeg decodes, e.g. samples or pixels. */
export async function decode(file: string, ...options: string[]): Promise<Buffer> {
  const args = ["-nostdin", "-v", "error", "-i", file, ...options, "pipe:1"];
  const { stdout } = await exec("ffmpeg", args, { encoding: "buffer", maxBuffer: 256 * 2 ** 20 });
  return stdout;
}

export async function samplePlan(file: string) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return { ...(await planSample(fileSource(handle, size))), sizeBytes: size };
  } finally {
    await handle.close();
  }
}
