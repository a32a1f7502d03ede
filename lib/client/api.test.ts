import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError, api } from "./api";

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`no ApiError: ${String(error)}`);
  return error;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

describe("api", () => {
  it("answers JSON and sends a body as JSON by POST", async () => {
    const url = await serve((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += String(chunk);
      });
      request.on("end", () =>
        response.end(
          JSON.stringify({ method: request.method, type: request.headers["content-type"], text }),
        ),
      );
    });
    expect(await api(url, { body: { title: "제목" } })).toEqual({
      method: "POST",
      type: "application/json",
      text: '{"title":"제목"}',
    });
    expect(await api(url)).toMatchObject({ method: "GET" });
  });

  it("answers undefined for an empty answer", async () => {
    const url = await serve((_, response) => response.writeHead(204).end());
    expect(await api(url, { method: "DELETE" })).toBeUndefined();
  });

  it("turns a problem into a typed error", async () => {
    const url = await serve((_, response) =>
      response
        .writeHead(409, { "content-type": "application/problem+json", "retry-after": "3" })
        .end(
          JSON.stringify({
            code: "edit_conflict",
            status: 409,
            requestId: "r-1",
            errors: [{ path: "operation.text", message: "changed" }, "junk"],
            data: { theirs: "x" },
          }),
        ),
    );
    const error = await failure(api(url));
    expect(error).toMatchObject({
      code: "edit_conflict",
      status: 409,
      requestId: "r-1",
      fields: [{ path: "operation.text", message: "changed" }],
      data: { theirs: "x" },
      retryAfterMs: 3_000,
      retryable: false,
    });
  });

  it.each([
    [401, "unauthenticated", false],
    [404, "not_found", false],
    [413, "payload_too_large", false],
    [429, "rate_limited", true],
    [418, "invalid_request", false],
    [500, "internal", true],
    [502, "not_ready", true],
  ] as const)("reads status %i without a known code as %s", async (status, code, retryable) => {
    const url = await serve((_, response) =>
      response.writeHead(status, { "x-request-id": "from-header" }).end("<html>nginx</html>"),
    );
    expect(await failure(api(url))).toMatchObject({
      code,
      retryable,
      requestId: "from-header",
      retryAfterMs: undefined,
    });
  });

  it("calls no answer, and half an answer, a network failure", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => response.destroy());
    });
    expect(await failure(api(url))).toMatchObject({ code: "network", retryable: true, status: 0 });
    expect((await failure(api("http://127.0.0.1:1/"))).code).toBe("network");
  });

  it("throws the caller's own abort as it is", async () => {
    const url = await serve(() => {});
    const controller = new AbortController();
    const pending = api(url, { signal: controller.signal });
    controller.abort(new Error("left the page"));
    await expect(pending).rejects.toThrow("left the page");
  });
});
