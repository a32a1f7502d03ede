import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type IdentityProviders, startIdentityProviders } from "@/e2e/providers/identity/server";
import { AppError } from "@/lib/errors";
import {
  createTraveller,
  decide,
  type FormChoice,
  openPage,
} from "@/lib/testing/provider-traveller";
import { type ProviderId, providerIds } from "../schema";
import { type CallbackOutcome, clearedCookies, runCallback } from "./callback";
import type { ProviderSettings } from "./config";
import { askAgain } from "./endpoints";
import type { ProviderProfile } from "./profile";
import { innerError, refusalFacts } from "./refusal";

const origin = "http://localhost:4321";
let standIns: IdentityProviders;
let settings: ProviderSettings;
let finished: ProviderProfile[];

beforeAll(async () => {
  standIns = await startIdentityProviders({ appUrl: origin });
  settings = {
    apps: Object.fromEntries(
      providerIds.map((id) => {
        const { id: clientId, secret: clientSecret } = standIns.clients[id];
        return [id, { clientId, clientSecret }];
      }),
    ),
    standIns: standIns.url,
    secrets: ["a secret for tests only, 32 characters or more"],
    secure: false,
  };
});
afterAll(() => standIns.close());
beforeEach(() => {
  finished = [];
});
// Whatever a fault does, the product itself keeps to the protocol.
afterEach(() => {
  expect(standIns.violations()).toEqual([]);
});

const finish = async (profile: ProviderProfile) => {
  finished.push(profile);
  return "/videos?from=provider";
};

const browser = () => createTraveller(origin, settings);

async function wayBack(traveller: ReturnType<typeof browser>, provider: ProviderId, choice = {}) {
  const { url } = await traveller.start(provider);
  const { status, html } = await openPage(url);
  expect(status).toBe(200);
  return decide(url, html, choice);
}

async function travel(provider: ProviderId, choice: FormChoice = {}): Promise<CallbackOutcome> {
  const traveller = browser();
  return traveller.callback(await wayBack(traveller, provider, choice), finish);
}

const reasonOf = (outcome: CallbackOutcome) => (outcome.ok ? "none" : outcome.reason);

describe("a way to a provider and back", () => {
  const person = { subject: "1234567890", email: "Kim@Example.com", name: "김" };

  it.each([
    ["google", true],
    ["kakao", true],
    ["naver", false],
  ] as const)("%s ends with who came", async (provider, emailVerified) => {
    expect(await travel(provider, person)).toEqual({ ok: true, path: "/videos?from=provider" });
    expect(finished).toEqual([
      {
        provider,
        providerAccountId: "1234567890",
        email: "kim@example.com",
        emailVerified,
        name: "김",
        authenticatedAtMs: null,
      },
    ]);
  });

  it.each(providerIds)("%s may give no e-mail, or one it doesn't vouch for", async (provider) => {
    await travel(provider, { ...person, fault: "no_email" });
    await travel(provider, { ...person, fault: "unverified_email" });
    expect(finished).toMatchObject([
      { email: null, emailVerified: false, name: "김" },
      { email: "kim@example.com", emailVerified: false },
    ]);
  });

  it("asks for a new proof where one is needed", async () => {
    for (const provider of providerIds) {
      const traveller = browser();
      const { url } = await traveller.start(provider, askAgain[provider]);
      const { html } = await openPage(url);
      expect(html).toContain("asks for a new proof");
      await traveller.callback(await decide(url, html), finish);
      const plain = await browser().start(provider);
      expect((await openPage(plain.url)).html).not.toContain("asks for a new proof");
    }
    expect(finished).toHaveLength(3);
    const proofAgeMs = Date.now() - (finished[0]?.authenticatedAtMs ?? 0);
    expect(proofAgeMs).toBeLessThan(10_000);
  });

  it("comes back to the public address behind a proxy", async () => {
    const traveller = browser();
    const back = new URL(await wayBack(traveller, "google"));
    back.host = "10.0.0.7:8080";
    expect(await traveller.callback(back.href, finish)).toMatchObject({ ok: true });
  });

  it("goes only where our own page is", async () => {
    for (const path of ["https://evil.example/", "//evil.example/", "/\\evil.example", "", "x"]) {
      const traveller = browser();
      const back = await wayBack(traveller, "kakao");
      expect((await traveller.callback(back, async () => path)).ok).toBe(false);
    }
  });

  it("hands on what finishing says", async () => {
    const traveller = browser();
    const back = await wayBack(traveller, "naver");
    const outcome = await traveller.callback(back, async () => {
      throw new AppError("identity_unlinked");
    });
    expect(!outcome.ok && innerError(outcome.error)).toMatchObject({ code: "identity_unlinked" });
  });
});

