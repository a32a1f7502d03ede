import { expect, test } from "@playwright/test";
import { defaultStyle } from "@/lib/subtitles/style";
import { openSession } from "@/scripts/caption/session";
import { browserCookie, makeAccount, programSession, type TestAccount } from "../fixtures/account";
import { apiRoutes, callRoute } from "../fixtures/api-routes";
import { auditAbout, query } from "../fixtures/database";
import { cuesOf } from "../fixtures/made-tracks";
import { speechVideo } from "../fixtures/media";
import { endedJob, openUpload, uploadFile, videoWhen } from "../fixtures/uploads";

/** Open to anybody, each for a reason: to sign in, to come back by a mail, to report, to try. */
const open = [
  "/api/v1/auth/email-change/confirm",
  "/api/v1/auth/log-in",
  "/api/v1/auth/log-in/second-factor",
  "/api/v1/auth/log-out",
  "/api/v1/auth/password-reset",
  "/api/v1/auth/password-reset/confirm",
  "/api/v1/auth/providers/[provider]",
  "/api/v1/auth/refresh",
  "/api/v1/auth/revoke",
  "/api/v1/auth/sign-up",
  "/api/v1/auth/sign-up/confirm",
  "/api/v1/auth/token",
  "/api/v1/csp-reports",
  "/api/v1/outbox",
  // To whoever has a link, whose secret is in the address.
  "/api/v1/shared/[token]",
  "/api/v1/shared/[token]/media",
  "/api/v1/shared/[token]/thumbnail",
  "/api/v1/shared/[token]/tracks/[trackId]",
  "/api/v1/trial",
];

const ownRules = {
  ...{ counting: "weighted", maxLineWidth: 16, maxLines: 2, maxCharsPerSecond: 14 },
  ...{ minDurationMs: 833, maxDurationMs: 7_000, minGapFrames: 2 },
  ...{ closeGapBelowMs: 500, maxLingerMs: 500 },
};
const unknown = "00000000-0000-7000-8000-000000000000";
const closed = apiRoutes.filter((route) => route.auth !== "none");

test("every route says who may call it, and only these are open", () => {
  expect(apiRoutes.length).toBeGreaterThan(45);
  expect(apiRoutes.filter((route) => route.auth === "missing")).toEqual([]);
  const none = apiRoutes.filter((route) => route.auth === "none").map((route) => route.path);
  expect([...new Set(none)].sort()).toEqual(open);
});

/** Everything that a sign-in of this account leaves in hands: a browser's and a program's. */
async function credentialsOf(baseURL: string, account: TestAccount) {
  const cookie = await browserCookie(baseURL, account);
  const session = await openSession({ url: baseURL, ...account });
  return [{ cookie }, { authorization: await session.authorization() }];
}

const onAccount = (sql: string) => (email: string) =>
  query(`${sql} WHERE email = $1`, [email]).then(() => undefined);
const onSessions = (sql: string) => (email: string) =>
  query(`${sql} WHERE user_id = (SELECT id FROM users WHERE email = $1)`, [email]).then(
    () => undefined,
  );

/** What makes good credentials worthless. */
const endings: [string, (email: string) => Promise<void>][] = [
  ["unused for too long", onSessions("UPDATE auth_sessions SET idle_expires_at = now()")],
  ["too old", onSessions("UPDATE auth_sessions SET absolute_expires_at = now()")],
  ["revoked", onSessions("UPDATE auth_sessions SET revoked_at = now()")],
  ["of a disabled account", onAccount("UPDATE users SET disabled_at = now()")],
  ["of an erased account", onAccount("UPDATE users SET erased_at = now(), email = NULL")],
];

for (const [name, end] of endings) {
  test(`a sign-in that is ${name} opens no route`, async ({ baseURL: url = "" }) => {
    const account = await makeAccount(url);
    const held = await credentialsOf(url, account);
    for (const headers of held) {
      const me = await fetch(new URL("/api/v1/me", url), { headers });
      expect(me.status).toBe(200);
    }
    await end(account.email);
    for (const route of closed) {
      for (const headers of held) {
        const answer = await callRoute(url, route, { id: unknown, headers });
        const what = `${route.method} ${route.path} with ${Object.keys(headers)}`;
        expect(answer.status, what).toBe(401);
      }
    }
  });
}

