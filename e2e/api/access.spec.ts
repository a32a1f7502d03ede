import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { programSession } from "../fixtures/account";
import { speechVideo } from "../fixtures/media";
import { endedJob, openUpload, uploadFile, videoWhen } from "../fixtures/uploads";

/** Every route under /api/v1, read from the files themselves, so that a new one can't be missed. */
const apiFolder = path.resolve(import.meta.dirname, "../../app/api/v1");

interface Route {
  method: string;
  /** With `[id]` in it where an object is named. */
  path: string;
  auth: string;
}

function routes(folder = apiFolder): Route[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return routes(name);
    const text = readFileSync(name, "utf8");
    const url = `/api/v1/${path.relative(apiFolder, folder)}`;
    const auth = /auth: "(\w+)"/.exec(text)?.[1] ?? "missing";
    return [...text.matchAll(/export const (GET|POST|PUT|PATCH|DELETE|HEAD)\b/g)].map((match) => ({
      method: match[1] ?? "",
      path: url,
      auth,
    }));
  });
}

const all = routes();
const open = [
  "/api/v1/auth/sign-up",
  "/api/v1/auth/log-in",
  "/api/v1/auth/log-out",
  "/api/v1/outbox",
];

/** A body that would be accepted, so that a refusal is about who asks. */
const bodies: Record<string, unknown> = {
  "PATCH /api/v1/uploads/[id]": { storageUploadId: "x", storageKey: "x" },
  "PUT /api/v1/uploads/[id]/parts/[number]": { etag: "x", sizeBytes: 1 },
  "PATCH /api/v1/videos/[id]": { title: "taken over" },
  "POST /api/v1/tracks/[id]/operations": {
    clientOpId: "12345678",
    baseRevision: 0,
    operation: { kind: "setText", cueId: "x", text: "taken over" },
  },
};

function call(request: APIRequestContext, route: Route, id: string, cookie = "") {
  const url = route.path.replace("[id]", id).replace("[number]", "1");
  const body = bodies[`${route.method} ${route.path}`];
  return request.fetch(url.endsWith("/export") ? `${url}?format=srt` : url, {
    method: route.method,
    headers: cookie ? { cookie } : {},
    ...(body !== undefined && { data: body }),
  });
}

test("every route says who may call it, and only sign-in is open", () => {
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((route) => route.auth === "missing")).toEqual([]);
  const none = all.filter((route) => route.auth === "none").map((route) => route.path);
  expect(none.sort()).toEqual([...open].sort());
});

test("nobody gets in without a live sign-in", async ({ playwright, baseURL }) => {
  const url = baseURL ?? "";
  const session = await programSession(url);
  const cookie = session.cookie();
  await session.call("/api/v1/auth/log-out", { method: "POST" });
  const request = await playwright.request.newContext({ baseURL: url });
  const unknown = "00000000-0000-7000-8000-000000000000";
  for (const route of all.filter((each) => each.auth === "session")) {
    for (const sent of ["", cookie, "ax2-session=forged.token.value"]) {
      const answer = await call(request, route, unknown, sent);
      expect(answer.status(), `${route.method} ${route.path} with "${sent.slice(0, 16)}"`).toBe(
        401,
      );
    }
  }
});

test("another account finds none of the first one's objects", async ({ playwright, baseURL }) => {
  const url = baseURL ?? "";
  const [owner, stranger] = await Promise.all([programSession(url), programSession(url)]);
  const { videoId, jobId } = await uploadFile(owner, await speechVideo("mp4"), { caption: true });
  const job = await endedJob(owner, jobId ?? "");
  expect(job.status).toBe("completed");
  await videoWhen(owner, videoId, (video) => video.peaksUrl !== null);
  const ids: Record<string, string> = {
    videos: videoId,
    jobs: job.id,
    tracks: job.tracks[0]?.id ?? "",
    uploads: await openUpload(owner, await speechVideo("mp4")),
  };
  const request = await playwright.request.newContext({ baseURL: url });
  const cookie = stranger.cookie();
  const named = all.filter((route) => route.path.includes("[id]"));
  expect(named.length).toBeGreaterThan(15);
  for (const route of named) {
    const kind = route.path.split("/")[3] ?? "";
    const answer = await call(request, route, ids[kind] ?? "", cookie);
    expect(answer.status(), `${route.method} ${route.path}`).toBe(404);
  }
  // The owner still has everything, as it was.
  const mine = owner.cookie();
  for (const route of named.filter((each) => each.method === "GET")) {
    const kind = route.path.split("/")[3] ?? "";
    const answer = await call(request, route, ids[kind] ?? "", mine);
    expect(answer.status(), `owner: ${route.path}`).toBe(200);
  }
  const { video } = await owner.call<{ video: { title: string } }>(`/api/v1/videos/${videoId}`);
  expect(video.title).toBe("speech");
});

test("another site can't act for the person", async ({ playwright, baseURL }) => {
  const session = await programSession(baseURL ?? "");
  const cookie = session.cookie();
  const request = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  for (const headers of [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://elsewhere.example" },
    { origin: "null" },
  ]) {
    const answer = await request.post("/api/v1/auth/log-out", { headers: { cookie, ...headers } });
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "cross_site" });
  }
  await expect(session.call("/api/v1/me")).resolves.toBeTruthy();
});

test("wrong e-mail and wrong password read the same", async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const tries = [{ email: "nobody@example.test", password: "some password" }];
  const account = { email: "somebody@example.test", password: "correct horse battery" };
  await request.post("/api/v1/auth/sign-up", { data: { ...account, name: "S" } });
  tries.push({ email: account.email, password: "not this one here" });
  const answers = await Promise.all(
    tries.map((data) => request.post("/api/v1/auth/log-in", { data })),
  );
  const read = await Promise.all(
    answers.map(async (answer) => ({ ...(await answer.json()), requestId: "" })),
  );
  expect(read[0]).toEqual(read[1]);
  expect(answers.map((answer) => answer.status())).toEqual([401, 401]);
});

test("an account can't be tried without end", async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const data = { email: "tried-often@example.test", password: "a guess among many" };
  const statuses: number[] = [];
  for (let guess = 0; guess < 12; guess++) {
    const answer = await request.post("/api/v1/auth/log-in", { data });
    statuses.push(answer.status());
    if (answer.status() === 429) expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
});
