import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { auditOf } from "@/lib/testing/people";
import { makeCue, makeTrack } from "@/lib/testing/tracks";

let app: TestApp;
let notes: typeof import("./service");
let reviews: typeof import("@/lib/reviews/service");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [notes, reviews, { db }] = await Promise.all([
    import("./service"),
    import("@/lib/reviews/service"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

/** A track with its owner, an editor, a viewer and somebody else. */
async function world() {
  const [owner, editor, viewer, stranger] = await Promise.all([1, 2, 3, 4].map(() => makeUser()));
  if (!owner || !editor || !viewer || !stranger) throw new Error("unreachable");
  const { id: videoId } = await makeVideo({ ownerId: owner.id, title: "바다" });
  const cues = [makeCue("a", 1_000, "하나"), makeCue("b", 4_000, "둘")];
  const { trackId } = await makeTrack({ ownerId: owner.id, videoId, cues });
  await db().videoMember.createMany({
    data: [
      { videoId, userId: editor.id, role: "editor" },
      { videoId, userId: viewer.id, role: "viewer" },
    ],
  });
  const add = (userId: string, cueId = "a", startMs = 1_000, text = "다시 들어 보세요") =>
    notes.addNote({ userId, trackId, input: { cueId, startMs, text } });
  const list = (userId = owner.id) => notes.listNotes({ userId, trackId });
  return { owner, editor, viewer, stranger, videoId, trackId, add, list };
}

const coded = (code: string) => ({ code });

describe("notes", () => {
  it("are written by those who may edit, and read by those who may look", async () => {
    const { owner, editor, viewer, stranger, add, list } = await world();
    await add(editor.id, "b", 4_000, "띄어쓰기");
    await add(owner.id);
    await expect(add(viewer.id)).rejects.toMatchObject(coded("forbidden"));
    await expect(add(stranger.id)).rejects.toMatchObject(coded("not_found"));
    const seen = await list(viewer.id);
    expect(seen.map(({ cueId, author, resolved }) => [cueId, author?.id, resolved])).toEqual([
      ["a", owner.id, null],
      ["b", editor.id, null],
    ]);
    await expect(list(stranger.id)).rejects.toMatchObject(coded("not_found"));
  });

  it("are changed by their author, settled by anybody who edits, removed by author or owner", async () => {
    const { owner, editor, viewer, stranger, add, list } = await world();
    const { id: noteId } = await add(editor.id);
    for (const [userId, code] of [
      [owner.id, "forbidden"],
      [viewer.id, "forbidden"],
      [stranger.id, "not_found"],
    ] as const) {
      const change = { userId, noteId, change: { text: "다른 말" } };
      await expect(notes.changeNote(change)).rejects.toMatchObject(coded(code));
      if (userId === owner.id) continue;
      const settle = { userId, noteId, change: { resolved: true } };
      await expect(notes.changeNote(settle)).rejects.toMatchObject(coded(code));
      await expect(notes.removeNote({ userId, noteId })).rejects.toMatchObject(coded(code));
    }
    const own = { userId: editor.id, noteId };
    const changed = await notes.changeNote({ ...own, change: { text: "고친 말" } });
    expect(changed).toMatchObject({ text: "고친 말", editedAt: expect.any(String) });
    const settled = await notes.changeNote({
      userId: owner.id,
      noteId,
      change: { resolved: true },
    });
    expect(settled.resolved?.by?.id).toBe(owner.id);
    const opened = await notes.changeNote({ ...own, change: { resolved: false } });
    expect(opened.resolved).toBeNull();
    const { id: other } = await add(owner.id);
    await expect(notes.removeNote({ ...own, noteId: other })).rejects.toMatchObject(
      coded("forbidden"),
    );
    await notes.removeNote({ userId: owner.id, noteId });
    await notes.removeNote({ userId: owner.id, noteId: other });
    expect(await list()).toEqual([]);
    await expect(notes.removeNote(own)).rejects.toMatchObject(coded("not_found"));
  });

  it("stay without a name when their author's account is gone, and with the cue's time", async () => {
    const { editor, add, list } = await world();
    await add(editor.id, "gone", 9_000);
    await db().user.update({ where: { id: editor.id }, data: { erasedAt: new Date(), name: "" } });
    expect(await list()).toMatchObject([{ cueId: "gone", startMs: 9_000, author: null }]);
  });

  it("are so many at most", async () => {
    const { owner, trackId, add } = await world();
    const row = { trackId, cueId: "a", startMs: 0, text: "x" };
    await db().cueNote.createMany({
      data: Array.from({ length: 2_000 }, () => ({ ...row, id: newId() })),
    });
    await expect(add(owner.id)).rejects.toMatchObject(coded("limit_reached"));
  });

  it("tell the open pages", async () => {
    const { subscribe } = await import("@/lib/live");
    const { tracksChannel } = await import("@/lib/tracks/live-repo");
    const { owner, trackId, add } = await world();
    const heard: string[] = [];
    const stop = await subscribe(tracksChannel, (payload) => heard.push(payload));
    await add(owner.id);
    await expect.poll(() => heard).toContain(`${trackId} changed notes`);
    stop();
  });
});

describe("how far a track is", () => {
  it("is said by those who may edit, and told to the owner", async () => {
    const { owner, editor, viewer, stranger, trackId } = await world();
    const set = (userId: string, state: "draft" | "in_review" | "approved") =>
      reviews.setReview({ userId, trackId, state });
    await expect(set(viewer.id, "approved")).rejects.toMatchObject(coded("forbidden"));
    await expect(set(stranger.id, "approved")).rejects.toMatchObject(coded("not_found"));
    const review = await set(editor.id, "in_review");
    expect(review).toMatchObject({ state: "in_review", by: { id: editor.id } });
    await set(owner.id, "approved");
    await set(owner.id, "approved");
    expect(await db().track.findUnique({ where: { id: trackId } })).toMatchObject({
      reviewState: "approved",
      reviewedById: owner.id,
    });
    const told = await db().notice.findMany({ where: { userId: owner.id } });
    expect(told.map(({ kind, data }) => [kind, data])).toEqual([
      ["track-reviewed", expect.objectContaining({ state: "in_review", languages: ["ko"] })],
    ]);
    const rows = await db().auditEvent.findMany({ where: { name: "track_reviewed" } });
    const own = rows.filter(({ detail }) => (detail as { trackId?: string }).trackId === trackId);
    expect(own.map(({ detail }) => (detail as { state: string }).state)).toEqual([
      "in_review",
      "approved",
    ]);
    expect(await auditOf(owner.id)).not.toContain("authz_fail");
  });

  it("is said of what was seen, and told once an hour", async () => {
    const { owner, editor, trackId } = await world();
    const set = (state: "draft" | "approved", more: { revision?: number; nowMs?: number } = {}) =>
      reviews.setReview({ userId: editor.id, trackId, state, ...more });
    await db().track.update({ where: { id: trackId }, data: { revision: 3 } });
    await expect(set("approved", { revision: 2 })).rejects.toMatchObject(coded("conflict"));
    const nowMs = 3_600_000 * 500_000;
    for (let i = 0; i < 3; i++) {
      await set("approved", { revision: 3, nowMs: nowMs + i });
      await set("draft", { nowMs: nowMs + i });
    }
    await set("approved", { nowMs: nowMs + 3_600_000 });
    const told = await db().notice.findMany({ where: { userId: owner.id } });
    const states = told.map(({ data }) => (data as { state: string }).state).sort();
    expect(states).toEqual(["approved", "approved", "draft"]);
  });
});