test("nobody gets in with nothing, or with something made up", async ({ baseURL: url = "" }) => {
  const account = await makeAccount(url);
  const session = await openSession({ url, ...account });
  const token = (await session.authorization()).slice("Bearer ".length);
  const [header = "", payload = ""] = token.split(".");
  const none = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url");
  const made: Record<string, string>[] = [
    {},
    { cookie: "ax2-access=forged.token.value" },
    { cookie: `ax2-access=${header}.${payload}.AAAA; ax2-refresh=${"x".repeat(43)}` },
    { authorization: "Bearer forged.token.value" },
    { authorization: `Bearer ${none}.${payload}.` },
    // The right token, given as something else.
    { authorization: `Basic ${token}` },
    { authorization: token },
  ];
  for (const route of closed) {
    for (const headers of made) {
      const answer = await callRoute(url, route, { id: unknown, headers });
      const what = `${route.method} ${route.path} with ${JSON.stringify(headers).slice(0, 60)}`;
      expect(answer.status, what).toBe(401);
      if (route.method === "HEAD") continue;
      expect(await answer.json()).toMatchObject({ code: "unauthenticated" });
    }
  }
});

test("another account finds none of the first one's objects", async ({ baseURL: url = "" }) => {
  const [owner, stranger] = await Promise.all([programSession(url), programSession(url)]);
  const { videoId, jobId } = await uploadFile(owner, await speechVideo("mp4"), { caption: true });
  const job = await endedJob(owner, jobId ?? "");
  expect(job.status).toBe("completed");
  await videoWhen(owner, videoId, (video) => video.peaksUrl !== null);
  const { sessions } = await owner.call<{ sessions: { id: string }[] }>("/api/v1/me/sessions");
  const bought = await owner.call<{ order: { orderId: string } }>("/api/v1/top-ups", {
    body: { packageId: "standard", amountKrw: 11_000, idempotencyKey: "access-spec" },
  });
  const { term } = await owner.call<{ term: { id: string } }>("/api/v1/glossary", {
    body: { term: "래프트" },
  });
  const { profile } = await owner.call<{ profile: { id: string } }>("/api/v1/profiles", {
    body: { name: "강의", rules: ownRules },
  });
  const brought = await owner.fetch(`/api/v1/videos/${videoId}/transcripts?fileName=text.txt`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: "He was not an ill-disposed young man.\n",
  });
  const { transcript } = (await brought.json()) as { transcript: { id: string } };
  const trackId = job.tracks[0]?.id ?? "";
  const { note } = await owner.call<{ note: { id: string } }>(`/api/v1/tracks/${trackId}/notes`, {
    body: { cueId: "x", startMs: 0, text: "여기를 봐 주세요" },
  });
  const { link } = await owner.call<{ link: { id: string } }>(`/api/v1/videos/${videoId}/links`, {
    body: { role: "viewer", expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
  });
  const { preset } = await owner.call<{ preset: { id: string } }>("/api/v1/me/style-presets", {
    body: { name: "강의", style: defaultStyle },
  });
  const render = await burnedIn(owner, videoId, trackId);
  const [cue] = await cuesOf(owner, trackId);
  const ids: Record<string, string> = {
    transcripts: transcript.id,
    glossary: term.id,
    profiles: profile.id,
    "top-ups": bought.order.orderId,
    videos: videoId,
    jobs: job.id,
    tracks: trackId,
    notes: note.id,
    links: link.id,
    renders: render,
    "me/style-presets": preset.id,
    uploads: await openUpload(owner, await speechVideo("mp4")),
    me: sessions[0]?.id ?? "",
  };
  const named = apiRoutes.filter(
    (route) => route.path.includes("[id]") && route.auth !== "operator",
  );
  expect(named.length).toBeGreaterThan(15);
  const try_ = async (session: typeof owner, route: (typeof named)[number]) => {
    const kind = /^\/api\/v1\/(me\/style-presets|[^/]+)/.exec(route.path)?.[1] ?? "";
    const headers = { authorization: await session.authorization() };
    return callRoute(url, route, { id: ids[kind] ?? "", cueId: cue?.id ?? "", headers });
  };
  // As many at a time as still look like mistakes: more would end the stranger's sign-in.
  for (let from = 0; from < named.length; from += 20) {
    const session = from === 0 ? stranger : await programSession(url);
    for (const route of named.slice(from, from + 20)) {
      expect((await try_(session, route)).status, `${route.method} ${route.path}`).toBe(404);
    }
  }
  // The owner still has everything, as it was.
  for (const route of named.filter((each) => each.method === "GET")) {
    expect((await try_(owner, route)).status, `owner: ${route.path}`).toBe(200);
  }
  const { video } = await owner.call<{ video: { title: string } }>(`/api/v1/videos/${videoId}`);
  expect(video.title).toBe("speech");
});

