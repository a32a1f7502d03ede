import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { asFailure, canRetry, TransferFailure } from "./failure";
import { createHttpUploadApi } from "./http-api";
import { fingerprintOf } from "./inspect";
import { backOffMs } from "./keep-trying";
import { createLane } from "./lane";
import { storageContentType } from "./run-upload";
import { bytesOf, partSpan } from "./send-parts";
import { createSpeedMeter } from "./speed";

describe("speed", () => {
  it("divides what the last parts brought by the time they took", () => {
    const meter = createSpeedMeter();
    meter.start(500, 10_000);
    expect(meter.progress(500, 8500, 10_000).bytesPerSecond).toBeNull();
    meter.add(1500, 11_000);
    meter.add(2500, 12_000);
    expect(meter.progress(2500, 8500, 12_000)).toEqual({
      sentBytes: 2500,
      totalBytes: 8500,
      bytesPerSecond: 1000,
      msLeft: 6000,
    });
    expect(meter.progress(2500, 8500, 14_000).msLeft).toBe(4000);
  });

  it("follows a change of speed within its window", () => {
    const meter = createSpeedMeter();
    meter.start(0, 0);
    for (let i = 1; i <= 20; i++) meter.add(i * 1000, i * 1000);
    for (let i = 1; i <= 16; i++) meter.add(20_000 + i * 1000, 20_000 + i * 100);
    expect(meter.progress(36_000, 36_000, 21_600).bytesPerSecond).toBe(10_000);
  });
});

describe("backOffMs", () => {
  it.each([
    [1, 0, 1000],
    [2, 0, 2000],
    [5, 0, 16_000],
    [6, 0, 30_000],
    [60, 0, 30_000],
    [3, 0.999999, 2000],
  ])("after %i failures with random %d waits %i", (failures, random, expected) => {
    expect(backOffMs(failures, random)).toBe(expected);
  });
});

describe("parts", () => {
  it("cover the file without gap or overlap", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 500 }),
        (size, part) => {
          const view = { sizeBytes: size, partSizeBytes: part };
          const count = Math.ceil(size / part);
          let at = 0;
          for (let n = 1; n <= count; n++) {
            const { start, end } = partSpan(view, n);
            expect(start).toBe(at);
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(at).toBe(size);
        },
      ),
    );
  });

  it("count the last one as short as it is", () => {
    const view = { sizeBytes: 250, partSizeBytes: 100 } as Parameters<typeof bytesOf>[0];
    expect(bytesOf(view, [{ partNumber: 1 }, { partNumber: 3 }])).toBe(150);
  });
});

describe("fingerprintOf", () => {
  const file = (content: Uint8Array<ArrayBuffer>, name = "a.mp4", lastModified = 5) =>
    new File([content], name, { lastModified });

  it("is SHA-256 over name, size, time, first and last MiB", async () => {
    const content = new Uint8Array(3 * 1024 ** 2).map((_, i) => i % 253);
    const expected = createHash("sha256")
      .update(JSON.stringify(["a.mp4", content.length, 5]))
      .update(content.subarray(0, 1024 ** 2))
      .update(content.subarray(-(1024 ** 2)))
      .digest("hex");
    expect(await fingerprintOf(file(content))).toBe(expected);
  });

  it("differs by name, time, size and content, not by how Hangul is written", async () => {
    const one = new Uint8Array([1, 2, 3]);
    const all = await Promise.all(
      [
        file(one),
        file(one, "b.mp4"),
        file(one, "a.mp4", 6),
        file(new Uint8Array([1, 2])),
        file(new Uint8Array([1, 2, 4])),
      ].map(fingerprintOf),
    );
    expect(new Set(all).size).toBe(5);
    expect(await fingerprintOf(file(one, "영상.mp4".normalize("NFD")))).toBe(
      await fingerprintOf(file(one, "영상.mp4")),
    );
  });
});

describe("lane", () => {
  it("keeps order, and a place given up in the queue goes to the next", async () => {
    const lane = createLane(1);
    const order: string[] = [];
    const hold = Promise.withResolvers<void>();
    const never = new AbortController();
    const { signal } = new AbortController();
    const first = lane(signal, () => hold.promise);
    const second = lane(never.signal, async () => order.push("second"));
    const third = lane(signal, async () => order.push("third"));
    never.abort(new Error("stopped"));
    await expect(second).rejects.toThrow("stopped");
    hold.resolve();
    await Promise.all([first, third]);
    expect(order).toEqual(["third"]);
    await lane(signal, async () => order.push("fourth"));
    expect(order).toEqual(["third", "fourth"]);
  });
});

describe("failures", () => {
  it.each([
    [new TypeError("Failed to fetch"), "network", true],
    [new AppError("not_ready"), "busy", true],
    [new AppError("rate_limited"), "busy", true],
    [new AppError("storage_full"), "refused", true],
    [new AppError("file_truncated"), "refused", false],
    [new AppError("unauthenticated"), "refused", true],
    [new TransferFailure("lost", "upload_expired"), "lost", true],
  ] as const)("%s", (error, kind, again) => {
    const failure = asFailure(error);
    expect(failure.kind).toBe(kind);
    expect(canRetry(failure)).toBe(again);
  });
});

describe("storageContentType", () => {
  it.each([
    ["u/1/2/source.avi", "", "video/x-msvideo"],
    ["u/1/2/source.avi", "video/avi", "video/x-msvideo"],
    ["u/1/2/source.mov", "", "video/quicktime"],
    ["u/1/2/source.bin", "video/odd", "video/odd"],
    ["u/1/2/source", "", "application/octet-stream"],
  ])("%s declared as %j", (pathname, declared, expected) => {
    expect(storageContentType(pathname, declared)).toBe(expected);
  });
});

describe("http api", () => {
  const answering = (response: Response) => createHttpUploadApi(async () => response);
  const { signal } = new AbortController();

  it("throws the code of a problem answer, with how long to wait", async () => {
    const headers = { "retry-after": "3", "content-type": "application/problem+json" };
    const body = JSON.stringify({ code: "rate_limited", title: "..." });
    const api = answering(new Response(body, { status: 429, headers }));
    await expect(api.get("1", signal)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterMs: 3000,
    });
  });

  it("takes a proxy's page for a server that isn't ready", async () => {
    const api = answering(new Response("<html>Bad gateway</html>", { status: 502 }));
    await expect(api.get("1", signal)).rejects.toMatchObject({ code: "not_ready" });
  });

  it("reads a completion without a job", async () => {
    const api = answering(Response.json({ video: { id: "v" } }));
    expect(await api.complete("1", signal)).toEqual({ videoId: "v", jobId: null });
  });

  it("sends meta and sample as a form, with cookies", async () => {
    const asked: RequestInit[] = [];
    const api = createHttpUploadApi(async (_url, init) => {
      asked.push(init ?? {});
      return Response.json({ upload: { id: "1" } }, { status: 201 });
    });
    const meta = { fileName: "a.mp4" } as Parameters<typeof api.create>[0];
    expect(await api.create(meta, new Blob(["xyz"]), signal)).toEqual({ id: "1" });
    const form = asked[0]?.body as FormData;
    expect(JSON.parse(String(form.get("meta")))).toEqual(meta);
    expect((form.get("sample") as File).size).toBe(3);
    expect(asked[0]).toMatchObject({ method: "POST", credentials: "same-origin" });
  });
});
