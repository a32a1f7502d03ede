import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type IdentityProviders, startIdentityProviders } from "@/e2e/providers/identity/server";
import { AppError } from "@/lib/errors";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { decide, type FormChoice, openPage } from "@/lib/testing/provider-traveller";
import type { ProviderId } from "../schema";
import type { ProviderProfile } from "./profile";

/** What Next.js knows of a request, for one browser at 203.0.113.7. */
const next = vi.hoisted(() => ({ jar: new Map<string, string>(), address: "203.0.113.7" }));

vi.mock("next/headers", () => ({
  headers: async () =>
    new Headers({
      host: "internal:3000",
      "x-forwarded-for": next.address,
      cookie: [...next.jar].map(([name, value]) => `${name}=${value}`).join("; "),
    }),
  cookies: async () => ({
    get: (name: string) => (next.jar.has(name) ? { value: next.jar.get(name) } : undefined),
    set: (name: string, value: string) => void next.jar.set(name, value),
  }),
}));

let app: TestApp;
let standIns: IdentityProviders;
let providers: typeof import("./next-auth");
let finished: ProviderProfile[];

const origin = "http://caption.test:8080";

beforeAll(async () => {
  standIns = await startIdentityProviders({ appUrl: origin });
  const { google, naver } = standIns.clients;
  app = await startTestApp({
    APP_URL: origin,
    TRUSTED_PROXY_HOPS: "1",
    IDENTITY_PROVIDERS_URL: standIns.url,
    GOOGLE_CLIENT_ID: google.id,
    GOOGLE_CLIENT_SECRET: google.secret,
    NAVER_CLIENT_ID: naver.id,
    NAVER_CLIENT_SECRET: naver.secret,
  });
  providers = await import("./next-auth");
});
afterAll(async () => {
  await app.stop();
  await standIns.close();
});
beforeEach(() => {
  next.jar.clear();
  finished = [];
});

const finish = async (profile: ProviderProfile) => {
  finished.push(profile);
  return "/videos";
};

async function start(provider: ProviderId, reauthenticate = false): Promise<string> {
  return providers.startProviderSignIn({ provider, redirectTo: "/", reauthenticate });
}

/** Arrives as behind a proxy, under the server's inner name. */
async function comeBack(address: string, how = finish): Promise<Response> {
  const { pathname, search } = new URL(address);
  const cookie = [...next.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const request = new Request(`http://internal:3000${pathname}${search}`, { headers: { cookie } });
  const name = pathname.split("/").at(-1) ?? "";
  return providers.answerProviderCallback(request, name, how);
}

async function travel(provider: ProviderId, choice: FormChoice = {}): Promise<Response> {
  const url = await start(provider);
  return comeBack(await decide(url, (await openPage(url)).html, choice));
}

async function refusals() {
  const { db } = await import("@/lib/db");
  const rows = await db().auditEvent.findMany({
    where: { name: "authn_provider_refused" },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ level, detail, networkHash }) => ({
    level,
    detail,
    fromNetwork: networkHash !== null,
  }));
}

describe("log-in with a provider", () => {
  it("leads away with cookies of its own and back to where finishing says", async () => {
    const response = await travel("google", { subject: "77", email: "kim@example.com" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/videos");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(finished).toMatchObject([{ providerAccountId: "77", emailVerified: true }]);
    const cleared = response.headers.getSetCookie();
    const names = [...next.jar.keys()];
    expect(names).toContain("ax2-provider-state");
    for (const name of names) {
      expect(cleared.some((line) => line.startsWith(`${name}=; `))).toBe(true);
    }
    expect(standIns.violations()).toEqual([]);
    expect(await refusals()).toEqual([]);
  });

  it("asks the provider for a new proof when that is what it is for", async () => {
    expect((await openPage(await start("naver", true))).html).toContain("new proof");
    expect((await openPage(await start("naver", false))).html).not.toContain("new proof");
  });

  it("exists only where it is set up", async () => {
    await expect(start("kakao")).rejects.toMatchObject({ code: "provider_unavailable" });
    for (const name of ["kakao", "github", "__proto__"]) {
      const back = comeBack(`${origin}/api/auth/callback/${name}?code=x&state=y`);
      await expect(back).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("says so when the provider can't be reached", async () => {
    const { google } = await import("./endpoints").then(({ endpoints }) => endpoints(standIns.url));
    const real = globalThis.fetch;
    vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) =>
      String(input).startsWith(google.issuer)
        ? Promise.reject(new TypeError("fetch failed"))
        : real(input, init),
    );
    try {
      await expect(start("google")).rejects.toMatchObject({ code: "provider_failed" });
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("a refused way back", () => {
  it.each([
    ["google", "wrong_state", "state", "warn", "provider_failed"],
    ["google", "wrong_nonce", "nonce", "warn", "provider_failed"],
    ["google", "forged_token", "token", "warn", "provider_failed"],
    ["naver", "code_replay", "token", "warn", "provider_failed"],
    ["naver", "server_error", "other", "warn", "provider_failed"],
    ["naver", "denied", "denied", "info", "provider_denied"],
  ] as const)(
    "%s: %s is recorded as %s and told plainly",
    async (provider, fault, reason, level, problem) => {
      const before = (await refusals()).length;
      const response = await travel(provider, { fault, subject: "secret-subject" });
      expect(response.status).toBe(303);
      expect(response.headers.get("location")).toBe(`/login?problem=${problem}`);
      expect(await response.text()).toBe("");
      expect(response.headers.getSetCookie().length).toBeGreaterThan(0);
      expect(finished).toEqual([]);
      expect((await refusals()).slice(before)).toEqual([
        { level, detail: { provider, reason }, fromNetwork: true },
      ]);
    },
  );

  it("tells what our own rules said, without calling the provider wrong", async () => {
    const before = (await refusals()).length;
    const url = await start("google");
    const back = await decide(url, (await openPage(url)).html);
    const response = await comeBack(back, async () => {
      throw new AppError("identity_unlinked");
    });
    expect(response.headers.get("location")).toBe("/login?problem=identity_unlinked");
    expect(await refusals()).toHaveLength(before);
  });

  it("can't be repeated without end from one network", async () => {
    next.address = "198.51.100.9";
    const back = `${origin}/api/auth/callback/google?code=x&state=y`;
    const answers = [];
    for (let count = 0; count < 61; count += 1) {
      answers.push((await comeBack(back)).headers.get("location"));
    }
    expect(new Set(answers.slice(0, 60))).toEqual(new Set(["/login?problem=provider_failed"]));
    expect(answers[60]).toBe("/login?problem=rate_limited");
  });
});
