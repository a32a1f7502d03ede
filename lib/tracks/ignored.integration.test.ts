import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { makeCue, makeTrack } from "@/lib/testing/tracks";
import type { IgnoreInput } from "./ignored-schema";

let app: TestApp;
let ignored: typeof import("./ignored");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [ignored, { db }] = await Promise.all([import("./ignored"), import("@/lib/db")]);
});
afterAll(() => app.stop());

async function world() {
  const [owner, editor, viewer, stranger] = await Promise.all([1, 2, 3, 4].map(() => makeUser()));
  if (!owner || !editor || !viewer || !stranger) throw new Error("unreachable");
  const { id: videoId } = await makeVideo({ ownerId: owner.id });
  const { trackId } = await makeTrack({
    ownerId: owner.id,
    videoId,
    cues: [makeCue("a", 0, "말")],
  });
  await db().videoMember.createMany({
    data: [
      { videoId, userId: editor.id, role: "editor" },
      { videoId, userId: viewer.id, role: "viewer" },
    ],
  });
  const ignore = (userId: string, key: string, reason: string) =>
    ignored.ignoreFindings({ userId, trackId, input: { findings: [named(key)], reason } });
  const list = (userId = owner.id) => ignored.listIgnored({ userId, trackId });
  return { owner, editor, viewer, stranger, trackId, ignore, list };
}

const named = (key: string): IgnoreInput["findings"][number] => ({
  key,
  cueId: "a",
  code: "reading_speed",
});
const shortly = (list: { key: string; reason: string; by: { id: string } | null }[]) =>
  list.map(({ key, reason, by }) => [key, reason, by?.id]);

describe("findings that are left as they are", () => {
  it("have a reason and somebody who says so, seen by everybody with the track", async () => {
    const { owner, editor, viewer, stranger, ignore, list } = await world();
    await ignore(editor.id, "reading_speed:a:1", "노래 가사예요");
    await ignore(owner.id, "reading_speed:a:2", "알고 있어요");
    expect(shortly(await list(viewer.id))).toEqual([
      ["reading_speed:a:1", "노래 가사예요", editor.id],
      ["reading_speed:a:2", "알고 있어요", owner.id],
    ]);
    const no = (code: string) => ({ code });
    await expect(ignore(viewer.id, "reading_speed:a:3", "x")).rejects.toMatchObject(
      no("forbidden"),
    );
    await expect(ignore(stranger.id, "reading_speed:a:3", "x")).rejects.toMatchObject(
      no("not_found"),
    );
    await expect(list(stranger.id)).rejects.toMatchObject(no("not_found"));
  });

  it("keep the first reason, and come back when somebody takes it back", async () => {
    const { owner, editor, viewer, trackId, ignore, list } = await world();
    await ignore(editor.id, "reading_speed:a:1", "노래 가사예요");
    await ignore(owner.id, "reading_speed:a:1", "다른 말");
    expect(shortly(await list())).toEqual([["reading_speed:a:1", "노래 가사예요", editor.id]]);
    const keys = ["reading_speed:a:1", "reading_speed:a:9"];
    await expect(ignored.heedFindings({ userId: viewer.id, trackId, keys })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await ignored.heedFindings({ userId: owner.id, trackId, keys })).toEqual([]);
    expect(await list()).toEqual([]);
  });
});
