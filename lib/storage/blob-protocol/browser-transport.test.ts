import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlobTransport } from "@/lib/client/uploader/blob-transport";
import { fixedClock } from "@/lib/clock";
import { LocalStorage } from "../local/engine";
import { type ListeningServer, listen } from "../test-server";
import { createBlobProtocol } from "./handler";

/** What the browser's uploader understands of what the server says, through the real SDK. */
const clock = fixedClock(Date.now());
const transport = createBlobTransport();
const { signal } = new AbortController();
let root: string;
let storage: LocalStorage;
let server: ListeningServer;
/** Set to answer in the server's place. */
let instead: (() => Response) | undefined;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "browser-transport-"));
  storage = new LocalStorage({ root, authSecret: "a".repeat(32) });
  const handle = createBlobProtocol({ storage, basePath: "/api/blob", clock });
  server = await listen(async (request) => instead?.() ?? handle(request));
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

async function target(pathname: string, sizeBytes: number) {
  const token = await storage.issueUploadToken({
    pathname,
    sizeBytes,
    contentTypes: ["video/mp4"],
    validUntilMs: clock.now() + 1000,
  });
  const blobApiUrl = `${server.origin}/api/blob`;
  return { pathname, token, blobApiUrl, contentType: "video/mp4" };
}

const part = (bytes: number) => ({ partNumber: 1, body: new Blob([randomBytes(bytes)]) });

describe("the browser's transport", () => {
  it("sends an object in parts", async () => {
    const to = await target("b/a.mp4", 300);
    const opened = { ...to, ...(await transport.open(to, signal)) };
    const body = randomBytes(300);
    const etag = await transport.send(opened, { partNumber: 1, body: new Blob([body]) }, signal);
    await transport.join(opened, [{ partNumber: 1, etag }], signal);
    // The answer to the first try may have been lost.
    await transport.join(opened, [{ partNumber: 1, etag }], signal);
    expect(body.equals(await readFile(storage.localPath("b/a.mp4")))).toBe(true);
  });

  it("tells apart why it was refused", async () => {
    const to = await target("b/b.mp4", 100);
    const opened = { ...to, ...(await transport.open(to, signal)) };
    const wrongType = { ...to, contentType: "text/html" };
    const unknown = { ...opened, storageUploadId: crypto.randomUUID() };
    const forged = { ...opened, token: `${opened.token.slice(0, -8)}AAAAAAA=` };
    await expect(transport.open(wrongType, signal)).rejects.toMatchObject({
      kind: "refused",
      code: "file_type_unsupported",
    });
    await expect(transport.send(opened, part(101), signal)).rejects.toMatchObject({
      kind: "refused",
      code: "size_mismatch",
    });
    await expect(transport.send(unknown, part(1), signal)).rejects.toMatchObject({ kind: "lost" });
    await expect(transport.send(forged, part(1), signal)).rejects.toMatchObject({ kind: "token" });
    clock.advance(1001);
    await expect(transport.send(opened, part(1), signal)).rejects.toMatchObject({
      kind: "token",
      code: "upload_expired",
    });
  });

  it.each([
    ["network", 500, { error: { code: "unknown_error" } }, {}],
    ["network", 502, "Bad gateway", {}],
    ["network", 503, { error: { code: "service_unavailable" } }, {}],
    ["busy", 429, { error: { code: "rate_limited" } }, { "retry-after": "4" }],
    ["refused", 507, { error: { code: "bad_request", message: "Storage is full" } }, {}],
  ])("reads %s from %i %j and asks only once", async (kind, status, body, headers) => {
    const to = await target("b/c.mp4", 100);
    let asked = 0;
    instead = () => {
      asked++;
      return Response.json(body, { status, headers: headers as Record<string, string> });
    };
    const failure = await transport.open(to, signal).catch((error: unknown) => error);
    instead = undefined;
    expect(failure).toMatchObject({
      kind,
      ...(status === 429 && { retryAfterMs: 4000 }),
      ...(status === 507 && { code: "storage_full" }),
    });
    expect(asked).toBe(1);
  });

  it("takes a server that is gone for a missing network", async () => {
    const to = { ...(await target("b/d.mp4", 1)), blobApiUrl: "http://127.0.0.1:9/api/blob" };
    await expect(transport.open(to, signal)).rejects.toMatchObject({ kind: "network" });
  });
});
