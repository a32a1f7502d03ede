import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  completeMultipartUpload,
  createMultipartUpload,
  put,
  uploadPart,
} from "@vercel/blob/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlobProtocol } from "./blob-protocol/handler";
import { LocalStorage } from "./local/engine";
import { serveObject } from "./serve";
import { type ListeningServer, listen } from "./test-server";
import type { Storage } from "./types";
import { type BlobReader, VercelBlobStorage } from "./vercel-blob";

let folder: string;
let local: LocalStorage;
let server: ListeningServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "storage-contract-"));
  local = new LocalStorage({ root: path.join(folder, "store"), authSecret: "s".repeat(32) });
  server = await listen(createBlobProtocol({ storage: local, basePath: "/api/blob" }));
  process.env.VERCEL_BLOB_API_URL = `${server.origin}/api/blob`;
  process.env.VERCEL_BLOB_RETRIES = "0";
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/**
 * Stands in for the SDK's `get`, which can only reach the hosted store: the same headers and
 * statuses, from the objects behind our protocol.
 */
const read: BlobReader = async (pathname, options) => {
  expect(options).toMatchObject({ access: "private", useCache: false });
  const stat = await local.stat(pathname);
  if (!stat) return null;
  const response = await serveObject({
    request: new Request("http://store.invalid/", { headers: options.headers }),
    storage: local,
    pathname,
    stat,
    fileName: "x",
    contentType: stat.contentType,
    disposition: "inline",
  });
  return { stream: response.body, headers: response.headers };
};

const engines: [string, () => Storage][] = [
  ["local", () => local],
  ["vercel-blob", () => new VercelBlobStorage({ token: local.readWriteToken, read })],
];

const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256));

async function textOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream as BodyInit).arrayBuffer());
}

