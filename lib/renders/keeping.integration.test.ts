import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { makeCue, makeTrack } from "@/lib/testing/tracks";
import { rendersPrefix } from "@/lib/videos/keys";
import { maxKeptOfVideo, renderKeptMs } from "./limits";
import { orderRenderInput } from "./schema";

const exec = promisify(execFile);
const hourMs = 3_600_000;

let app: TestApp;
let renders: typeof import("./service");
let keeping: typeof import("./keeping");
let endRender: typeof import("./settle").endRender;
let burnRender: typeof import("./burning").burnRender;
let removal: typeof import("@/lib/videos/removal");
let retention: typeof import("@/lib/videos/retention");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;
let storage: typeof import("@/lib/storage").storage;
let file: string;

beforeAll(async () => {
  app = await startTestApp();
  [renders, keeping, { endRender }, { burnRender }, removal, retention, { transaction }, { db }] =
    await Promise.all([
      import("./service"),
      import("./keeping"),
      import("./settle"),
      import("./burning"),
      import("@/lib/videos/removal"),
      import("@/lib/videos/retention"),
      import("@/lib/transaction"),
      import("@/lib/db"),
    ]);
  ({ storage } = await import("@/lib/storage"));
  file = path.join(app.dataDir, "clip.mp4");
  const picture = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25"];
  const encoded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-t", "20"];
  await exec("ffmpeg", ["-nostdin", "-v", "error", ...picture, ...encoded, "-y", file]);
}, 120_000);
afterAll(() => app.stop());

async function world() {
  const owner = await makeUser();
  const { id: videoId, sourceKey } = await makeVideo({
    ...{ ownerId: owner.id, file, durationMs: 20_000, title: "바다 여행" },
  });
  const cues = [makeCue("a", 1_000, "입힌 자막")];
  const { trackId } = await makeTrack({ ownerId: owner.id, videoId, cues });
  const order = (idempotencyKey = newId(), of = trackId) =>
    renders.orderRender({
      ...{ userId: owner.id, videoId },
      input: orderRenderInput.parse({ trackId: of, idempotencyKey }),
    });
  const made = async (nowMs = Date.now()) => {
    const { id: renderId } = await order();
    const key = `${rendersPrefix(sourceKey)}${renderId}.mp4`;
    await storage().put(key, { path: file }, { contentType: "video/mp4" });
    await endRender({ renderId, file: { key, sizeBytes: 1, sha256: "00" }, nowMs });
    return { renderId, key };
  };
  const view = (renderId: string, userId = owner.id) => renders.getRender({ userId, renderId });
  const expiry = async () =>
    (await db().video.findUniqueOrThrow({ where: { id: videoId } })).expiresAt?.getTime() ?? null;
  return { owner, videoId, trackId, sourceKey, order, made, view, expiry };
}

const until = (videoId: string, expiresAt: Date) =>
  db().video.update({ where: { id: videoId }, data: { expiresAt } });

