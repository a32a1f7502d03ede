import { expect, test } from "@playwright/test";
import { newId } from "@/lib/ids";
import { openSession } from "@/scripts/caption/session";
import { browserCookie, mailKinds, mailTo, makeAccount } from "../fixtures/account";
import { auditAbout } from "../fixtures/database";

async function post(
  baseURL: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(new URL(path, baseURL), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
}

test("unknown and known accounts read the same at every door", async ({ baseURL: url = "" }) => {
  const known = await makeAccount(url);
  const stranger = { email: `${newId()}@example.test`, password: "correct horse battery staple" };
  const wrong = "not the password of anybody";
  const doors: [string, (email: string) => object][] = [
    ["/api/v1/auth/log-in", (email) => ({ email, password: wrong })],
    ["/api/v1/auth/token", (email) => ({ email, password: wrong })],
    ["/api/v1/auth/sign-up", (email) => ({ ...stranger, email, name: "시험" })],
    ["/api/v1/auth/password-reset", (email) => ({ email })],
  ];
  for (const [door, body] of doors) {
    const [one, other] = await Promise.all(
      [known.email, stranger.email].map((email) => post(url, door, body(email))),
    );
    expect({ ...one?.body, requestId: "" }, door).toEqual({ ...other?.body, requestId: "" });
    expect(one?.status, door).toBe(other?.status);
    const cookies = [one, other].map((answer) =>
      // When it ends is in Max-Age, too, and the other may have come a second later.
      answer?.headers
        .getSetCookie()
        .map((line) => line.replace(/; Expires=[^;]*/, "").replace(/=[^;]*/, "")),
    );
    expect(cookies[0], door).toEqual(cookies[1]);
  }
  // Only their mailboxes know the difference.
  expect((await mailTo(url, known.email, "sign-up-taken")).kind).toBe("sign-up-taken");
  expect((await mailTo(url, known.email, "password-reset")).kind).toBe("password-reset");
  expect((await mailTo(url, stranger.email, "sign-up")).kind).toBe("sign-up");
  expect(await mailKinds(url, stranger.email)).toEqual(["sign-up"]);
});

test("an account can't be tried without end, at whichever door; reset stays open", async ({
  baseURL: url = "",
}) => {
  const account = await makeAccount(url);
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess++) {
    const door = guess % 2 ? "/api/v1/auth/log-in" : "/api/v1/auth/token";
    const body = { email: account.email, password: "a guess among many" };
    const answer = await post(url, door, body);
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  expect(await auditAbout(account.email)).toContain("authn_login_lock");
  const reset = await post(url, "/api/v1/auth/password-reset", { email: account.email });
  expect(reset.status).toBe(202);
  expect(await mailTo(url, account.email, "password-reset")).toBeDefined();
});

test("one network can't try many accounts; others aren't held up", async ({
  baseURL: url = "",
}) => {
  const account = await makeAccount(url);
  const from = (network: string) => ({ "x-forwarded-for": network });
  for (let guess = 0; guess < 5; guess++) {
    const body = { email: `${newId()}@example.test`, password: "a guess among many" };
    await post(url, "/api/v1/auth/log-in", body, from("198.51.100.23"));
  }
  const there = await post(url, "/api/v1/auth/log-in", account, from("198.51.100.23"));
  expect(there.status).toBe(429);
  // What stands before the believed proxy's own entry is anybody's word.
  const spoofed = from("192.0.2.1, 198.51.100.23");
  expect((await post(url, "/api/v1/auth/log-in", account, spoofed)).status).toBe(429);
  const elsewhere = await post(url, "/api/v1/auth/log-in", account, from("198.51.100.24"));
  expect(elsewhere.status).toBe(200);
});

test("tokens: renewed once each, fifty at once alike, an old one ends them all", async ({
  baseURL: url = "",
}) => {
  const account = await makeAccount(url);
  const { body: first } = await post(url, "/api/v1/auth/token", account);
  expect(first).toMatchObject({ tokenType: "Bearer", expiresIn: 600 });
  const refresh = (refreshToken: string) => post(url, "/api/v1/auth/refresh", { refreshToken });
  const answers = await Promise.all(Array.from({ length: 25 }, () => refresh(first.refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual(Array(25).fill(200));
  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  const second = answers[0]?.body;
  const { body: third } = await refresh(second.refreshToken);
  const me = (token: string) =>
    fetch(new URL("/api/v1/me", url), { headers: { authorization: `Bearer ${token}` } });
  expect((await me(third.accessToken)).status).toBe(200);
  // Two uses old: somebody else holds a copy.
  expect(await refresh(first.refreshToken)).toMatchObject({
    status: 401,
    body: { code: "refresh_rejected" },
  });
  expect((await refresh(third.refreshToken)).status).toBe(401);
  expect((await me(third.accessToken)).status).toBe(401);
  expect(await auditAbout(account.email)).toContain("authn_token_reuse");
  expect(await mailTo(url, account.email, "session-reused")).toBeDefined();
});

test("a program's sign-in ends when it is revoked", async ({ baseURL: url = "" }) => {
  const account = await makeAccount(url);
  const { body } = await post(url, "/api/v1/auth/token", account);
  const { accessToken, refreshToken } = body;
  for (const token of [refreshToken, refreshToken, "x".repeat(43)]) {
    const answer = await post(url, "/api/v1/auth/revoke", { refreshToken: token });
    expect(answer.status).toBe(204);
  }
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await fetch(new URL("/api/v1/me", url), { headers })).status).toBe(401);
});

test("a browser is renewed on the way, by whatever it asks for", async ({ baseURL: url = "" }) => {
  const account = await makeAccount(url);
  const cookie = await browserCookie(url, account);
  const refresh = /ax2-refresh=[^;]+/.exec(cookie)?.[0] ?? "";
  const ask = (path: string, sent: string) =>
    fetch(new URL(path, url), { headers: { cookie: sent }, redirect: "manual" });
  const names = (answer: Response) =>
    answer.headers.getSetCookie().map((line) => line.split("=")[0]);
  // Without its access token, as after ten minutes: pages and API alike give it a new one.
  const page = await ask("/videos", refresh);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(account.email);
  expect(names(page)).toEqual(expect.arrayContaining(["ax2-access", "ax2-refresh"]));
  const api = await ask("/api/v1/me", refresh);
  expect(api.status).toBe(200);
  expect(names(api)).toEqual(expect.arrayContaining(["ax2-access", "ax2-refresh"]));
  for (const line of api.headers.getSetCookie()) {
    expect(line).toMatch(/HttpOnly/i);
    expect(line).toMatch(/SameSite=lax/i);
    expect(line).toMatch(/Path=\//);
  }
  // Logged out, it is shown the door. What a page of it still asks takes no cookie away: its answer
  // may come after that of a log-in.
  await post(url, "/api/v1/auth/log-out", {}, { cookie });
  const late = await ask("/api/v1/me", refresh);
  expect([late.status, names(late)]).toEqual([401, []]);
  const out = await ask("/videos", refresh);
  expect([out.status, out.headers.get("location")]).toEqual([307, "/login?next=%2Fvideos"]);
});

test("proving who one is gives a browser new tokens", async ({ baseURL: url = "" }) => {
  const account = await makeAccount(url);
  const cookie = await browserCookie(url, account);
  const prove = (password: string) =>
    post(url, "/api/v1/auth/reauthenticate", { password }, { cookie });
  const wrong = await prove("not my password at all");
  expect([wrong.status, wrong.body.code]).toEqual([401, "credentials_rejected"]);
  expect(wrong.headers.getSetCookie()).toEqual([]);
  const right = await prove(account.password);
  expect(right.status).toBe(204);
  const valueIn = (text: string, name: string) => new RegExp(`${name}=([^;]+)`).exec(text)?.[1];
  const given = right.headers.getSetCookie().join("; ");
  for (const name of ["ax2-access", "ax2-refresh"]) {
    expect(valueIn(given, name), name).toBeTruthy();
    expect(valueIn(given, name), name).not.toBe(valueIn(cookie, name));
  }
});

test("keys are published, and only their public halves", async ({ baseURL: url = "" }) => {
  await openSession({ url, ...(await makeAccount(url)) });
  const answer = await fetch(new URL("/.well-known/jwks.json", url));
  const { keys } = await answer.json();
  expect(keys[0]).toMatchObject({ kty: "OKP", crv: "Ed25519", alg: "EdDSA", use: "sig" });
  for (const key of keys) expect(key.d).toBeUndefined();
});
