import { execFileSync, spawn } from "node:child_process";
import { stat, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { inputOptions, openInput } from "./input";
import { limits, withLimits } from "./limits";
import { run } from "./run";
import { aac, decode, h264, twoSeconds, workshop } from "./testing/clips";

const { file, make } = await workshop();
const endless = (name: string) => [
  ...[
    "-nostdin",
    "-v",
    "error",
    "-re",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=64x64",
    "-f",
    "null",
    "-",
  ],
  ...["-metadata", `title=${name}`],
];
const work = { tool: "ffmpeg", lane: "preview", limits: limits.chunk } as const;

/** How many ffmpeg run with `mark` in their arguments. */
function running(mark: string): number {
  const list = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return list.split("\n").filter((line) => line.includes(mark) && /^\S*ffmpeg /.test(line)).length;
}

async function until(check: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !check(); i++) await wait(50);
  expect(check()).toBe(true);
}

describe("run", () => {
  test("an abort ends the process before it is reported", async () => {
    const stop = new AbortController();
    const mark = `abort-${process.pid}`;
    const job = run({ ...work, args: endless(mark), signal: stop.signal });
    const outcome = expect(job).rejects.toThrow("changed my mind");
    await until(() => running(mark) > 0);
    stop.abort(new Error("changed my mind"));
    await outcome;
    expect(running(mark)).toBe(0);
  });

  test("a run over its time is ended", async () => {
    const mark = `timeout-${process.pid}`;
    const job = run({ ...work, args: endless(mark), limits: { ...limits.chunk, timeoutMs: 600 } });
    await expect(job).rejects.toMatchObject({ code: "media_timeout" });
    expect(running(mark)).toBe(0);
  });

  test("a run whose output isn't wanted any more is ended", async () => {
    const mark = `listener-${process.pid}`;
    const args = [...endless(mark), "-progress", "pipe:1"];
    const onStdout = () => {
      throw new Error("too much");
    };
    await expect(run({ ...work, args, onStdout })).rejects.toThrow("too much");
    expect(running(mark)).toBe(0);
  });

  test("a failure tells what ffmpeg said", async () => {
    const job = run({ ...work, args: ["-v", "error", "-i", file("not-there.mp4")] });
    await expect(job).rejects.toMatchObject({
      code: "media_failed",
      detail: expect.stringContaining("No such file"),
    });
  });

  test.runIf(process.platform === "linux")("a killed server takes its runs along", async () => {
    const mark = `orphan-${process.pid}`;
    const command = withLimits(["ffmpeg", ...endless(mark)], limits.chunk);
    const [program, ...args] = command.map((part) => JSON.stringify(part));
    const script = `require("node:child_process").spawn(${program}, [${args.join()}], { detached: true }); setInterval(() => {}, 1000)`;
    const server = spawn(process.execPath, ["-e", script], { stdio: "ignore" });
    await until(() => running(mark) > 0);
    server.kill("SIGKILL");
    await until(() => running(mark) === 0);
  });

  test.runIf(process.platform === "linux")("memory and file size are bounded", async () => {
    const source = ["-f", "lavfi", "-i", "nullsrc=size=4096x4096:rate=5", "-t", "2"];
    const write = ["-nostdin", "-v", "error", "-y", ...source, "-f", "rawvideo", file("big.raw")];
    const little = { ...limits.chunk, memoryBytes: 64 * 2 ** 20 };
    await expect(run({ ...work, args: write, limits: little })).rejects.toMatchObject({
      code: "media_failed",
    });
    const short = { ...limits.chunk, outputBytes: 100_000 };
    await expect(run({ ...work, args: write, limits: short })).rejects.toMatchObject({
      code: "media_failed",
    });
    expect((await stat(file("big.raw"))).size).toBeLessThanOrEqual(100_000);
  });

  test("a failed run leaves its lane free", async () => {
    for (let i = 0; i < 8; i++) {
      await expect(run({ ...work, args: ["-i", "nowhere"] })).rejects.toThrow();
    }
    await run({ ...work, args: ["-version"] });
  });
});

describe("whitelists", () => {
  beforeAll(async () => {
    await make("secret.mp4", ...twoSeconds, ...h264, ...aac);
    await make("secret.ts", "-i", file("secret.mp4"), "-c", "copy");
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:2,\nfile://${file("secret.ts")}\n#EXT-X-ENDLIST\n`;
    await writeFile(file("playlist.mp4"), playlist);
    await writeFile(file("concat.mp4"), `ffconcat version 1.0\nfile '${file("secret.ts")}'\n`);
  });

  test("without them a playlist would be decoded: the danger is real", async () => {
    expect((await decode(file("playlist.mp4"), "-f", "framemd5")).length).toBeGreaterThan(500);
  });

  test.each(["playlist.mp4", "concat.mp4"])("%s is no video by its bytes", async (name) => {
    await expect(openInput(file(name))).rejects.toMatchObject({ code: "file_type_unsupported" });
  });

  test.each(["playlist.mp4", "concat.mp4"])(
    "%s is refused by ffmpeg and ffprobe too",
    async (name) => {
      for (const kind of ["mp4", "avi", "webm"] as const) {
        const ffmpeg = [...inputOptions(kind, "ffmpeg"), "-i", file(name), "-f", "null", "-"];
        await expect(run({ ...work, args: ffmpeg })).rejects.toMatchObject({
          code: "media_failed",
        });
        // Even if a future edit dropped the forced demuxer, the whitelist alone refuses.
        const guessing = inputOptions(kind, "ffprobe").slice(0, -2);
        expect(inputOptions(kind, "ffprobe").at(-2)).toBe("-f");
        const ffprobe = [...guessing, "-show_streams", file(name)];
        await expect(run({ ...work, tool: "ffprobe", args: ffprobe })).rejects.toMatchObject({
          code: "media_failed",
        });
      }
    },
  );

  test("a decoder that isn't listed doesn't run, an ordinary one does", async () => {
    const small = [...twoSeconds, "-vf", "scale=64:64"];
    const odd = await make("magicyuv.mov", ...small, "-c:v", "magicyuv", ...aac);
    const args = (name: string) => [
      ...["-v", "error", "-xerror", ...inputOptions("mov", "ffmpeg"), "-i", name],
      ...["-map", "0:v", "-f", "null", "-"],
    ];
    await expect(run({ ...work, args: args(odd) })).rejects.toMatchObject({
      detail: expect.stringContaining("not on whitelist"),
    });
    await run({ ...work, args: args(file("secret.mp4")) });
  });
});
