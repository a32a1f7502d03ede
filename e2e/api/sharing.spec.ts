import { expect, test } from "@playwright/test";
import type { Session } from "@/scripts/caption/session";
import { mailTo, programSession, type TestAccount } from "../fixtures/account";
import { type ApiRoute, apiRoutes, callRoute } from "../fixtures/api-routes";
import { query } from "../fixtures/database";
import { addTrack, silentVideo } from "../fixtures/made-tracks";

type Person = Session & TestAccount;

const kinds = ["videos", "tracks", "notes", "links"];
const kindOf = (route: ApiRoute) => route.path.split("/")[3] ?? "";
/** Every route about something that belongs to a shared video. */
const shared = apiRoutes.filter(
  (route) => route.path.includes("[id]") && kinds.includes(kindOf(route)),
);
/** What whoever looks may write: where they are. */
const viewerWrites = ["POST /api/v1/tracks/[id]/presence"];
/** What no viewer reads: files as they were brought, and what the owner has ordered. */
const closedReads = [
  "/api/v1/videos/[id]/original",
  "/api/v1/videos/[id]/retention",
  "/api/v1/videos/[id]/links",
  "/api/v1/videos/[id]/renders",
];
/** What every viewer reads, of a video whose files are there. */
const viewersReads = [
  "/api/v1/videos/[id]",
  "/api/v1/videos/[id]/media",
  "/api/v1/videos/[id]/members",
  "/api/v1/videos/[id]/speakers",
  "/api/v1/tracks/[id]",
  "/api/v1/tracks/[id]/export",
  "/api/v1/tracks/[id]/history",
  "/api/v1/tracks/[id]/notes",
  "/api/v1/tracks/[id]/report",
  "/api/v1/tracks/[id]/versions",
  "/api/v1/tracks/[id]/versions/diff",
];

interface World {
  owner: Person;
  videoId: string;
  trackId: string;
  ids: Record<string, string>;
}

