import { createHash, randomBytes } from "node:crypto";
import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createBlobProtocol } from "../blob-protocol/handler";
import { LocalStorage } from "./engine";
import { SLOT_BYTES } from "./parts";

const pathname = "u/1/2/source.mp4";
const record = { pathname, contentType: "video/mp4", overwrite: false };
let root: string;
let storage: LocalStorage;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "multipart-"));
  storage = new LocalStorage({ root, authSecret: "a".repeat(32) });
  onTestFinished(() => rm(root, { recursive: true, force: true }));
});

const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
const stored = async () => sha256(await readFile(storage.localPath(pathname)));

async function* chunksOf(data: Buffer) {
  for (let at = 0; at < data.length; at += 65_536) yield data.subarray(at, at + 65_536);
}

interface PutOptions {
  maxBytes?: number;
  expectedBytes?: number;
  body?: AsyncIterable<Uint8Array>;
}

async function putPart(uploadId: string, partNumber: number, data: Buffer, more: PutOptions = {}) {
  const etag = await storage.uploads.putPart({
    uploadId,
    pathname,
    partNumber,
    body: more.body ?? chunksOf(data),
    expectedBytes: "expectedBytes" in more ? more.expectedBytes : data.length,
    maxBytes: more.maxBytes,
  });
  return { partNumber, etag };
}

type Parts = { partNumber: number; etag: string }[];
const complete = (uploadId: string, parts: Parts, maxBytes?: number) =>
  storage.uploads.complete({ uploadId, pathname, parts, maxBytes });

/** Fails after half of the data, as a connection does. */
async function* breaking(data: Buffer) {
  yield data.subarray(0, data.length / 2);
  throw new Error("connection reset");
}

