import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeCaller, makeMember } from "@/lib/testing/people";
import type { SessionTokens } from "./sessions";

let app: TestApp;
let proxy: typeof import("@/proxy").proxy;
let opening: typeof import("./open-account");
let sessions: typeof import("./sessions");

const origin = "https://caption.example";

beforeAll(async () => {
  app = await startTestApp({ APP_URL: origin, TRUSTED_PROXY_HOPS: "1" });
  [{ proxy }, opening, sessions] = await Promise.all([
    import("@/proxy"),
    import("./open-account"),
    import("./sessions"),
  ]);
});
afterAll(() => app.stop());

function ask(path: string, init: { method?: string; headers?: Record<string, string> } = {}) {
  return proxy(new NextRequest(new URL(path, origin), init));
}

async function enter(remember = false): Promise<SessionTokens> {
  const { id: userId } = await makeMember();
  const how = { kind: "browser", remember, methods: ["pwd"] } as const;
  return opening.openAccount({ userId, caller: makeCaller(), ...how });
}

const cookieOf = (tokens: SessionTokens, access = "") =>
  `__Host-ax2-access=${access}; __Host-ax2-refresh=${tokens.refreshToken}`;

describe("the way to a page, over https", () => {
  it("says how to treat the answer, and never sends a cookie in the open", async () => {
    const response = await ask("/login?lang=en");
    expect(response.headers.get("strict-transport-security")).toContain("max-age=31536000");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("upgrade-insecure-requests");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const language = response.cookies.get("NEXT_LOCALE");
    expect(language).toMatchObject({ value: "en", secure: true });
    for (const line of response.headers.getSetCookie()) expect(line).toMatch(/; Secure/i);
  });

  it("renews a browser whose access token is over, in cookies bound to the host", async () => {
    const tokens = await enter();
    for (const access of ["", "not.a.token"]) {
      const response = await ask("/videos", { headers: { cookie: cookieOf(tokens, access) } });
      const lines = response.headers.getSetCookie();
      for (const name of ["__Host-ax2-access", "__Host-ax2-refresh"]) {
        const line = lines.find((each) => each.startsWith(`${name}=`)) ?? "";
        expect(line, name).toMatch(/HttpOnly/i);
        expect(line, name).toMatch(/Secure/i);
        expect(line, name).toMatch(/SameSite=lax/i);
        // Without "keep me signed in" it goes with the browser.
        expect(line, name).not.toMatch(/Max-Age|Expires/i);
      }
      // What the page behind sees is the new one.
      const forwarded = response.headers.get("x-middleware-request-cookie") ?? "";
      expect(forwarded).toContain(response.cookies.get("__Host-ax2-access")?.value);
    }
  });

  it("keeps who asked for it, and lets a good access token be", async () => {
    const kept = await enter(true);
    const renewed = await ask("/videos", { headers: { cookie: cookieOf(kept) } });
    const maxAge = renewed.cookies.get("__Host-ax2-refresh")?.maxAge ?? 0;
    expect(maxAge).toBeGreaterThan(89 * 86_400);
    const good = await enter();
    const cookie = cookieOf(good, good.accessToken);
    const response = await ask("/videos", { headers: { cookie } });
    expect(response.cookies.get("__Host-ax2-refresh")).toBeUndefined();
  });

  it("shows the door to a sign-in that has ended, and takes its cookies away", async () => {
    const tokens = await enter();
    const { userId, sessionId } = tokens;
    await sessions.endSession({ userId, sessionId, reason: "owner" });
    const headers = { "sec-fetch-mode": "navigate", cookie: cookieOf(tokens) };
    const response = await ask("/videos?q=a", { headers });
    expect([response.status, response.headers.get("location")]).toEqual([
      307,
      `${origin}/login?next=%2Fvideos%3Fq%3Da`,
    ]);
    for (const name of ["__Host-ax2-access", "__Host-ax2-refresh"]) {
      expect(response.cookies.get(name)).toMatchObject({ value: "", maxAge: 0 });
    }
  });

  it.each([
    ["a link followed without loading", "GET", { "sec-fetch-mode": "cors" }],
    ["an action", "POST", { "sec-fetch-mode": "cors", origin }],
    ["a form without scripts", "POST", { "sec-fetch-mode": "navigate", origin }],
  ])("leaves the cookies to %s: it may cross a log-in", async (_, method, headers) => {
    const tokens = await enter();
    const { userId, sessionId } = tokens;
    await sessions.endSession({ userId, sessionId, reason: "logout" });
    const cookie = cookieOf(tokens, tokens.accessToken.slice(0, -1));
    const response = await ask("/login", { method, headers: { ...headers, cookie } });
    expect(response.headers.getSetCookie().join()).not.toMatch(/access|refresh/);
    // What comes after it sees a stranger all the same.
    const { headers: answered } = response;
    expect(answered.get("x-middleware-override-headers")?.split(",")).toContain("cookie");
    expect(answered.get("x-middleware-request-cookie")).toBe("");
  });

  it.each([
    [{}, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ origin }, 200],
  ])("lets a form be posted with %o: %i", async (headers, status) => {
    expect((await ask("/login", { method: "POST", headers })).status).toBe(status);
  });
});
