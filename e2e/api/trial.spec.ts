import { expect, test } from "@playwright/test";
import { newId } from "@/lib/ids";
import { programSession } from "../fixtures/account";
import { apiRoutes, callRoute } from "../fixtures/api-routes";
import { from } from "../fixtures/browsers";
import { speechVideo } from "../fixtures/media";
import { openUpload, uploadFile } from "../fixtures/uploads";

/** What a browser that starts to try holds, as its `cookie` header. */
async function visitorCookie(url: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await fetch(new URL("/api/v1/trial", url), { method: "POST", headers });
  expect(answer.status).toBe(201);
  const lines = answer.headers.getSetCookie();
  for (const line of lines) expect(line).toMatch(/HttpOnly/i);
  return lines.map((line) => line.split(";")[0]).join("; ");
}

test("a visitor is refused what is an account's", async ({ baseURL: url = "" }) => {
  const headers = { cookie: await visitorCookie(url) };
  const routes = apiRoutes.filter(({ auth }) => auth === "session");
  expect(routes.length).toBeGreaterThan(20);
  for (const route of routes) {
    const answer = await callRoute(url, route, { id: newId(), headers });
    expect(answer.status, `${route.method} ${route.path}`).toBe(403);
    if (route.method === "HEAD") continue;
    expect(await answer.json()).toMatchObject({ code: "account_required" });
  }
  for (const route of apiRoutes.filter(({ auth }) => auth === "operator")) {
    const answer = await callRoute(url, route, { id: newId(), headers });
    expect(answer.status, `${route.method} ${route.path}`).toBe(404);
  }
});

test("a visitor finds nothing of anybody else's", async ({ baseURL: url = "" }) => {
  const owner = await programSession(url);
  const { videoId } = await uploadFile(owner, await speechVideo("mp4"));
  const uploads = await openUpload(owner, await speechVideo("mp4"));
  const headers = { cookie: await visitorCookie(url) };
  const ids: Record<string, string> = { videos: videoId, uploads };
  const named = apiRoutes.filter(({ auth, path }) => auth === "studio" && path.includes("[id]"));
  const tried = named.flatMap((route) => {
    const id = ids[route.path.split("/")[3] ?? ""];
    // What can be bought is an account's.
    return id && !route.path.endsWith("/retention") ? [{ route, id }] : [];
  });
  expect(tried.length).toBeGreaterThan(8);
  // As many as still look like mistakes: more would end the visitor's sign-in.
  for (const { route, id } of tried.slice(0, 20)) {
    const answer = await callRoute(url, route, { id, headers });
    expect(answer.status, `${route.method} ${route.path}`).toBe(404);
  }
});

test("one network begins five times a day", async ({ baseURL: url = "" }) => {
  const place = `198.51.${Math.floor(Math.random() * 250)}`;
  const headers = (last: number) => from(`${place}.${last}`).extraHTTPHeaders ?? {};
  for (let last = 1; last <= 5; last++) await visitorCookie(url, headers(last));
  const sixth = await fetch(new URL("/api/v1/trial", url), {
    method: "POST",
    headers: headers(6),
  });
  expect(sixth.status).toBe(429);
  expect(await sixth.json()).toMatchObject({ code: "trial_busy" });
});

test("another site can't begin for the person", async ({ baseURL: url = "" }) => {
  const headers = { "sec-fetch-site": "cross-site" };
  const answer = await fetch(new URL("/api/v1/trial", url), { method: "POST", headers });
  expect(answer.status).toBe(403);
  expect(answer.headers.getSetCookie()).toEqual([]);
});