async function world(url: string): Promise<World> {
  const owner = await programSession(url);
  const videoId = await silentVideo(owner, 5, "shared");
  const cues = [{ id: "cue", startMs: 0, endMs: 2_000, text: "함께 보는 자막" }];
  const trackId = await addTrack(videoId, { language: "ko", cues });
  const { note } = await owner.call<{ note: { id: string } }>(`/api/v1/tracks/${trackId}/notes`, {
    body: { cueId: "cue", startMs: 0, text: "메모" },
  });
  const { link } = await makeLink(owner, videoId, "viewer");
  return {
    owner,
    videoId,
    trackId,
    ids: { videos: videoId, tracks: trackId, notes: note.id, links: link.id },
  };
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

function makeLink(owner: Person, videoId: string, role: "viewer" | "editor") {
  const path = `/api/v1/videos/${videoId}/links`;
  const body = { role, expiresAt: inAnHour() };
  return owner.call<{ link: { id: string }; token: string }>(path, { body });
}

async function send(owner: Person, path: string, method: string, body?: unknown): Promise<number> {
  const answer = await owner.fetch(path, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  return answer.status;
}

const invite = (owner: Person, videoId: string, email: string, role: "viewer" | "editor") =>
  send(owner, `/api/v1/videos/${videoId}/members`, "POST", { email, role });

/** Calls a route as somebody, and answers its status; a stream is left at once. */
async function tried(url: string, { ids }: World, route: ApiRoute, as: Person): Promise<number> {
  const stop = new AbortController();
  const headers = { authorization: await as.authorization() };
  const id = ids[kindOf(route)] ?? "";
  const answer = await callRoute(url, route, { id, cueId: "cue", headers });
  void answer.body?.cancel().catch(() => undefined);
  stop.abort();
  return answer.status;
}

/** So many refusals look like mistakes: more would end somebody's sign-in. */
const patience = 15;

test("a viewer reads what is shared, and changes nothing", async ({ baseURL: url = "" }) => {
  test.slow();
  const made = await world(url);
  const { owner, videoId, trackId } = made;
  const before = await owner.call<{ track: object }>(`/api/v1/tracks/${trackId}`);
  for (let from = 0; from < shared.length; from += patience) {
    const viewer = await programSession(url);
    expect(await invite(owner, videoId, viewer.email, "viewer")).toBe(204);
    for (const route of shared.slice(from, from + patience)) {
      const name = `${route.method} ${route.path}`;
      const status = await tried(url, made, route, viewer);
      const reads = route.method === "GET" || route.method === "HEAD";
      if (viewerWrites.includes(name)) expect(status, name).toBe(204);
      else if (!reads || closedReads.includes(route.path))
        expect([403, 404], name).toContain(status);
      else if (viewersReads.includes(route.path)) expect(status, name).toBe(200);
      // A file that isn't made of so short a video.
      else expect([200, 404, 503], name).toContain(status);
    }
  }
  expect(await owner.call(`/api/v1/tracks/${trackId}`)).toMatchObject(before);
  const { video } = await owner.call<{ video: { title: string } }>(`/api/v1/videos/${videoId}`);
  expect(video.title).toBe("shared");
});

test("an editor edits, and the rest stays the owner's", async ({ baseURL: url = "" }) => {
  const { owner, videoId, trackId } = await world(url);
  const editor = await programSession(url);
  await invite(owner, videoId, editor.email, "editor");
  const edit = (revision: number) => ({
    baseRevision: revision,
    edits: [
      {
        ...{ clientOpId: `an-edit-${revision}`, groupId: `a-group-${revision}` },
        operation: { kind: "setText", cueId: "cue", text: "고친 자막" },
      },
    ],
  });
  const track = `/api/v1/tracks/${trackId}`;
  const sent = await editor.call<{ outcomes: object[] }>(`${track}/operations`, { body: edit(0) });
  expect(sent.outcomes).toMatchObject([{ status: "stored" }]);
  expect(
    await send(editor, `${track}/notes`, "POST", { cueId: "cue", startMs: 0, text: "?" }),
  ).toBe(201);
  expect(await send(editor, `${track}/versions`, "POST", { name: "검수" })).toBe(201);
  expect(await send(editor, `${track}/review`, "PUT", { state: "in_review" })).toBe(200);
  const video = `/api/v1/videos/${videoId}`;
  for (const [path, method, body] of [
    [video, "PATCH", { title: "taken over" }],
    [video, "DELETE", undefined],
    [`${video}/members`, "POST", { email: "taken-over@example.test", role: "editor" }],
    [`${video}/links`, "POST", { role: "editor", expiresAt: inAnHour() }],
    [`${video}/original`, "GET", undefined],
  ] as const) {
    expect([403, 404], `${method} ${path}`).toContain(await send(editor, path, method, body));
  }
  const seen = await editor.call<{ video: Record<string, unknown> }>(video);
  expect(seen.video).toMatchObject({ role: "editor", job: null, downloadUrl: null });
  expect(JSON.stringify(await editor.call(`${video}/members`))).not.toContain(owner.email);
  // The owner is told, and takes it all back.
  const { notices } = await owner.call<{ notices: { kind: string }[] }>("/api/v1/notices");
  expect(notices.map(({ kind }) => kind)).toContain("track-reviewed");
  const { members } = await owner.call<{ members: { userId: string }[] }>(`${video}/members`);
  await send(owner, `${video}/members/${members[0]?.userId}`, "DELETE");
  for (const path of [video, track, `${track}/notes`, `${track}/events`]) {
    expect(await send(editor, path, "GET"), path).toBe(404);
  }
  expect(await send(editor, `${track}/operations`, "POST", edit(1))).toBe(404);
});

test("inviting tells nothing about who has an account", async ({ baseURL: url = "" }) => {
  const { owner, videoId } = await world(url);
  const known = await programSession(url);
  const unknown = known.email.replace("@", "-x@");
  const path = `/api/v1/videos/${videoId}/members`;
  const answers = [];
  for (const email of [known.email, unknown]) {
    const answer = await owner.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, role: "viewer" }),
    });
    answers.push([answer.status, await answer.text()]);
  }
  expect(answers).toEqual([
    [204, ""],
    [204, ""],
  ]);
  const people = await owner.call<{ members: object[]; invitations: object[] }>(path);
  expect(people.members).toEqual([]);
  expect(people.invitations).toMatchObject([{ email: known.email }, { email: unknown }]);
  // Whoever reads the mails sees which is which; the owner doesn't get them.
  expect((await mailTo(url, known.email, "video-shared")).text).toContain(`/videos/${videoId}`);
  expect((await mailTo(url, unknown, "video-shared-new")).text).toContain("/sign-up");
});