describe.each(engines)("%s", (id, engine) => {
  const at = (name: string) => `u/${id}/${name}`;
  const store = async (name: string, content: string | Buffer = bytes) => {
    const source = path.join(folder, "source.bin");
    await writeFile(source, content);
    await engine().put(at(name), { path: source }, { contentType: "video/mp4" });
  };

  it("has its own name", () => {
    expect(engine().id).toBe(id);
  });

  it("stores a file and tells its size, type and age", async () => {
    const before = Date.now();
    await store("a.mp4");
    const stat = await engine().stat(at("a.mp4"));
    expect(stat).toMatchObject({ sizeBytes: bytes.length, contentType: "video/mp4" });
    expect(stat?.etag).toMatch(/^"[^"]+"$/);
    expect(Math.abs((stat?.uploadedAtMs ?? 0) - before)).toBeLessThan(10_000);
  });

  it("has the ETag of the bytes", async () => {
    await store("e1", "one");
    await store("e2", "one");
    await store("e3", "two");
    const etags = await Promise.all(
      ["e1", "e2", "e3"].map(async (name) => (await engine().stat(at(name)))?.etag),
    );
    expect(etags[0]).toBe(etags[1]);
    expect(etags[0]).not.toBe(etags[2]);
  });

  it("replaces an object whole", async () => {
    await store("r.mp4", "first, longer");
    await store("r.mp4", "second");
    expect(String(await textOf(await engine().openRead(at("r.mp4"))))).toBe("second");
  });

  it.each([
    [undefined, 0, 99_999],
    [{ start: 0, end: 0 }, 0, 0],
    [{ start: 1000, end: 70_000 }, 1000, 70_000],
    [{ start: 99_999, end: 99_999 }, 99_999, 99_999],
  ])("reads %j", async (range, start, end) => {
    await store("range.mp4");
    const read = await textOf(await engine().openRead(at("range.mp4"), range));
    expect(read.equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it("knows nothing of what isn't there", async () => {
    expect(await engine().stat(at("missing"))).toBeUndefined();
    await expect(engine().openRead(at("missing"))).rejects.toMatchObject({ code: "not_found" });
    const target = path.join(folder, "nothing");
    await expect(engine().fetchToFile(at("missing"), target)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(readFile(target)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("copies an object into a file", async () => {
    await store("f.mp4");
    const target = path.join(folder, `fetched-${id}`);
    await engine().fetchToFile(at("f.mp4"), target);
    expect((await readFile(target)).equals(bytes)).toBe(true);
  });

  it("leaves no file behind when fetching is aborted", async () => {
    await store("f.mp4");
    const target = path.join(folder, `aborted-${id}`);
    const signal = AbortSignal.abort();
    await expect(engine().fetchToFile(at("f.mp4"), target, { signal })).rejects.toThrow();
    await expect(readFile(target)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("deletes, and deleting again is no error", async () => {
    await store("d1");
    await store("d2");
    await engine().delete([at("d1"), at("d2"), at("never")]);
    expect(await engine().stat(at("d1"))).toBeUndefined();
    await engine().delete([at("d1")]);
    await engine().delete([]);
  });

  it("lists by prefix in pages and in order", async () => {
    const names = ["list/b/2", "list/a", "list/b/1", "list/b.x", "list/c/d/e", "list2/z"];
    for (const name of names) await store(name, name);
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await engine().list(at("list/"), { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.objects.map(({ pathname }) => pathname));
      cursor = page.cursor;
      pages++;
    } while (cursor);
    expect(seen).toEqual(["list/a", "list/b.x", "list/b/1", "list/b/2", "list/c/d/e"].map(at));
    expect(pages).toBe(3);
    const { objects } = await engine().list(at("list/c/d/"));
    expect(objects).toMatchObject([{ pathname: at("list/c/d/e"), sizeBytes: 10 }]);
    expect((await engine().list(at("nothing/"))).objects).toEqual([]);
  });

  it.each([
    "../x",
    "a/../b",
    "/a",
    "a//b",
    "a\\b",
    "a\0b",
    "a/",
    ".",
    "",
    "x".repeat(951),
    "\ud800",
  ])("refuses the pathname %j everywhere", async (pathname) => {
    const code = { code: "invalid_request" };
    const source = { path: path.join(folder, "source.bin") };
    const token = { sizeBytes: 1, contentTypes: [], validUntilMs: Date.now() + 1000 };
    const storage = engine();
    for (const attempt of [
      async () => storage.stat(pathname),
      async () => storage.openRead(pathname),
      async () => storage.put(pathname, source, { contentType: "text/plain" }),
      async () => storage.delete([pathname]),
      async () => storage.fetchToFile(pathname, path.join(folder, "no")),
      async () => storage.issueUploadToken({ pathname, ...token }),
    ]) {
      await expect(attempt()).rejects.toMatchObject(code);
    }
  });

  it("lets the holder of an upload token send that one object in parts", async () => {
    const pathname = at("parts/source.mp4");
    const token = await engine().issueUploadToken({
      pathname,
      sizeBytes: bytes.length,
      contentTypes: ["video/mp4"],
      validUntilMs: Date.now() + 60_000,
    });
    const common = { access: "private" as const, token, contentType: "video/mp4" };
    const opened = await createMultipartUpload(pathname, common);
    const halves = [bytes.subarray(0, 60_000), bytes.subarray(60_000)];
    const parts = await Promise.all(
      halves.map((half, i) =>
        uploadPart(pathname, half, { ...common, ...opened, partNumber: i + 1 }),
      ),
    );
    await completeMultipartUpload(pathname, parts.toReversed(), { ...common, ...opened });
    expect((await textOf(await engine().openRead(pathname))).equals(bytes)).toBe(true);
    await expect(put(at("other.mp4"), "x", common)).rejects.toThrow("Pathname mismatch");
    await engine().abortUpload({ pathname, storageUploadId: opened.uploadId });
  });
});

describe("local only", () => {
  it("hands out the file itself", async () => {
    const source = path.join(folder, "source.bin");
    await local.put("u/own.mp4", { path: source }, { contentType: "video/mp4" });
    expect(await readFile(local.localPath("u/own.mp4"))).toEqual(await readFile(source));
  });

  it("has the SDK in browsers send to this server, the hosted engine to its own", () => {
    expect(local.blobApiUrl()).toBe("/api/blob");
    expect(new VercelBlobStorage({ token: local.readWriteToken }).blobApiUrl()).toBeNull();
  });
});
