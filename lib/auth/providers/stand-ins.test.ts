import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type IdentityProviders,
  type ProviderName,
  startIdentityProviders,
} from "@/e2e/providers/identity/server";
import { decide, openPage } from "@/lib/testing/provider-traveller";

/** The stand-ins are only worth something if they refuse what the real ones would. */
let standIns: IdentityProviders;
const origin = "http://localhost:4321";

beforeAll(async () => {
  standIns = await startIdentityProviders({ appUrl: origin });
});
afterAll(() => standIns.close());
beforeEach(() => standIns.forget());

const paths = {
  google: { authorize: "/google/o/oauth2/v2/auth", token: "/google/token" },
  kakao: { authorize: "/kakao/oauth/authorize", token: "/kakao/oauth/token" },
  naver: { authorize: "/naver/oauth2.0/authorize", token: "/naver/oauth2.0/token" },
};
const verifier = randomBytes(32).toString("base64url");
const names: ProviderName[] = ["google", "kakao", "naver"];

type Changes = Record<string, string | undefined>;

function authorizeUrl(provider: ProviderName, changes: Changes = {}): string {
  const params: Changes = {
    response_type: "code",
    client_id: standIns.clients[provider].id,
    redirect_uri: `${origin}/api/auth/callback/${provider}`,
    state: "a state of some length",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(provider === "google" && { nonce: "a nonce", scope: "openid email" }),
    ...changes,
  };
  const url = new URL(paths[provider].authorize, standIns.url);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}

async function newCode(provider: ProviderName): Promise<string> {
  const url = authorizeUrl(provider);
  const back = await decide(url, (await openPage(url)).html);
  return new URL(back).searchParams.get("code") ?? "";
}

async function tradeIn(provider: ProviderName, code: string, changes: Changes = {}) {
  const { id, secret } = standIns.clients[provider];
  const form: Changes = {
    grant_type: "authorization_code",
    client_id: id,
    client_secret: secret,
    redirect_uri: `${origin}/api/auth/callback/${provider}`,
    code,
    code_verifier: verifier,
    ...changes,
  };
  const sent = Object.entries(form).filter((entry): entry is [string, string] => !!entry[1]);
  const response = await fetch(new URL(paths[provider].token, standIns.url), {
    method: "POST",
    body: new URLSearchParams(sent),
  });
  const body = (await response.json()) as { access_token?: string; error?: string };
  return { status: response.status, ...body };
}

describe("a stand-in's authorize page", () => {
  it.each([
    [{ client_id: "another" }],
    [{ redirect_uri: "https://evil.example/callback" }],
    [{ redirect_uri: `${origin}/api/auth/callback/google/` }],
    [{ redirect_uri: undefined }],
  ])("sends nobody anywhere for %j", async (changes) => {
    const page = await openPage(authorizeUrl("google", changes));
    expect(page.status).toBe(400);
    expect(page.html).not.toContain("<form");
    expect(standIns.violations()).toHaveLength(1);
  });

  it.each([
    [{ response_type: "token" }],
    [{ state: undefined }],
    [{ state: "short" }],
    [{ code_challenge: undefined }],
    [{ code_challenge: "plain" }],
    [{ code_challenge_method: "plain" }],
    [{ nonce: undefined }],
    [{ scope: "email" }],
  ])("sends people back with an error for %j", async (changes) => {
    const response = await fetch(authorizeUrl("google", changes), { redirect: "manual" });
    expect(response.status).toBe(303);
    const back = new URL(response.headers.get("location") ?? "");
    expect(back.origin).toBe(origin);
    expect(back.searchParams.get("error")).toBeTruthy();
    expect(back.searchParams.has("code")).toBe(false);
    expect(standIns.violations()).toHaveLength(1);
  });

  it("says what it is, and its form works once", async () => {
    for (const provider of names) {
      const url = authorizeUrl(provider);
      const { html } = await openPage(url);
      expect(html).toContain("not ");
      expect(html).toContain("A stand-in on this machine");
      expect(await decide(url, html)).toContain("code=");
      expect(await decide(url, html)).toBe("");
    }
  });
});

describe("a stand-in's token endpoint", () => {
  it.each(names)("%s gives tokens for a code, once", async (provider) => {
    const code = await newCode(provider);
    expect((await tradeIn(provider, code)).access_token).toBeTruthy();
    expect(standIns.violations()).toEqual([]);
    expect((await tradeIn(provider, code)).error).toBe("invalid_grant");
    expect(standIns.violations()).toEqual([`${provider}: used code`]);
  });

  it.each([
    [{ client_secret: "wrong" }, "invalid_client"],
    [{ client_secret: undefined }, "invalid_client"],
    [{ client_id: "another" }, "invalid_client"],
    [{ grant_type: "password" }, "invalid_request"],
    [{ code: "made-up" }, "invalid_grant"],
    [{ redirect_uri: `${origin}/elsewhere` }, "invalid_grant"],
    [{ code_verifier: undefined }, "invalid_grant"],
    [{ code_verifier: randomBytes(32).toString("base64url") }, "invalid_grant"],
  ])("refuses %j", async (changes, error) => {
    for (const provider of names) {
      const answer = await tradeIn(provider, await newCode(provider), changes);
      expect(answer).toMatchObject({ error });
      expect(answer.access_token).toBeUndefined();
    }
    expect(standIns.violations()).toHaveLength(names.length);
  });

  it("burns a code that was shown with the wrong verifier", async () => {
    const code = await newCode("kakao");
    await tradeIn("kakao", code, { code_verifier: "x".repeat(43) });
    expect((await tradeIn("kakao", code)).error).toBe("invalid_grant");
  });
});

describe("what a stand-in tells tests", () => {
  it("is what was asked, without secrets, codes and tokens", async () => {
    const code = await newCode("naver");
    const { access_token } = await tradeIn("naver", code);
    const profile = await fetch(`${standIns.url}/naver/v1/nid/me`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(await profile.json()).toMatchObject({ resultcode: "00" });
    const strange = await fetch(`${standIns.url}/naver/v1/nid/me`);
    expect(strange.status).toBe(401);
    const log = await (await fetch(`${standIns.url}/control/log`)).text();
    expect((JSON.parse(log) as { entries: { step: string }[] }).entries.slice(-5)).toMatchObject([
      { step: "authorize" },
      { step: "decision" },
      { step: "token" },
      { step: "profile" },
      { step: "profile", refused: "unknown access token" },
    ]);
    const secrets = [code, access_token ?? "", standIns.clients.naver.secret, verifier];
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
    const told = await fetch(`${standIns.url}/control/violations`);
    expect(await told.json()).toEqual({ violations: [] });
  });
});