describe("an answer that isn't right", () => {
  const google = {
    wrong_state: "state",
    missing_state: "state",
    wrong_nonce: "nonce",
    expired_token: "token",
    forged_token: "token",
    wrong_audience: "token",
    wrong_issuer: "token",
    code_replay: "token",
    denied: "denied",
    server_error: "other",
  };
  const others = {
    wrong_state: "state",
    missing_state: "state",
    expired_token: "other",
    forged_token: "other",
    code_replay: "token",
    denied: "denied",
    server_error: "other",
  };
  const table = Object.entries({ google, kakao: others, naver: others }).flatMap(
    ([provider, faults]) =>
      Object.entries(faults).map(([fault, reason]) => [provider as ProviderId, fault, reason]),
  ) as [ProviderId, string, string][];

  it.each(table)("%s: %s finishes nothing and counts as %s", async (provider, fault, reason) => {
    const outcome = await travel(provider, { fault });
    expect(outcome.ok).toBe(false);
    expect(reasonOf(outcome)).toBe(reason);
    expect(finished).toEqual([]);
    const secrets = Object.values(standIns.clients).map(({ secret }) => secret);
    const logged = JSON.stringify(outcome.ok ? "" : refusalFacts(outcome.error));
    expect(secrets.filter((secret) => logged.includes(secret))).toEqual([]);
  });

  it.each(providerIds)("%s: declining counts as denied", async (provider) => {
    expect(reasonOf(await travel(provider, { decision: "deny" }))).toBe("denied");
    expect(finished).toEqual([]);
  });

  it.each(providerIds)("%s: the same answer works once", async (provider) => {
    const traveller = browser();
    const back = await wayBack(traveller, provider);
    expect((await traveller.callback(back, finish)).ok).toBe(true);
    expect(reasonOf(await traveller.callback(back, finish))).toBe("token");
    expect(finished).toHaveLength(1);
    // The stand-in rightly complains about the second time, which was the point.
    expect(standIns.violations()).toEqual([`${provider}: used code`]);
    standIns.forget();
  });

  it("from another browser, or from another way of the same one, is refused", async () => {
    const [traveller, stranger, later] = [browser(), browser(), browser()];
    const back = await wayBack(traveller, "google");
    expect(reasonOf(await stranger.callback(back, finish))).toBe("state");
    await later.start("google");
    expect(reasonOf(await later.callback(back, finish))).toBe("state");
    // Cookies of a way to one provider are worth nothing at another.
    await wayBack(traveller, "kakao");
    expect(reasonOf(await traveller.callback(back, finish))).toBe("state");
    expect(finished).toEqual([]);
  });

  it("with another way's nonce or verifier is refused", async () => {
    for (const [name, reason] of [
      ["ax2-provider-nonce", "nonce"],
      ["ax2-provider-pkce", "token"],
    ] as const) {
      const [traveller, other] = [browser(), browser()];
      const back = await wayBack(traveller, "google");
      await other.start("google");
      traveller.jar.set(name, other.jar.get(name) ?? "");
      expect(reasonOf(await traveller.callback(back, finish))).toBe(reason);
      standIns.forget();
    }
    expect(finished).toEqual([]);
  });

  it("by another method or made up is refused; other headers change nothing", async () => {
    const traveller = browser();
    const back = await wayBack(traveller, "naver");
    for (const method of ["HEAD", "PUT"]) {
      expect((await traveller.callback(back, finish, { method })).ok).toBe(false);
    }
    const headers = { "x-auth-return-redirect": "1" };
    const other = await wayBack(traveller, "naver");
    expect((await traveller.callback(other, finish, { headers })).ok).toBe(true);
    for (const made of ["", "?code=x", "?code=x&state=y", "?error=access_denied", "?state[]=1"]) {
      const url = `${origin}/api/auth/callback/google${made}`;
      expect((await browser().callback(url, finish)).ok).toBe(false);
    }
    expect(finished).toHaveLength(1);
  });

  it("survives cookies that aren't ours", async () => {
    const cookie = "ax2-provider-return=javascript:alert(1); ax2-provider-state=x";
    const request = new Request(`${origin}/api/auth/callback/kakao?code=x&state=y`, {
      headers: { cookie },
    });
    expect((await runCallback(request, origin, settings, finish)).ok).toBe(false);
  });
});

describe("the cookies of a way", () => {
  it("can't be read by scripts, and over https belong to this host", async () => {
    const plain = await browser().start("google");
    const secure = createTraveller("https://caption.example.com", { ...settings, secure: true });
    const overHttps = await secure.start("google", {
      redirect_uri: `${origin}/api/auth/callback/google`,
    });
    for (const { cookies, prefix } of [
      { cookies: plain.cookies, prefix: "ax2-provider-" },
      { cookies: overHttps.cookies, prefix: "__Host-ax2-provider-" },
    ]) {
      expect(cookies.length).toBeGreaterThanOrEqual(3);
      for (const line of cookies) {
        expect(line.startsWith(prefix)).toBe(true);
        expect(line).toMatch(/; Path=\/;.*HttpOnly;.* SameSite=Lax/i);
        expect(/; Secure/.test(line)).toBe(prefix.startsWith("__Host-"));
      }
    }
  });

  it("are all taken away afterwards", async () => {
    const traveller = browser();
    await traveller.start("google");
    const cleared = clearedCookies(false).map((line) => line.split("=")[0]);
    expect([...traveller.jar.keys()].filter((name) => !cleared.includes(name))).toEqual([]);
    expect(clearedCookies(true).every((line) => /^__Host-.*=; .*; Secure$/.test(line))).toBe(true);
  });
});
