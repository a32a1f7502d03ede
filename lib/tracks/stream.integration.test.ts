import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { ServerSentEvent } from "@/lib/http/server-sent-events";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { presenceInput } from "./sync-schema";

let app: TestApp;
let stream: typeof import("./stream");
let presence: typeof import("./presence");
let notify: typeof import("./notify");
let service: typeof import("./service");
let make: typeof import("@/lib/testing/tracks");
let transaction: typeof import("@/lib/transaction").transaction;
const open = new Set<AbortController>();

beforeAll(async () => {
  app = await startTestApp();
  [stream, presence, notify, service, make, { transaction }] = await Promise.all([
    import("./stream"),
    import("./presence"),
    import("./notify"),
    import("./service"),
    import("@/lib/testing/tracks"),
    import("@/lib/transaction"),
  ]);
});
afterEach(() => {
  for (const each of open) each.abort();
  open.clear();
});
afterAll(() => app.stop());

async function world() {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId });
  const cues = [0, 1, 2].map((i) => make.makeCue(`cue-${i}`, i * 2000, `자막 ${i}`));
  const { trackId } = await make.makeTrack({ ownerId, videoId, cues });
  const member = async (role: "viewer" | "editor") => {
    const { id: userId } = await makeUser();
    await db().videoMember.create({ data: { videoId, userId, role } });
    return userId;
  };
  const write = (baseRevision: number, text: string, cueId = "cue-0") =>
    make.editTrack({
      ...{ actorId: ownerId, trackId, baseRevision },
      operation: { kind: "setText", cueId, text },
    });
  const follow = async (userId: string, after?: number) => {
    const controller = new AbortController();
    open.add(controller);
    const frames = await stream.trackFrames({ userId, trackId, after, signal: controller.signal });
    const iterator = frames[Symbol.asyncIterator]();
    const next = async () => (await iterator.next()).value as ServerSentEvent | undefined;
    return { next, stop: () => controller.abort() };
  };
  const be = (userId: string, clientId: string, more: object = {}) =>
    presence.notePresence({
      ...{ userId, trackId },
      input: presenceInput.parse({ clientId, cueId: null, ms: 0, ...more }),
    });
  return { ownerId, videoId, trackId, member, write, follow, be };
}

describe("following a track", () => {
  it("says where it stands, then each edit as it is made", async () => {
    const { ownerId, member, write, follow } = await world();
    await write(0, "하나");
    const { next } = await follow(await member("viewer"));
    expect(await next()).toEqual({ id: 1, event: "hello", data: { revision: 1 } });
    const coming = next();
    await write(1, "둘");
    expect(await coming).toMatchObject({
      ...{ id: 2, event: "edits" },
      data: { log: [{ revision: 2, actorId: ownerId, operation: { text: "둘" } }] },
    });
  });

  it("goes on where the reader was, and has one that is ahead read anew", async () => {
    const { ownerId, write, follow } = await world();
    for (const at of [0, 1, 2]) await write(at, `판 ${at + 1}`);
    const { next } = await follow(ownerId, 1);
    expect(await next()).toEqual({ id: 1, event: "hello", data: { revision: 3 } });
    expect(await next()).toMatchObject({
      id: 3,
      data: { log: [{ revision: 2 }, { revision: 3 }] },
    });
    const ahead = await follow(ownerId, 99);
    await ahead.next();
    expect(await ahead.next()).toMatchObject({
      ...{ id: 3, data: { log: [{ operation: { kind: "replace" } }] } },
    });
  });

  it("tells what else has changed, and nothing of other tracks", async () => {
    const { ownerId, videoId, trackId, follow } = await world();
    const other = await world();
    const { next } = await follow(ownerId);
    await next();
    const coming = next();
    await transaction((tx) => notify.notifyTrack(tx, other.trackId, "review"));
    await transaction((tx) => notify.notifyTrack(tx, trackId, "notes"));
    expect(await coming).toMatchObject({ event: "changed", data: { what: "notes" } });
    const then = next();
    await transaction((tx) => notify.notifyTracksOf(tx, videoId, "access"));
    expect(await then).toMatchObject({ event: "changed", data: { what: "access" } });
  });

  it("ends for whoever may no longer see it, and is closed to strangers", async () => {
    const { videoId, trackId, member, follow } = await world();
    const userId = await member("viewer");
    const { next } = await follow(userId);
    await next();
    const coming = next();
    await db().videoMember.delete({ where: { videoId_userId: { videoId, userId } } });
    await transaction((tx) => notify.notifyTrack(tx, trackId, "access"));
    expect(await coming).toMatchObject({ event: "changed", data: { what: "access" } });
    expect(await next()).toBeUndefined();
    await expect(follow(userId)).rejects.toMatchObject({ code: "not_found" });
    await expect(follow(newId())).rejects.toMatchObject({ code: "not_found" });
  });

  it("ends at once when nobody listens any more", async () => {
    const { ownerId, follow } = await world();
    const { next, stop } = await follow(ownerId);
    await next();
    const coming = next();
    stop();
    expect(await coming).toBeUndefined();
  });
});

