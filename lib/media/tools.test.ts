import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { ffmpegArguments, progressReader } from "./command";
import { inLane } from "./lanes";
import "./testing/clips";
import { findMediaTools, mediaTools, readVersion } from "./tools";

describe("mediaTools", () => {
  test("finds both, once", async () => {
    const tools = await mediaTools();
    expect(tools.ffmpeg.path).toMatch(/ffmpeg/);
    expect(tools.ffprobe.path).toMatch(/ffprobe/);
    expect(await mediaTools()).toBe(tools);
  });

  test("a configured program is taken, and a wrong one is said, not passed over", async () => {
    const { ffmpeg, ffprobe } = await mediaTools();
    const configured = { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path };
    expect(await findMediaTools(configured)).toMatchObject({
      ffmpeg: { origin: "configured" },
      ffprobe: { origin: "configured" },
    });
    for (const path of ["/nowhere/ffmpeg", process.execPath]) {
      const error = await findMediaTools({ ffmpeg: path }).catch((reason: unknown) => reason);
      expect(AppError.is(error, "media_tool_missing")).toBe(true);
    }
  });

  test.each([
    [
      "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers",
      "5.1.9-0+deb12u1",
      false,
    ],
    [
      "ffmpeg version N-47683-g0e8eb07980-static https://x Copyright (c) 2000-2018 the FFmpeg developers",
      "N-47683-g0e8eb07980-static",
      true,
    ],
    ["ffprobe version 8.0.3 Copyright (c) 2007-2026 the FFmpeg developers", "8.0.3", false],
    ["something else", "unknown", true],
  ])("%s", (text, version, outdated) => {
    expect(readVersion(text)).toEqual({ version, outdated });
  });
});

describe("ffmpegArguments", () => {
  const args = ffmpegArguments(
    { path: "/tmp/a b.mp4", kind: "mp4" },
    (command) =>
      command
        .audioFilters("aresample=async=1:first_pts=0")
        .audioChannels(1)
        .outputOptions(["-map", "0:1"])
        .format("wav")
        .output("/tmp/out put.part"),
    { seekMs: 1_001, lengthMs: 60_000 },
  );
  const input = args.indexOf("-i");

  test("limits and the place to start stand before the input", () => {
    const before = args.slice(0, input);
    for (const option of ["-protocol_whitelist", "-format_whitelist", "-codec_whitelist"]) {
      expect(before).toContain(option);
    }
    expect(before.slice(-4)).toEqual(["-ss", "1.001", "-t", "60.000"]);
    expect(before[before.indexOf("-protocol_whitelist") + 1]).toBe("file");
    expect(before[before.indexOf("-f") + 1]).toBe("mov");
    expect(before).not.toContain("magicyuv");
    expect(before[0]).toBe("-nostdin");
  });

  test("paths with spaces stay one argument", () => {
    expect(args[input + 1]).toBe("/tmp/a b.mp4");
    expect(args.at(-1)).toBe("/tmp/out put.part");
    expect(args.slice(input + 2)).toEqual([
      ...["-y", "-ac", "1", "-filter:a", "aresample=async=1:first_pts=0"],
      ...["-map", "0:1", "-f", "wav", "/tmp/out put.part"],
    ]);
  });
});

test("progressReader never falls, stays below 1 and survives pieces of lines", () => {
  const seen: number[] = [];
  const read = progressReader(10_000, (fraction) => seen.push(fraction));
  const text = ["N/A", "1000000", "500000", "5000000", "-3", "99000000"]
    .map((time) => `frame=1\nout_time_us=${time}\nout_time=00:00\nprogress=continue\n`)
    .join("");
  for (const character of text) read(Buffer.from(character));
  expect(seen).toEqual([0.1, 0.5, 0.99]);
});

describe("inLane", () => {
  test("keeps within its width, in order, and lets an aborted one out of the line", async () => {
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const releases: (() => void)[] = [];
    const stop = new AbortController();
    const enter = (i: number, signal?: AbortSignal) =>
      inLane("audio", signal, async () => {
        most = Math.max(most, ++inside);
        order.push(i);
        await new Promise<void>((resolve) => releases.push(resolve));
        inside -= 1;
      });
    const jobs = Array.from({ length: 40 }, (_, i) => enter(i, i === 39 ? stop.signal : undefined));
    stop.abort(new Error("left"));
    await expect(jobs.pop()).rejects.toThrow("left");
    const width = inside;
    while (order.length < 39 || inside > 0) {
      releases.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(jobs);
    expect(width).toBeGreaterThanOrEqual(1);
    expect(most).toBe(width);
    expect(order).toEqual(Array.from({ length: 39 }, (_, i) => i));
  });

  test("a failure frees the place", async () => {
    for (let i = 0; i < 50; i++) {
      await expect(
        inLane("audio", undefined, () => Promise.reject(new Error("no"))),
      ).rejects.toThrow();
    }
    expect(await inLane("audio", undefined, async () => "in")).toBe("in");
  });
});