/** A video with its subtitles in the picture, made. */
async function burnedIn(
  owner: Awaited<ReturnType<typeof programSession>>,
  videoId: string,
  trackId: string,
): Promise<string> {
  const { render } = await owner.call<{ render: { id: string } }>(
    `/api/v1/videos/${videoId}/renders`,
    { body: { trackId, idempotencyKey: "access-spec" } },
  );
  const status = async () => {
    const path = `/api/v1/renders/${render.id}`;
    return (await owner.call<{ render: { status: string } }>(path)).render.status;
  };
  await expect.poll(status, { timeout: 60_000 }).toBe("completed");
  return render.id;
}

test("what concerns the house isn't there for an account", async ({ baseURL: url = "" }) => {
  const session = await programSession(url);
  const headers = { authorization: await session.authorization() };
  const routes = apiRoutes.filter(({ auth }) => auth === "operator");
  expect(routes.length).toBeGreaterThan(5);
  for (const route of routes) {
    const answer = await callRoute(url, route, { id: unknown, headers });
    expect(answer.status, `${route.method} ${route.path}`).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found" });
  }
});

test("who goes on reaching for what isn't theirs is recorded and put out", async ({
  baseURL: url = "",
}) => {
  const [owner, stranger] = await Promise.all([programSession(url), programSession(url)]);
  const { videoId } = await uploadFile(owner, await speechVideo("mp4"));
  const statuses: number[] = [];
  for (let count = 0; count < 22; count++) {
    statuses.push((await stranger.fetch(`/api/v1/videos/${videoId}`)).status);
  }
  expect(statuses).toEqual([...Array(21).fill(404), 401]);
  const [row] = await query<{ count: string }>(
    `SELECT count(*) FROM audit_events WHERE name = 'malicious_direct_reference'
     AND actor_id = (SELECT id FROM users WHERE email = $1)`,
    [stranger.email],
  );
  expect(Number(row?.count)).toBe(21);
  expect(await auditAbout(stranger.email)).toContain("session_revoked");
});

test("another site can't put its visitors out", async ({ baseURL: url = "" }) => {
  const [owner, visitor] = await Promise.all([programSession(url), programSession(url)]);
  const { videoId } = await uploadFile(owner, await speechVideo("mp4"));
  const headers = { "sec-fetch-site": "cross-site" };
  for (let count = 0; count < 24; count++) {
    const answer = await visitor.fetch(`/api/v1/videos/${videoId}`, { headers });
    expect(answer.status).toBe(404);
  }
});

test("another site can't act for the person", async ({ baseURL: url = "" }) => {
  const account = await makeAccount(url);
  const cookie = await browserCookie(url, account);
  const send = (path: string, headers: Record<string, string>) =>
    fetch(new URL(path, url), { method: "POST", headers: { cookie, ...headers } });
  for (const headers of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://elsewhere.example" },
    { origin: "null" },
  ]) {
    const answer = await send("/api/v1/auth/log-out", headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "cross_site" });
    // A server action, which Next itself would take without an origin.
    expect((await send("/login", headers)).status).toBe(403);
  }
  expect((await send("/login", {})).status).toBe(403);
  const me = await fetch(new URL("/api/v1/me", url), { headers: { cookie } });
  expect(me.status).toBe(200);
});