test("a link opens what it says to anybody, until it ends", async ({ baseURL: url = "" }) => {
  const { owner, videoId, trackId } = await world(url);
  const other = await world(url);
  const open = await makeLink(owner, videoId, "viewer");
  const root = (token: string) => new URL(`/api/v1/shared/${token}`, url);
  const get = (token: string, rest = "") => fetch(`${root(token)}${rest}`);
  const video = await get(open.token);
  expect(video.status).toBe(200);
  expect(video.headers.get("cache-control")).toBe("no-store");
  const said = (await video.text()) + (await (await get(open.token, `/tracks/${trackId}`)).text());
  expect(said).toContain("함께 보는 자막");
  for (const secret of [videoId, owner.email, "provenance", "credits"]) {
    expect(said).not.toContain(secret);
  }
  const part = await fetch(`${root(open.token)}/media`, { headers: { range: "bytes=0-99" } });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 100]);
  expect((await get(open.token, `/tracks/${other.trackId}`)).status).toBe(404);
  // The page keeps its address to itself.
  const page = await fetch(new URL(`/shared/${open.token}`, url));
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.headers.get("x-robots-tag")).toContain("noindex");
  const rows = await query<{ text: string }>("SELECT l::text AS text FROM share_links l");
  expect(rows.map(({ text }) => text).join()).not.toContain(open.token);

  const ended = await makeLink(owner, videoId, "editor");
  await query("UPDATE share_links SET expires_at = now() WHERE id = $1", [ended.link.id]);
  await send(owner, `/api/v1/links/${open.link.id}`, "DELETE");
  const guest = await programSession(url);
  for (const token of [open.token, ended.token, "A".repeat(43), "short"]) {
    for (const rest of ["", `/tracks/${trackId}`, "/media", "/thumbnail"]) {
      expect((await get(token, rest)).status, rest).toBe(404);
    }
    const accepted = await send(guest, "/api/v1/share/accept", "POST", { token });
    expect([404, 422]).toContain(accepted);
  }
});

test("who joins by a link edits for as long as it is open", async ({ baseURL: url = "" }) => {
  const { owner, videoId, trackId } = await world(url);
  const { link, token } = await makeLink(owner, videoId, "editor");
  const guest = await programSession(url);
  const { share } = await guest.call<{ share: object }>("/api/v1/share/accept", {
    body: { token },
  });
  expect(share).toEqual({ videoId, role: "editor" });
  const list = await guest.call<{ videos: { id: string }[] }>("/api/v1/videos?of=shared");
  expect(list.videos.map(({ id }) => id)).toEqual([videoId]);
  const stop = new AbortController();
  const stream = await guest.fetch(`/api/v1/tracks/${trackId}/events`, { signal: stop.signal });
  const over = new Response(stream.body).text();
  await send(owner, `/api/v1/links/${link.id}`, "DELETE");
  // Whoever is out is out at once: the stream ends by itself.
  expect(await over).toContain("event: hello");
  expect(await send(guest, `/api/v1/tracks/${trackId}`, "GET")).toBe(404);
  const names = await query<{ name: string }>(
    "SELECT name FROM audit_events WHERE detail->>'videoId' = $1 ORDER BY seq",
    [videoId],
  );
  expect(names.map(({ name }) => name).slice(-3)).toEqual([
    "share_link_created",
    "share_link_accepted",
    "share_link_revoked",
  ]);
});