describe("who is there", () => {
  it("shows tabs with the cue they are at until they leave or fall silent", async () => {
    const { ownerId, trackId, member, follow, be } = await world();
    const editor = await member("editor");
    const { next } = await follow(ownerId);
    await next();
    const people = async () => ((await next())?.data as { people: object[] } | undefined)?.people;
    let coming = people();
    await be(editor, "tab-of-editor", { cueId: "cue-1" });
    const there = { id: editor, name: "Test", clientId: "tab-of-editor", cueId: "cue-1" };
    expect(await coming).toEqual([{ ...there, writing: false }]);
    coming = people();
    await be(editor, "tab-of-editor", { cueId: "cue-1" });
    await be(editor, "tab-of-editor", { cueId: "cue-1", writing: true });
    expect(await coming).toEqual([{ ...there, writing: true }]);
    coming = people();
    await be(ownerId, "tab-of-owner");
    expect(await coming).toHaveLength(2);
    coming = people();
    await be(editor, "tab-of-editor", { leaving: true });
    expect(await coming).toMatchObject([{ id: ownerId }]);
    await db().trackPresence.updateMany({
      where: { trackId },
      data: { seenAt: new Date(Date.now() - 31_000) },
    });
    expect(await presence.presentPeople(trackId)).toEqual([]);
  });

  it("lets nobody speak for another's tab, and strangers not at all", async () => {
    const { ownerId, trackId, member, be } = await world();
    const viewer = await member("viewer");
    await be(ownerId, "tab-of-owner", { cueId: "cue-0" });
    await be(viewer, "tab-of-owner", { cueId: "cue-2", writing: true });
    await be(viewer, "tab-of-owner", { leaving: true });
    expect(await presence.presentPeople(trackId)).toMatchObject([{ id: ownerId, cueId: "cue-0" }]);
    for (let i = 0; i < presence.maxTabs + 5; i++) {
      const input = presenceInput.parse({ clientId: `many-tabs-${i}`, cueId: null, ms: 0 });
      await presence.notePresence({ userId: ownerId, trackId, input });
    }
    expect(await presence.presentPeople(trackId)).toHaveLength(presence.maxTabs);
    await expect(be(newId(), "tab-of-nobody")).rejects.toMatchObject({ code: "not_found" });
  });

  it("forgets tabs that haven't been heard of for long", async () => {
    const { ownerId, trackId, be } = await world();
    await be(ownerId, "an-old-tab");
    await db().trackPresence.updateMany({
      where: { trackId },
      data: { seenAt: new Date(Date.now() - 11 * 60_000) },
    });
    await be(ownerId, "a-new-tab");
    expect(await db().trackPresence.findMany({ where: { trackId } })).toMatchObject([
      { clientId: "a-new-tab" },
    ]);
  });

  it("opens a track again where its person left it, written no more often than needed", async () => {
    const { ownerId, trackId, member, be } = await world();
    const place = async (userId: string) => (await service.getTrack({ userId, trackId })).place;
    await be(ownerId, "tab-of-owner", { cueId: "cue-1", ms: 2_100 });
    await be(ownerId, "tab-of-owner", { cueId: "cue-2", ms: 4_100 });
    expect(await place(ownerId)).toEqual({ cueId: "cue-1", ms: 2_100 });
    await db().trackPlace.updateMany({
      where: { trackId },
      data: { at: new Date(Date.now() - 6_000) },
    });
    await be(ownerId, "tab-of-owner", { cueId: "cue-2", ms: 4_100 });
    expect(await place(ownerId)).toEqual({ cueId: "cue-2", ms: 4_100 });
    await be(ownerId, "tab-of-owner", { cueId: null, ms: 5_000, leaving: true });
    expect(await place(ownerId)).toEqual({ cueId: null, ms: 5_000 });
    expect(await place(await member("editor"))).toBeNull();
  });
});
