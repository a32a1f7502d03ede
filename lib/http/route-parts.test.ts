import { describe, expect, it } from "vitest";
import { maxJsonBytes, readJson } from "./json-body";
import { routeName } from "./route-name";

describe("a JSON body", () => {
  const send = (body: BodyInit, headers: Record<string, string> = {}) =>
    readJson(
      new Request("http://app.example/api/v1/auth/log-in", {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
        duplex: "half",
      } as RequestInit),
    );

  it("is read whatever the charset is called", async () => {
    const type = { "content-type": "Application/JSON; charset=utf-8" };
    expect(await send('{"name":"하늘"}', type)).toEqual({ name: "하늘" });
  });

  it("that isn't JSON is refused, and nothing of it goes into the error", async () => {
    const refused = await send('{"password":canary9f3}').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "invalid_request" });
    expect((refused as Error).cause).toBeUndefined();
    expect(String((refused as Error).stack)).not.toContain("canary");
  });

  it("under another type is refused: a form of another site can't send JSON's", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      await expect(send("{}", { "content-type": type })).rejects.toMatchObject({
        code: "unsupported_media_type",
      });
    }
  });

  it("says how long it is before it is understood", async () => {
    const request = (body: string) =>
      new Request("http://app.example/", {
        ...{ method: "POST", body, headers: { "content-type": "application/json" } },
      });
    const told: number[] = [];
    const note = async (bytes: number) => void told.push(bytes);
    await readJson(request('{"a":"가"}'), maxJsonBytes, note);
    await readJson(request("{"), maxJsonBytes, note).catch(() => undefined);
    expect(told).toEqual([11, 1]);
  });

  it("is read up to its limit, whether its length is stated or not", async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(0x20)),
    });
    await expect(send(endless)).rejects.toMatchObject({ code: "payload_too_large" });
    const stated = { "content-length": String(maxJsonBytes + 1) };
    await expect(send("{}", stated)).rejects.toMatchObject({ code: "payload_too_large" });
  });
});

describe("a route's name", () => {
  const id = "0198c0de-0000-7000-8000-000000000000";
  it.each([
    ["/api/v1/me", undefined, "PUT /api/v1/me"],
    [`/api/v1/videos/${id}`, { id }, "PUT /api/v1/videos/*"],
    [`/api/v1/videos/%30${id.slice(1)}?x=1`, { id }, "PUT /api/v1/videos/*"],
    ["/api/v1/videos/anything%20else", { id: "anything else" }, "PUT /api/v1/videos/*"],
    [`/api/v1/uploads/${id}/parts/7`, { id, number: "7" }, "PUT /api/v1/uploads/*/parts/*"],
    ["/api/auth/callback/x", { nextauth: ["callback", "x"] }, "PUT /api/auth/*/*"],
    ["/api/v1/videos/%E0%A4%A", { id: "%E0%A4%A" }, "PUT /api/v1/videos/*"],
  ])("%s with %o is %s", (path, params, name) => {
    const request = new Request(`http://app.example${path}`, { method: "PUT" });
    expect(routeName(request, params)).toBe(name);
  });
});