describe("parts", () => {
  it.each([
    ["of 8 MiB with a short last one", [SLOT_BYTES, SLOT_BYTES, 12_345]],
    ["of 8 MiB exactly", [SLOT_BYTES, SLOT_BYTES]],
    ["all short", [1000, 2000, 5]],
    ["short before long", [SLOT_BYTES, 777, SLOT_BYTES, SLOT_BYTES]],
    ["longer than 8 MiB", [SLOT_BYTES + 1, SLOT_BYTES, 3]],
    ["a single one", [42]],
  ])("%s join to the same bytes in any order of arrival", async (_name, sizes) => {
    const pieces = sizes.map((size) => randomBytes(size));
    const uploadId = await storage.uploads.create(record);
    const parts: Parts = [];
    for (const [i, piece] of [...pieces.entries()].toReversed()) {
      parts.push(await putPart(uploadId, i + 1, piece));
    }
    const done = await complete(uploadId, parts);
    expect(done.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(await stored()).toBe(sha256(Buffer.concat(pieces)));
    expect(await readdir(path.join(root, "uploads"))).toEqual([]);
  });

  it("of a broken connection don't exist; the next try does", async () => {
    const pieces = [randomBytes(SLOT_BYTES), randomBytes(SLOT_BYTES)];
    const [first, second] = pieces as [Buffer, Buffer];
    const uploadId = await storage.uploads.create(record);
    await expect(putPart(uploadId, 1, first, { body: breaking(first) })).rejects.toThrow(
      "connection reset",
    );
    const parts = [await putPart(uploadId, 2, second)];
    await expect(
      complete(uploadId, [{ partNumber: 1, etag: '"x"' }, ...parts]),
    ).rejects.toMatchObject({
      code: "invalid_request",
    });
    parts.push(await putPart(uploadId, 1, first));
    await complete(uploadId, parts);
    expect(await stored()).toBe(sha256(Buffer.concat(pieces)));
  });

  it("already whole survive a second, broken writer", async () => {
    const data = randomBytes(SLOT_BYTES);
    const other = randomBytes(SLOT_BYTES);
    const uploadId = await storage.uploads.create(record);
    const part = await putPart(uploadId, 1, data);
    await expect(putPart(uploadId, 1, other, { body: breaking(other) })).rejects.toThrow();
    await complete(uploadId, [part]);
    expect(await stored()).toBe(sha256(data));
  });

  it("sent twice at the same time are one", async () => {
    const data = randomBytes(SLOT_BYTES);
    const uploadId = await storage.uploads.create(record);
    const [a, b] = await Promise.all([putPart(uploadId, 1, data), putPart(uploadId, 1, data)]);
    expect(a).toEqual(b);
    await complete(uploadId, [a]);
    expect(await stored()).toBe(sha256(data));
  });

  it("sent again with other bytes replace the first", async () => {
    const uploadId = await storage.uploads.create(record);
    const old = await putPart(uploadId, 1, randomBytes(SLOT_BYTES));
    const data = randomBytes(SLOT_BYTES);
    const part = await putPart(uploadId, 1, data);
    await expect(complete(uploadId, [old])).rejects.toMatchObject({ code: "invalid_request" });
    await complete(uploadId, [part]);
    expect(await stored()).toBe(sha256(data));
  });
});

describe("a file that lies about its size", () => {
  it.each([
    ["a part over the announced length", { expectedBytes: 50 }, "size_mismatch"],
    ["a part under it", { expectedBytes: 150 }, "size_mismatch"],
    ["a part over the limit", { maxBytes: 99 }, "file_too_large"],
    [
      "a part over the limit, of unknown length",
      { maxBytes: 99, expectedBytes: undefined },
      "file_too_large",
    ],
  ])("%s is cut off and gone", async (_name, more, code) => {
    const uploadId = await storage.uploads.create(record);
    const attempt = putPart(uploadId, 1, randomBytes(100), more as PutOptions);
    await expect(attempt).rejects.toMatchObject({ code });
    const folder = path.join(root, "uploads", uploadId);
    expect(await readdir(path.join(folder, "own"))).toEqual([]);
    expect(await readdir(path.join(folder, "parts"))).toEqual([]);
  });

  it("all parts together over the limit", async () => {
    const uploadId = await storage.uploads.create(record);
    const parts = [await putPart(uploadId, 1, randomBytes(100), { maxBytes: 150 })];
    await expect(putPart(uploadId, 2, randomBytes(51), { maxBytes: 150 })).rejects.toMatchObject({
      code: "file_too_large",
    });
    parts.push(await putPart(uploadId, 2, randomBytes(51), { maxBytes: 151 }));
    await expect(complete(uploadId, parts, 150)).rejects.toMatchObject({ code: "file_too_large" });
    expect(await storage.stat(pathname)).toBeUndefined();
  });
});

describe("complete", () => {
  it("again with the same parts answers the same; with others it doesn't", async () => {
    const uploadId = await storage.uploads.create(record);
    const parts = [
      await putPart(uploadId, 1, randomBytes(SLOT_BYTES)),
      await putPart(uploadId, 2, randomBytes(9)),
    ];
    const first = await complete(uploadId, parts);
    expect(await complete(uploadId, parts.toReversed())).toEqual(first);
    await expect(complete(uploadId, parts.slice(0, 1))).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("twice at once makes one object", async () => {
    const uploadId = await storage.uploads.create(record);
    const parts = [await putPart(uploadId, 1, randomBytes(1000))];
    const [a, b] = await Promise.all([complete(uploadId, parts), complete(uploadId, parts)]);
    expect(a).toEqual(b);
  });

  it("never takes the place of another object", async () => {
    const [one, two] = [await storage.uploads.create(record), await storage.uploads.create(record)];
    const data = randomBytes(10);
    await complete(one, [await putPart(one, 1, data)]);
    const part = await putPart(two, 1, randomBytes(10));
    await expect(complete(two, [part])).rejects.toMatchObject({ code: "conflict" });
    expect(await stored()).toBe(sha256(data));
  });

  it.each([
    ["a gap", [1, 3]],
    ["the same twice", [1, 1]],
    ["not from 1", [2, 3]],
    ["nothing", []],
  ])("refuses %s", async (_name, numbers) => {
    const uploadId = await storage.uploads.create(record);
    const sent: Parts = [];
    for (const n of [1, 2, 3]) sent.push(await putPart(uploadId, n, randomBytes(10)));
    const parts = numbers.map((n) => sent[n - 1] ?? { partNumber: 0, etag: "" });
    await expect(complete(uploadId, parts)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("goes on after a crash between the object's name and its meta", async () => {
    const uploadId = await storage.uploads.create(record);
    const data = randomBytes(SLOT_BYTES);
    const parts = [await putPart(uploadId, 1, data)];
    await mkdir(path.dirname(storage.localPath(pathname)), { recursive: true });
    await link(path.join(root, "uploads", uploadId, "data"), storage.localPath(pathname));
    const done = await complete(uploadId, parts);
    expect(done.etag).toMatch(/-1"$/);
    expect(await stored()).toBe(sha256(data));
  });

  it("knows no upload of another pathname", async () => {
    const uploadId = await storage.uploads.create({ ...record, pathname: "u/9/9/source.mp4" });
    await expect(putPart(uploadId, 1, randomBytes(3))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("after a power cut", () => {
  it.each([
    ["a slot", SLOT_BYTES],
    ["a file of its own", 1000],
  ])("damage in %s is found; what is intact is taken", async (_name, size) => {
    const uploadId = await storage.uploads.create(record);
    const parts = [await putPart(uploadId, 1, randomBytes(size))];
    const rebooted = new LocalStorage({
      root,
      authSecret: "a".repeat(32),
      bootMs: Date.now() + 60_000,
    });
    const folder = path.join(root, "uploads", uploadId);
    const [own] = await readdir(path.join(folder, "own"));
    const file = own ? path.join(folder, "own", own) : path.join(folder, "data");
    const whole = await readFile(file);
    await writeFile(file, Buffer.alloc(whole.length));
    const again = () =>
      rebooted.uploads.complete({ uploadId, pathname, parts, maxBytes: undefined });
    await expect(again()).rejects.toMatchObject({ code: "invalid_request" });
    await writeFile(file, whole);
    await again();
    expect(await stored()).toBe(sha256(whole));
  });
});

describe("leftovers", () => {
  it("are swept when nobody has touched them for long, and only then", async () => {
    const stale = await storage.uploads.create(record);
    await putPart(stale, 1, randomBytes(100));
    await mkdir(path.join(root, "tmp"), { recursive: true });
    const half = path.join(root, "tmp", "half-written");
    await writeFile(half, "x");
    const old = new Date(Date.now() - 3_600_000);
    await utimes(half, old, old);
    const folder = path.join(root, "uploads", stale);
    for (const name of ["", "data", "own", "parts", "slots"]) {
      await utimes(path.join(folder, name), old, old);
    }
    const active = await storage.uploads.create(record);
    expect(await storage.sweepStaleUploads(2 * 3_600_000)).toBe(0);
    expect(await storage.sweepStaleUploads(1_800_000)).toBe(2);
    expect(await readdir(path.join(root, "uploads"))).toEqual([active]);
    expect(await readdir(path.join(root, "tmp"))).toEqual([]);
  });

  it("of an aborted upload are gone, and aborting again is no error", async () => {
    const storageUploadId = await storage.uploads.create(record);
    await storage.abortUpload({ pathname, storageUploadId });
    await storage.abortUpload({ pathname, storageUploadId });
    await storage.abortUpload({ pathname, storageUploadId: "../.." });
    expect(await readdir(path.join(root, "uploads"))).toEqual([]);
  });
});

describe("a full disk", () => {
  it("is said before a byte is written", async () => {
    const full = new LocalStorage({ root, authSecret: "a".repeat(32), floorBytes: 1e18 });
    await expect(full.assertRoom(0)).rejects.toMatchObject({ code: "storage_full" });
    const source = path.join(root, "source");
    await writeFile(source, "x");
    await expect(
      full.put("a", { path: source }, { contentType: "text/plain" }),
    ).rejects.toMatchObject({ code: "storage_full" });
    const handle = createBlobProtocol({ storage: full, basePath: "/api/blob" });
    const response = await handle(
      new Request("http://localhost/api/blob/?pathname=a", {
        method: "PUT",
        body: "x",
        headers: { authorization: `Bearer ${full.readWriteToken}` },
      }),
    );
    expect(response.status).toBe(507);
    // Not one of the codes that the SDK would try again at once.
    expect(await response.json()).toEqual({
      error: { code: "bad_request", message: "Storage is full" },
    });
  });
});

describe("reading", () => {
  it("closes the file when the reader goes away", async () => {
    const source = path.join(root, "source");
    await writeFile(source, randomBytes(2 * 1024 ** 2));
    await storage.put(pathname, { path: source }, { contentType: "video/mp4" });
    const openFiles = async () => {
      const fds = await readdir("/proc/self/fd").catch(() => []);
      const links = await Promise.all(
        fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
      );
      return links.filter((link) => link === storage.localPath(pathname)).length;
    };
    const reader = (await storage.openRead(pathname)).getReader();
    await reader.read();
    expect(await openFiles()).toBe(process.platform === "linux" ? 1 : 0);
    await reader.cancel();
    expect(await openFiles()).toBe(0);
  });

  it("keeps an object readable whose meta a crash has separated from it", async () => {
    const source = path.join(root, "source");
    await writeFile(source, "hello");
    await storage.put(pathname, { path: source }, { contentType: "video/x-odd" });
    expect(await storage.stat(pathname)).toMatchObject({ contentType: "video/x-odd" });
    await writeFile(storage.localPath(pathname), "changed");
    const changed = await storage.stat(pathname);
    expect(changed).toMatchObject({ sizeBytes: 7, contentType: "video/mp4" });
    expect(changed?.etag).toMatch(/^"7-[0-9a-f]+"$/);
  });
});
