import { describe, expect, it } from "vitest";
import { contentDisposition } from "@/lib/http/content-disposition";
import { serveObject } from "./serve";
import type { ByteSpan } from "./types";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const uploadedAtMs = Date.UTC(2026, 4, 1, 12, 0, 0, 345);
const etag = '"abc-2"';

async function ask(headers: Record<string, string>, method = "GET", content = bytes) {
  const opened: (ByteSpan | undefined)[] = [];
  const response = await serveObject({
    request: new Request("http://localhost/v", { method, headers }),
    storage: {
      async openRead(_pathname, range) {
        opened.push(range);
        const part = range ? content.slice(range.start, range.end + 1) : content.slice();
        return new Blob([part]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
      },
    },
    pathname: "u/1/source.mp4",
    stat: { sizeBytes: content.length, etag, uploadedAtMs },
    fileName: "영상.mp4",
    contentType: "video/mp4",
    disposition: "inline",
  });
  const body = new Uint8Array(await response.arrayBuffer());
  return { response, body, opened };
}

describe("serveObject", () => {
  it("gives the whole object with its headers", async () => {
    const { response, body } = await ask({});
    expect(response.status).toBe(200);
    expect(body).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "content-length": "1000",
      "content-type": "video/mp4",
      etag,
      "last-modified": "Fri, 01 May 2026 12:00:00 GMT",
      "x-content-type-options": "nosniff",
    });
    expect(response.headers.get("content-security-policy")).toBe("sandbox");
  });

  it("gives a range", async () => {
    const { response, body } = await ask({ range: "bytes=100-199" });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe("bytes 100-199/1000");
    expect(response.headers.get("content-length")).toBe("100");
    expect(body).toEqual(bytes.slice(100, 200));
  });

  it("refuses a range past the end and reads nothing", async () => {
    const { response, body, opened } = await ask({ range: "bytes=1000-" });
    expect(response.status).toBe(416);
    expect(response.headers.get("content-range")).toBe("bytes */1000");
    expect(body).toHaveLength(0);
    expect(opened).toEqual([]);
  });

  it("answers HEAD as GET without a range or a body", async () => {
    const { response, body, opened } = await ask({ range: "bytes=0-1" }, "HEAD");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-length")).toBe("1000");
    expect(body).toHaveLength(0);
    expect(opened).toEqual([]);
  });

  it("serves an empty object", async () => {
    const empty = new Uint8Array();
    expect((await ask({}, "GET", empty)).response.status).toBe(200);
    expect((await ask({ range: "bytes=0-" }, "GET", empty)).response.status).toBe(416);
  });

  const sameSecond = "Fri, 01 May 2026 12:00:00 GMT";
  const before = "Fri, 01 May 2026 11:59:59 GMT";

  it.each([
    [{ "if-none-match": etag }, 304],
    [{ "if-none-match": `W/${etag}` }, 304],
    [{ "if-none-match": `"x", ${etag}` }, 304],
    [{ "if-none-match": "*" }, 304],
    [{ "if-none-match": '"other"' }, 200],
    [{ "if-none-match": '"other"', "if-modified-since": sameSecond }, 200],
    [{ "if-modified-since": sameSecond }, 304],
    [{ "if-modified-since": before }, 200],
    [{ "if-modified-since": "yesterday" }, 200],
    [{ "if-match": etag }, 200],
    [{ "if-match": '"other"' }, 412],
    [{ "if-match": `W/${etag}` }, 412],
    [{ "if-unmodified-since": before }, 412],
    [{ "if-unmodified-since": sameSecond }, 200],
    [{ "if-none-match": etag, range: "bytes=0-1" }, 304],
  ])("answers %j with %i", async (headers, status) => {
    const { response, opened } = await ask(headers as unknown as Record<string, string>);
    expect(response.status).toBe(status);
    expect(opened).toHaveLength(status === 200 ? 1 : 0);
    expect(response.headers.get("etag")).toBe(etag);
  });

  it.each([
    [etag, 206],
    ['"other"', 200],
    [`W/${etag}`, 200],
    [sameSecond, 206],
    [before, 200],
    ["Sat, 02 May 2026 12:00:00 GMT", 200],
    ["nonsense", 200],
  ])("with If-Range %s answers %i", async (ifRange, status) => {
    const { response, body } = await ask({ range: "bytes=10-19", "if-range": ifRange });
    expect(response.status).toBe(status);
    expect(body).toHaveLength(status === 206 ? 10 : 1000);
  });
});

describe("contentDisposition", () => {
  it.each([
    ["clip.mp4", `filename="clip.mp4"; filename*=UTF-8''clip.mp4`],
    ["영상.mp4", `filename="_.mp4"; filename*=UTF-8''%EC%98%81%EC%83%81.mp4`],
    ["영상.mp4".normalize("NFD"), `filename="_.mp4"; filename*=UTF-8''%EC%98%81%EC%83%81.mp4`],
    [`a"b\\c%d.mp4`, `filename="a_b_c_d.mp4"; filename*=UTF-8''a%22b%5Cc%25d.mp4`],
    ["it's (1)*.mp4", `filename="it's (1)*.mp4"; filename*=UTF-8''it%27s%20%281%29%2A.mp4`],
    [
      "a\r\nset-cookie: x.mp4",
      `filename="aset-cookie: x.mp4"; filename*=UTF-8''aset-cookie%3A%20x.mp4`,
    ],
    ["", `filename="file"; filename*=UTF-8''file`],
    ["\ud83d.mp4", `filename="_.mp4"; filename*=UTF-8''%EF%BF%BD.mp4`],
  ])("writes %j", (name, expected) => {
    const value = contentDisposition("attachment", name);
    expect(value).toBe(`attachment; ${expected}`);
    expect(() => new Headers({ "content-disposition": value })).not.toThrow();
  });
});
