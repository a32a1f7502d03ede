import { describe, expect, it } from "vitest";
import { readBytes } from "./bytes-body";

const request = (body: BodyInit, headers = {}) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);

describe("readBytes", () => {
  it("reads a body up to its limit, whatever it says about its length", async () => {
    expect((await readBytes(request("abc"), 3)).toString()).toBe("abc");
    const tooLarge = expect.objectContaining({ code: "payload_too_large" });
    await expect(readBytes(request("abcd"), 3)).rejects.toEqual(tooLarge);
    await expect(readBytes(request("abc", { "content-length": "9" }), 3)).rejects.toEqual(tooLarge);
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1_000)) });
    await expect(readBytes(request(endless), 5_000)).rejects.toEqual(tooLarge);
  });

  it("reads no body as nothing", async () => {
    expect(await readBytes(new Request("http://localhost/", { method: "POST" }), 3)).toHaveLength(
      0,
    );
  });
});