describe("a video to take home", () => {
  it("outlives the files that it was made of", async () => {
    const { owner, videoId, sourceKey, made, view, expiry } = await world();
    const { renderId, key } = await made();
    await retention.expireVideos(((await expiry()) ?? 0) + 1);
    await removal.removeMedia(videoId);
    expect(await storage().stat(sourceKey)).toBeUndefined();
    expect(await storage().stat(key)).toBeDefined();
    expect((await view(renderId)).fileUrl).not.toBeNull();
    const request = new Request("http://x");
    const response = await renders.serveRender({ request, userId: owner.id, renderId });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it("goes with its video, and with the account's files, even when the video's are gone", async () => {
    const deleted = await world();
    const { key } = await deleted.made();
    await db().video.update({ where: { id: deleted.videoId }, data: { status: "deleting" } });
    await removal.eraseVideo(deleted.videoId);
    expect(await storage().stat(key)).toBeUndefined();

    const leaving = await world();
    const kept = await leaving.made();
    await db().video.update({
      where: { id: leaving.videoId },
      data: { mediaDeletedAt: new Date() },
    });
    const { id: ownerId } = leaving.owner;
    await transaction((tx) => removal.deleteMediaOf(tx, { ownerId, nowMs: Date.now() }));
    const events = await db().outbox.findMany({
      where: { id: { startsWith: `video-renders-delete-${leaving.videoId}` } },
    });
    expect(events.map(({ data }) => data)).toEqual([{ videoId: leaving.videoId, renders: true }]);
    await removal.removeMedia(leaving.videoId, true);
    expect(await storage().stat(kept.key)).toBeUndefined();
  });

  it("is found by an erasure where it lies under a visitor's name", async () => {
    const { videoId, sourceKey } = await world();
    const account = await makeUser();
    await db().video.update({ where: { id: videoId }, data: { ownerId: account.id } });
    expect(await removal.videosElsewhere(account.id)).toContain(rendersPrefix(sourceKey));
  });

  it("goes when its video has too many newer ones, and no other video's does", async () => {
    const [one, other] = [await world(), await world()];
    const nowMs = Date.now();
    const ids: { renderId: string; key: string }[] = [];
    for (let i = 0; i < maxKeptOfVideo + 2; i++) ids.push(await one.made(nowMs + i));
    const elsewhere = await other.made(nowMs - hourMs);
    expect(await keeping.makeWay(one.videoId)).toBe(2);
    for (const [i, { renderId, key }] of ids.entries()) {
      expect((await storage().stat(key)) !== undefined, `${i}`).toBe(i >= 2);
      if (i < 2) await expect(one.view(renderId)).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await other.view(elsewhere.renderId)).fileUrl).not.toBeNull();
    // Where the worker died in between, the sweep does it.
    const last = await one.made(nowMs + hourMs);
    await keeping.expireRenders();
    expect(
      (await renders.listRenders({ userId: one.owner.id, videoId: one.videoId })).renders[0]?.id,
    ).toBe(last.renderId);
    expect(await storage().stat(ids[2]?.key ?? "")).toBeUndefined();
  });

  it("goes in the next sweep where storage fails, and holds up no other", async () => {
    const { made, view, owner } = await world();
    const [stuck, free] = [await made(), await made()];
    // Storage refuses to delete what no object can be called.
    await db().videoRender.update({ where: { id: stuck.renderId }, data: { key: "a//b" } });
    await keeping.expireRenders(Date.now() + renderKeptMs + hourMs);
    await expect(view(free.renderId)).rejects.toMatchObject({ code: "not_found" });
    expect((await view(stuck.renderId)).status).toBe("completed");
    const removed = renders.removeRender({ userId: owner.id, renderId: stuck.renderId });
    await expect(removed).rejects.toThrow();
    expect((await view(stuck.renderId)).status).toBe("completed");
  });
});

describe("a video that is being made", () => {
  it("keeps the files for as long", async () => {
    const { videoId, order, expiry } = await world();
    await until(videoId, new Date(Date.now() + hourMs));
    const { id: renderId } = await order();
    expect(await expiry()).toBeNull();
    // What else ends meanwhile leaves them, too.
    await transaction((tx) => retention.startRetention(tx, { videoId, outcome: "completed" }));
    expect(await expiry()).toBeNull();
    await endRender({ renderId, errorCode: "internal" });
    expect(await expiry()).toBeGreaterThan(Date.now() + hourMs);
  });

  it("lets go of them when it is removed", async () => {
    const { owner, order, expiry } = await world();
    const { id: renderId } = await order();
    await renders.removeRender({ userId: owner.id, renderId });
    expect(await expiry()).toBeGreaterThan(Date.now() + hourMs);
  });

  it("can't be ordered once their time is over, nor under another track's key", async () => {
    const { owner, videoId, order } = await world();
    const key = newId();
    await order(key);
    const other = await makeTrack({ ownerId: owner.id, videoId, language: "en", cues: [] });
    await expect(order(key, other.trackId)).rejects.toMatchObject({ code: "idempotency_conflict" });
    await until(videoId, new Date(Date.now() - 1));
    await expect(order()).rejects.toMatchObject({ code: "gone" });
  });

  it("ends at once where the files are gone all the same", async () => {
    const { videoId, order, view } = await world();
    const { id } = await order();
    await db().video.update({ where: { id: videoId }, data: { mediaDeletedAt: new Date() } });
    await renders.endRendersOf(videoId);
    expect(await view(id)).toMatchObject({ status: "failed", errorCode: "gone" });
  });

  it("is made to the end for whoever takes the video over", async () => {
    const { videoId, order, view } = await world();
    const account = await makeUser();
    const { id: renderId } = await order();
    const work = burnRender({ renderId, signal: new AbortController().signal });
    const underWay = async () =>
      (await db().videoRender.findUniqueOrThrow({ where: { id: renderId } })).progress > 0;
    await expect.poll(underWay, { timeout: 60_000, interval: 20 }).toBe(true);
    await transaction(async (tx) => {
      await tx.video.update({ where: { id: videoId }, data: { ownerId: account.id } });
      await tx.videoRender.update({ where: { id: renderId }, data: { ownerId: account.id } });
    });
    await work;
    expect(await view(renderId, account.id)).toMatchObject({ status: "completed" });
  }, 120_000);

  it("says that it is gone when the files go before it is stored", async () => {
    const { videoId, sourceKey, order, view } = await world();
    const { id: renderId } = await order();
    const work = burnRender({ renderId, signal: new AbortController().signal });
    const underWay = async () =>
      (await db().videoRender.findUniqueOrThrow({ where: { id: renderId } })).progress > 0;
    await expect.poll(underWay, { timeout: 60_000, interval: 20 }).toBe(true);
    await db().video.update({ where: { id: videoId }, data: { mediaDeletedAt: new Date() } });
    await work;
    expect(await view(renderId)).toMatchObject({ status: "failed", errorCode: "gone" });
    expect((await storage().list(rendersPrefix(sourceKey))).objects).toEqual([]);
  }, 120_000);
});
