import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import * as sdk from "@vercel/blob";
import * as client from "@vercel/blob/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalStorage } from "../local/engine";
import { type ListeningServer, listen } from "../test-server";
import { createBlobProtocol } from "./handler";

const MiB = 1024 ** 2;
let root: string;
let storage: LocalStorage;
let server: ListeningServer;
let token: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "blob-protocol-"));
  storage = new LocalStorage({ root, authSecret: "a".repeat(32) });
  token = storage.readWriteToken;
  server = await listen(createBlobProtocol({ storage, basePath: "/api/blob" }));
  process.env.VERCEL_BLOB_API_URL = `${server.origin}/api/blob`;
  process.env.VERCEL_BLOB_RETRIES = "0";
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

const rw = () => ({ access: "private" as const, token });
const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");

async function storedSha256(pathname: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of await storage.openRead(pathname)) hash.update(chunk);
  return hash.digest("hex");
}

async function clientToken(
  pathname: string,
  more: Partial<client.GenerateClientTokenOptions> = {},
) {
  return client.generateClientTokenFromReadWriteToken({
    token,
    pathname,
    allowedContentTypes: ["video/mp4"],
    maximumSizeInBytes: 64 * MiB,
    validUntil: Date.now() + 60_000,
    ...more,
  });
}

describe("the unmodified SDK", () => {
  it("puts, heads, and is refused a second put without allowOverwrite", async () => {
    const done = await sdk.put("t/a b/영상.mp4", "hello", { ...rw(), contentType: "video/mp4" });
    expect(done).toMatchObject({ pathname: "t/a b/영상.mp4", contentType: "video/mp4" });
    for (const name of ["t/a b/영상.mp4", done.url]) {
      expect(await sdk.head(name, { token })).toMatchObject({ size: 5, etag: done.etag });
    }
    await expect(sdk.put("t/a b/영상.mp4", "again", rw())).rejects.toThrow("already exists");
    await sdk.put("t/a b/영상.mp4", "again!", { ...rw(), allowOverwrite: true });
    expect(await sdk.head("t/a b/영상.mp4", { token })).toMatchObject({ size: 6 });
  });

  it("honours ifMatch, a random suffix and a cache age", async () => {
    const one = await sdk.put("t/c.txt", "1", { ...rw(), cacheControlMaxAge: 60 });
    expect((await sdk.head("t/c.txt", { token })).cacheControl).toContain("max-age=60");
    await expect(sdk.put("t/c.txt", "2", { ...rw(), ifMatch: '"other"' })).rejects.toBeInstanceOf(
      sdk.BlobPreconditionFailedError,
    );
    await sdk.put("t/c.txt", "2", { ...rw(), ifMatch: one.etag });
    const suffixed = await sdk.put("t/c.txt", "3", { ...rw(), addRandomSuffix: true });
    expect(suffixed.pathname).toMatch(/^t\/c-[0-9a-f]{30}\.txt$/);
  });

  it("puts a stream of unknown length", async () => {
    const data = randomBytes(3 * MiB);
    await sdk.put("t/stream.bin", Readable.from([data.subarray(0, MiB), data.subarray(MiB)]), rw());
    expect(await storedSha256("t/stream.bin")).toBe(sha256(data));
  });

  it("copies", async () => {
    const { url } = await sdk.put("t/from.mp4", "copy me", { ...rw(), contentType: "video/mp4" });
    const copied = await sdk.copy(url, "t/to.mp4", rw());
    expect(copied.contentType).toBe("video/mp4");
    expect(await storedSha256("t/to.mp4")).toBe(sha256(Buffer.from("copy me")));
    await expect(sdk.copy("t/none", "t/x", rw())).rejects.toBeInstanceOf(sdk.BlobNotFoundError);
  });

  it("lists in pages and folded", async () => {
    for (const name of ["l/a", "l/b/1", "l/b/2", "l/b0", "l/c/d/e"])
      await sdk.put(name, name, rw());
    const first = await sdk.list({ token, prefix: "l/", limit: 3 });
    expect(first.blobs.map(({ pathname }) => pathname)).toEqual(["l/a", "l/b/1", "l/b/2"]);
    expect(first.hasMore).toBe(true);
    const rest = await sdk.list({
      token,
      prefix: "l/",
      ...(first.cursor && { cursor: first.cursor }),
    });
    expect(rest.blobs.map(({ pathname }) => pathname)).toEqual(["l/b0", "l/c/d/e"]);
    expect(rest.hasMore).toBe(false);
    const folded = await sdk.list({ token, prefix: "l/", mode: "folded" });
    expect(folded.folders).toEqual(["l/b/", "l/c/"]);
    expect(folded.blobs.map(({ pathname }) => pathname)).toEqual(["l/a", "l/b0"]);
    const page = await sdk.list({ token, prefix: "l/", mode: "folded", limit: 2 });
    expect(page).toMatchObject({ folders: ["l/b/"], hasMore: true });
  });

  it("deletes by URL and by pathname", async () => {
    const { url } = await sdk.put("t/d1", "x", rw());
    await sdk.put("t/d2", "x", rw());
    await sdk.del([url, "t/d2", "t/never"], { token });
    await expect(sdk.head("t/d1", { token })).rejects.toBeInstanceOf(sdk.BlobNotFoundError);
    await expect(sdk.head("t/d2", { token })).rejects.toBeInstanceOf(sdk.BlobNotFoundError);
  });

  it("uploads 20 MiB in parts with a client token, byte for byte", async () => {
    const data = randomBytes(20 * MiB + 7);
    const own = { access: "private" as const, token: await clientToken("t/big.mp4") };
    const done = await client.put("t/big.mp4", new Blob([data]), {
      ...own,
      contentType: "video/mp4",
      multipart: true,
    });
    expect(done.etag).toMatch(/^"[0-9a-f]{64}-3"$/);
    expect(await storedSha256("t/big.mp4")).toBe(sha256(data));
    expect(await readdir(path.join(root, "uploads"))).toEqual([]);
    expect(await readdir(path.join(root, "tmp"))).toEqual([]);
  });
});

