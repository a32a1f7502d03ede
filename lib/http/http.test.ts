import { describe, expect, it, vi } from "vitest";
import type { Principal } from "@/lib/auth/principal";
import {
  clientAddress,
  clientNetwork,
  isLoopback,
  networkLabel,
  peerHeader,
} from "./client-address";
import { isOwnOrigin } from "./origin";
import { lastEventId, serverSentEvents } from "./server-sent-events";

const request = (method: string, headers: Record<string, string>) =>
  new Request("http://app.example/api/v1/me", { method, headers });

describe("who sent a request", () => {
  it.each([
    ["POST", {}, true],
    ["POST", { "sec-fetch-site": "same-origin" }, true],
    ["POST", { "sec-fetch-site": "none" }, true],
    ["POST", { "sec-fetch-site": "same-site" }, false],
    ["POST", { "sec-fetch-site": "cross-site" }, false],
    ["POST", { origin: "http://app.example", host: "app.example" }, true],
    ["POST", { origin: "http://app.example:81", host: "app.example" }, false],
    ["POST", { origin: "null", host: "app.example" }, false],
    ["DELETE", { origin: "https://evil.example", host: "app.example" }, false],
    ["GET", { "sec-fetch-site": "cross-site" }, true],
  ])("%s with %o: own is %s", (method, headers, own) => {
    expect(isOwnOrigin(request(method, headers))).toBe(own);
  });

  it.each([
    [{}, false],
    [{ "sec-fetch-site": "none" }, false],
    [{ "sec-fetch-site": "same-origin" }, true],
    [{ origin: "http://app.example", host: "app.example" }, true],
  ])(
    "takes nothing but our own pages where programs have no business: %o is %s",
    (headers, own) => {
      expect(isOwnOrigin(request("POST", headers), { sender: "browser" })).toBe(own);
    },
  );

  it("knows the address people open behind a proxy that changes the host", () => {
    const sent = request("POST", { origin: "https://caption.example", host: "10.0.0.4:3000" });
    expect(isOwnOrigin(sent)).toBe(false);
    expect(isOwnOrigin(sent, { appUrl: "https://caption.example" })).toBe(true);
  });
});

describe("where a caller is", () => {
  const from = (forwarded: string, peer = "") =>
    new Headers({
      ...(forwarded && { "x-forwarded-for": forwarded }),
      ...(peer && { [peerHeader]: peer }),
    });
  it.each([
    ["1.2.3.4", 0, undefined],
    ["6.6.6.6, 1.2.3.4", 1, "1.2.3.4"],
    ["6.6.6.6, 1.2.3.4, 10.0.0.1", 2, "1.2.3.4"],
    ["2001:DB8:1:2:3:4:5:6", 1, "2001:db8:1:2"],
    ["203.0.113.7:5555", 1, "203.0.113.7"],
    ["[2001:db8:1:2::7]:5555", 1, "2001:db8:1:2"],
    ["[2001:db8:1:2::7]", 1, "2001:db8:1:2"],
    ["203.0.113.7:5555:1", 1, undefined],
    ["2001:db8::6", 1, "2001:db8:0:0"],
    ["::ffff:1.2.3.4", 1, "1.2.3.4"],
    ["127.0.0.1", 1, undefined],
    ["not an address", 1, undefined],
    ["", 1, undefined],
  ])("%j behind %i proxies is the network %s", (forwarded, hops, network) => {
    expect(clientNetwork(from(forwarded), hops)).toBe(network);
  });

  it("believes the connection, not the header, where no proxy is believed", () => {
    expect(clientAddress(from("1.2.3.4", "10.9.8.7"), 0)).toBe("10.9.8.7");
    expect(clientAddress(from("1.2.3.4", "10.9.8.7"), 1)).toBe("1.2.3.4");
    expect(isLoopback(clientAddress(from("1.2.3.4", "::1"), 0))).toBe(true);
    expect(isLoopback(clientAddress(from("127.0.0.1"), 0))).toBe(false);
  });

  it.each([
    ["203.0.113.7", "203.0.113.0/24"],
    ["2001:db8:12::1", "2001:db8:12::/48"],
    ["::1", null],
  ])("shows %s as %s", (address, label) => {
    expect(networkLabel(from(address), 1)).toBe(label);
  });
});

describe("streams of an account", () => {
  it("are so many at once, and free again when they end", async () => {
    const { maxStreams, sessionStream } = await import("./session-stream");
    const principal = { userId: "u", sessionId: "s" } as Principal;
    const frames = async () => {
      throw new Error("no track");
    };
    const refusal = async () => {
      const request = new Request("http://x");
      const opened = sessionStream({ request, principal, frames });
      return opened.catch((error: Error) => error.message);
    };
    // One that fails at once counts no longer.
    for (let i = 0; i < maxStreams + 1; i++) expect(await refusal()).toBe("no track");
    const closed = new AbortController();
    const waiting = () => new Promise<never>(() => undefined);
    for (let i = 0; i < maxStreams; i++) {
      const request = new Request("http://x", { signal: closed.signal });
      void sessionStream({ request, principal, frames: waiting });
    }
    expect(await refusal()).toContain("rate_limited");
    closed.abort();
    expect(await refusal()).toBe("no track");
  });
});

describe("an event stream", () => {
  it("writes frames, ends with them, and lets go of their source", async () => {
    let released = false;
    async function* frames() {
      try {
        yield { id: 3, event: "snapshot", data: { text: "줄\n바꿈" } };
        yield { id: 4, event: "job", data: {} };
      } finally {
        released = true;
      }
    }
    const response = serverSentEvents(frames(), new AbortController().signal);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(await response.text()).toBe(
      'retry: 3000\n\nid: 3\nevent: snapshot\ndata: {"text":"줄\\n바꿈"}\n\nid: 4\nevent: job\ndata: {}\n\n',
    );
    expect(released).toBe(true);
  });

  it("stops all of it when the frames fail", async () => {
    vi.useFakeTimers();
    async function* frames() {
      yield { id: 1, event: "job", data: {} };
      throw new Error("no database");
    }
    const response = serverSentEvents(frames(), new AbortController().signal);
    await expect(response.text()).rejects.toThrow("no database");
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it.each([
    ["12", 12],
    ["0", 0],
    ["-1", undefined],
    ["x", undefined],
    ["99999999999999", undefined],
  ])("reads Last-Event-ID %j as %s", (header, id) => {
    expect(lastEventId(request("GET", { "last-event-id": header }))).toBe(id);
  });
});