describe("what a client token doesn't allow", () => {
  const body = "x";
  const put = async (
    pathname: string,
    more: Partial<client.GenerateClientTokenOptions>,
    type = "video/mp4",
  ) =>
    client.put("w/a.mp4", body, {
      access: "private",
      token: await clientToken(pathname, more),
      contentType: type,
    });

  it.each([
    ["another pathname", () => put("w/b.mp4", {}), sdk.BlobError, "Pathname mismatch"],
    [
      "an expired token",
      () => put("w/a.mp4", { validUntil: Date.now() - 1 }),
      sdk.BlobClientTokenExpiredError,
      "",
    ],
    ["another type", () => put("w/a.mp4", {}, "text/html"), sdk.BlobContentTypeNotAllowedError, ""],
    [
      "a byte too many",
      () => put("w/a.mp4", { maximumSizeInBytes: 0 }),
      sdk.BlobFileTooLargeError,
      "",
    ],
  ] as const)("%s", async (_name, attempt, error, message) => {
    await expect(attempt()).rejects.toThrow(message);
    await expect(attempt()).rejects.toBeInstanceOf(error);
    expect(await storage.stat("w/a.mp4")).toBeUndefined();
  });

  it("reading, listing, copying, deleting", async () => {
    await sdk.put("w/secret.mp4", "secret", rw());
    const own = await clientToken("w/secret.mp4");
    const message = "not available when using a client token";
    await expect(sdk.head("w/secret.mp4", { token: own })).rejects.toThrow(message);
    await expect(sdk.list({ token: own })).rejects.toThrow(message);
    await expect(sdk.del("w/secret.mp4", { token: own })).rejects.toThrow(message);
    await expect(
      sdk.copy("w/secret.mp4", "w/copy.mp4", { access: "private", token: own }),
    ).rejects.toThrow(message);
  });

  it("overwriting, by asking for it in a header", async () => {
    await sdk.put("w/kept.mp4", "first", rw());
    const response = await fetch(`${server.origin}/api/blob/?pathname=w/kept.mp4`, {
      method: "PUT",
      body: "second",
      headers: {
        authorization: `Bearer ${await clientToken("w/kept.mp4")}`,
        "x-content-type": "video/mp4",
        "x-allow-overwrite": "1",
      },
    });
    expect(response.status).toBe(400);
    expect(await storedSha256("w/kept.mp4")).toBe(sha256(Buffer.from("first")));
  });
});

describe("hostile tokens", () => {
  const payload = Buffer.from(
    JSON.stringify({ pathname: "h/a.mp4", validUntil: Date.now() + 60_000 }),
  ).toString("base64");
  const signed = (signature: string, store = "local") =>
    `vercel_blob_client_${store}_${Buffer.from(`${signature}.${payload}`).toString("base64")}`;
  const hmac = (key: string) => createHmac("sha256", key).update(payload).digest("hex");

  it.each([
    ["none", () => ""],
    ["another secret", () => new LocalStorage({ root, authSecret: "b".repeat(32) }).readWriteToken],
    ["a prefix of the right one", () => token.slice(0, -1)],
    ["signed with another key", () => signed(hmac("guess"))],
    ["signed with an empty key", () => signed(hmac(""))],
    ["an empty signature", () => signed("")],
    ["another store", () => signed(hmac(token), "other")],
    ["a changed payload", () => signed(hmac(token)).replace(/.{8}$/, "AAAAAAA=")],
    ["no JSON", () => `vercel_blob_client_local_${Buffer.from("a.b").toString("base64")}`],
  ])("%s", async (_name, make) => {
    const response = await fetch(`${server.origin}/api/blob/?pathname=h/a.mp4`, {
      method: "PUT",
      body: "x",
      headers: { authorization: `Bearer ${make()}` },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await response.json()).error.code).toBe("forbidden");
    expect(await storage.stat("h/a.mp4")).toBeUndefined();
  });

  it("takes the same payload rightly signed", async () => {
    await client.put("h/a.mp4", "x", { access: "private", token: signed(hmac(token)) });
    expect(await storage.stat("h/a.mp4")).toMatchObject({ sizeBytes: 1 });
  });
});

describe("hostile requests", () => {
  const send = (
    method: string,
    suffix: string,
    headers: Record<string, string> = {},
    body?: string,
  ) =>
    fetch(`${server.origin}/api/blob${suffix}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });

  it.each([
    "../../etc/passwd",
    "a/../../b",
    "/etc/passwd",
    "a\\..\\b",
    "a\0b",
    "a//b",
    "",
    "x".repeat(951),
    `a/${"가".repeat(100)}`,
  ])("refuse the pathname %j", async (pathname) => {
    const query = `?${new URLSearchParams({ pathname })}`;
    expect((await send("PUT", `/${query}`, {}, "x")).status).toBe(400);
    expect((await send("POST", `/mpu${query}`, { "x-mpu-action": "create" })).status).toBe(400);
    const head = await send("GET", `?${new URLSearchParams({ url: pathname })}`);
    expect(head.status).toBe(404);
  });

  it.each([
    ["GET", "/mpu", {}, 404],
    ["DELETE", "/", {}, 404],
    ["PATCH", "/x", {}, 404],
    ["POST", "/mpu?pathname=a", {}, 400],
    ["POST", "/mpu?pathname=a", { "x-mpu-action": "abort" }, 400],
    ["POST", "/mpu?pathname=a", { "x-mpu-action": "upload", "x-mpu-key": "%" }, 400],
    [
      "POST",
      "/mpu?pathname=a",
      { "x-mpu-action": "upload", "x-mpu-key": "a", "x-mpu-part-number": "0" },
      400,
    ],
    [
      "POST",
      "/mpu?pathname=a",
      { "x-mpu-action": "upload", "x-mpu-key": "a", "x-mpu-part-number": "10001" },
      400,
    ],
    [
      "POST",
      "/mpu?pathname=a",
      {
        "x-mpu-action": "upload",
        "x-mpu-key": "a",
        "x-mpu-part-number": "1",
        "x-mpu-upload-id": "../../x",
      },
      404,
    ],
    ["POST", "/delete", {}, 400],
  ] as const)("%s %s %j answers %i", async (method, suffix, headers, status) => {
    const response = await send(method, suffix, headers, method === "GET" ? undefined : "x");
    expect(response.status).toBe(status);
    expect((await response.json()).error.code).toMatch(/^(bad_request|not_found)$/);
  });

  it("a body shorter than announced leaves nothing behind", async () => {
    const { hostname, port } = new URL(server.origin);
    await new Promise<void>((resolve) => {
      const request = httpRequest({
        hostname,
        port,
        method: "PUT",
        path: "/api/blob/?pathname=short.mp4",
        headers: { authorization: `Bearer ${token}`, "content-length": 1000 },
      });
      request.on("error", () => resolve());
      request.write("only this", () => setTimeout(() => request.destroy(), 50));
    });
    await expect.poll(() => readdir(path.join(root, "tmp"))).toEqual([]);
    expect(await storage.stat("short.mp4")).toBeUndefined();
  });
});
