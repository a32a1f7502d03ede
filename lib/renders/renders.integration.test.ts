import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { editTrack, makeCue, makeTrack } from "@/lib/testing/tracks";
import { startTestWorker } from "@/lib/testing/worker";
import { WorkerProcess } from "@/lib/testing/worker-process";
import { rendersPrefix } from "@/lib/videos/keys";
import { maxOpenRenders, renderKeptMs } from "./limits";
import { orderRenderInput } from "./schema";

const exec = promisify(execFile);

let app: TestApp;
let renders: typeof import("./service");
let keeping: typeof import("./keeping");
let db: typeof import("@/lib/db").db;
let storage: typeof import("@/lib/storage").storage;
let short: string;
let long: string;
const worker = new WorkerProcess();

beforeAll(async () => {
  app = await startTestApp();
  [renders, keeping, { db }, { storage }] = await Promise.all([
    import("./service"),
    import("./keeping"),
    import("@/lib/db"),
    import("@/lib/storage"),
  ]);
  short = await clip("short.mp4", "color=c=0x336699:size=640x360:rate=25", 3);
  long = await clip("long.mp4", "testsrc2=size=1280x720:rate=30", 25);
}, 120_000);
afterAll(async () => {
  await worker.kill();
  await app.stop();
});

async function clip(name: string, source: string, seconds: number): Promise<string> {
  const file = path.join(app.dataDir, name);
  const picture = ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast"];
  const sound = ["-f", "lavfi", "-i", "sine=frequency=440", "-c:a", "aac"];
  const inputs = [...picture.slice(0, 4), ...sound.slice(0, 4), ...picture.slice(4)];
  const codecs = [...sound.slice(4), "-pix_fmt", "yuv420p", "-t", String(seconds), "-y"];
  await exec("ffmpeg", ["-nostdin", "-v", "error", ...inputs, ...codecs, file]);
  return file;
}

/** A video with subtitles from 1 to 2.5 s, its owner, an editor, a viewer and somebody else. */
async function world(file: string, durationMs = 3_000) {
  const [owner, editor, viewer, stranger] = await Promise.all([1, 2, 3, 4].map(() => makeUser()));
  if (!owner || !editor || !viewer || !stranger) throw new Error("unreachable");
  const { id: videoId, sourceKey } = await makeVideo({
    ...{ ownerId: owner.id, file, durationMs, title: "바다 여행" },
  });
  const cues = [makeCue("a", 1_000, "입힌 자막")];
  const { trackId } = await makeTrack({ ownerId: owner.id, videoId, cues });
  await db().videoMember.createMany({
    data: [
      { videoId, userId: editor.id, role: "editor" },
      { videoId, userId: viewer.id, role: "viewer" },
    ],
  });
  const order = (userId = owner.id, idempotencyKey = newId(), options = {}) =>
    renders.orderRender({
      ...{ userId, videoId },
      input: orderRenderInput.parse({ trackId, idempotencyKey, options }),
    });
  const list = (userId = owner.id) => renders.listRenders({ userId, videoId });
  const objects = async () => {
    return (await storage().list(rendersPrefix(sourceKey))).objects.map(({ pathname }) => pathname);
  };
  return { owner, editor, viewer, stranger, videoId, trackId, order, list, objects };
}

const coded = (code: string) => ({ code });
const read = (userId: string, renderId: string) => renders.getRender({ userId, renderId });

/** Waits until a render has come so far. */
async function until(userId: string, renderId: string, reached: (progress: number) => boolean) {
  const view = () => read(userId, renderId);
  await expect
    .poll(async () => reached((await view()).progress), { timeout: 120_000, interval: 100 })
    .toBe(true);
  return view();
}

async function ended(userId: string, renderId: string) {
  await expect
    .poll(async () => (await read(userId, renderId)).endedAt, { timeout: 150_000, interval: 100 })
    .not.toBeNull();
  return read(userId, renderId);
}

/** Share of bright pixels in a picture of a video. */
async function brightness(file: string, seconds: number): Promise<number> {
  const args = ["-nostdin", "-v", "error", "-i", file, "-ss", String(seconds)];
  const picture = ["-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"];
  const { stdout } = await exec("ffmpeg", [...args, ...picture], {
    ...{ encoding: "buffer", maxBuffer: 64 * 2 ** 20 },
  });
  return stdout.filter((value) => value > 220).length / stdout.length;
}

describe("a video with its subtitles in the picture", () => {
  it("is made of the subtitles as they were ordered, and taken home", async () => {
    const { owner, editor, trackId, order, list } = await world(short);
    const { id } = await order(owner.id, newId(), { height: 720, quality: "high" });
    // Nobody works yet: what is edited now comes too late.
    const operation = { kind: "removeCue", cueId: "a" } as const;
    await editTrack({ actorId: owner.id, trackId, baseRevision: 0, operation });
    const early = renders.serveRender({
      request: new Request("http://x"),
      userId: owner.id,
      renderId: id,
    });
    await expect(early).rejects.toMatchObject(coded("not_ready"));
    const { stop } = await startTestWorker({ databaseUrl: app.databaseUrl });
    const done = await ended(owner.id, id);
    await stop();
    expect(done).toMatchObject({
      ...{ status: "completed", progress: 100, revision: 0, language: "ko", errorCode: null },
      options: { height: 720, quality: "high" },
    });
    const request = new Request("http://x");
    const response = await renders.serveRender({ request, userId: editor.id, renderId: id });
    expect(response.headers.get("content-disposition")).toContain(
      encodeURIComponent("바다 여행.ko.mp4"),
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(done.sizeBytes);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(done.sha256);
    const part = await renders.serveRender({
      request: new Request("http://x", { headers: { range: "bytes=4-7" } }),
      ...{ userId: owner.id, renderId: id },
    });
    expect([part.status, await part.text()]).toEqual([206, "ftyp"]);
    const file = path.join(app.dataDir, "back.mp4");
    await writeFile(file, bytes);
    expect(await brightness(file, 0.5)).toBe(0);
    expect(await brightness(file, 1.5)).toBeGreaterThan(0.001);
    expect((await list()).renders.map((each) => each.id)).toEqual([id]);
    const told = await db().notice.findMany({ where: { userId: owner.id } });
    expect(told.map(({ kind }) => kind)).toEqual(["render-completed"]);
  }, 180_000);

  it("is ordered once, however often it is pressed, and not too often", async () => {
    const { owner, order, list } = await world(short);
    const key = newId();
    const pressed = await Promise.all([
      order(owner.id, key),
      order(owner.id, key),
      order(owner.id, key),
    ]);
    expect(new Set(pressed.map(({ id }) => id)).size).toBe(1);
    for (let i = 1; i < maxOpenRenders; i++) await order();
    await expect(order()).rejects.toMatchObject(coded("limit_reached"));
    const { renders: made } = await list();
    expect(made).toHaveLength(maxOpenRenders);
    for (const { id } of made) await renders.removeRender({ userId: owner.id, renderId: id });
    expect((await list()).renders).toEqual([]);
  });

  it("is the owner's to order, and to be had by those who edit", async () => {
    const { owner, editor, viewer, stranger, trackId, order, list } = await world(short);
    const { id: renderId } = await order();
    const other = await world(short);
    const input = orderRenderInput.parse({ trackId, idempotencyKey: newId() });
    const elsewhere = { userId: other.owner.id, videoId: other.videoId, input };
    await expect(renders.orderRender(elsewhere)).rejects.toMatchObject(coded("not_found"));
    expect(await list()).toMatchObject({ mayOrder: true, available: true });
    expect(await list(editor.id)).toMatchObject({ mayOrder: false, renders: [{ id: renderId }] });
    for (const [userId, code] of [
      [viewer.id, "forbidden"],
      [stranger.id, "not_found"],
    ] as const) {
      await expect(list(userId)).rejects.toMatchObject(coded(code));
      await expect(read(userId, renderId)).rejects.toMatchObject(coded(code));
      const request = new Request("http://x");
      const file = renders.serveRender({ request, userId, renderId });
      await expect(file).rejects.toMatchObject(coded(code));
    }
    for (const [userId, code] of [
      [editor.id, "forbidden"],
      [viewer.id, "forbidden"],
      [stranger.id, "not_found"],
    ] as const) {
      await expect(order(userId)).rejects.toMatchObject(coded(code));
      const removal = renders.removeRender({ userId, renderId });
      await expect(removal).rejects.toMatchObject(coded(code));
    }
    await renders.removeRender({ userId: owner.id, renderId });
    await expect(read(owner.id, renderId)).rejects.toMatchObject(coded("not_found"));
  });

  it("says why it can't be made", async () => {
    const broken = path.join(app.dataDir, "broken.mp4");
    await writeFile(broken, Buffer.from("....ftypisom and then nothing of use"));
    const { owner, order } = await world(broken);
    const { id } = await order();
    const { stop } = await startTestWorker({ databaseUrl: app.databaseUrl });
    const done = await ended(owner.id, id);
    await stop();
    expect(done).toMatchObject({ status: "failed", fileUrl: null });
    expect(done.errorCode).toMatch(/^(file_|video_|media_)/);
    const told = await db().notice.findMany({ where: { userId: owner.id } });
    expect(told.map(({ kind }) => kind)).toEqual(["render-failed"]);
    const gone = renders.serveRender({
      request: new Request("http://x"),
      userId: owner.id,
      renderId: id,
    });
    await expect(gone).rejects.toMatchObject(coded("gone"));
  }, 60_000);

  it("stops when it is removed, and leaves nothing", async () => {
    const { owner, order, objects } = await world(long, 25_000);
    const { id: renderId } = await order(owner.id, newId(), { quality: "high" });
    const { stop } = await startTestWorker({ databaseUrl: app.databaseUrl });
    await until(owner.id, renderId, (progress) => progress > 2);
    await renders.removeRender({ userId: owner.id, renderId });
    const run = () => db().$queryRaw<{ status: string }[]>`
      SELECT status FROM executor_runs WHERE function_id LIKE '%burn-in-video' AND status = 'active'`;
    await expect.poll(run, { timeout: 20_000 }).toEqual([]);
    await stop();
    expect(await objects()).toEqual([]);
    const told = await db().notice.findMany({ where: { userId: owner.id } });
    expect(told).toEqual([]);
  }, 180_000);

  it("is made after all when the worker is killed in the middle", async () => {
    const { owner, order, objects } = await world(long, 25_000);
    const { id } = await order();
    worker.start();
    const atKill = await until(owner.id, id, (progress) => progress > 5);
    await worker.kill();
    expect(await objects()).toEqual([]);
    worker.start();
    const done = await ended(owner.id, id);
    await worker.kill();
    expect(done).toMatchObject({ status: "completed", progress: 100 });
    expect(done.progress).toBeGreaterThanOrEqual(atKill.progress);
    expect(await objects()).toHaveLength(1);
    const told = await db().notice.findMany({ where: { userId: owner.id } });
    expect(told.map(({ kind }) => kind)).toEqual(["render-completed"]);
  }, 300_000);
});

describe("what is over", () => {
  it("is removed after a week, and ended when nobody works on it", async () => {
    const { owner, order, list } = await world(short);
    const [kept, lost] = [await order(), await order()];
    const { endRender } = await import("./settle");
    const key = `u/${owner.id}/x/renders/${kept.id}.mp4`;
    await storage().put(key, { path: short }, { contentType: "video/mp4" });
    const file = { key, sizeBytes: 1, sha256: "00" };
    expect(await endRender({ renderId: kept.id, file })).toBe(true);
    expect(await endRender({ renderId: kept.id, errorCode: "internal" })).toBe(false);
    expect(await renders.reconcileRenders()).toBe(0);
    expect(await renders.reconcileRenders(Date.now() + 25 * 3_600_000)).toBeGreaterThan(0);
    expect(await read(owner.id, lost.id)).toMatchObject({
      status: "failed",
      errorCode: "job_lost",
    });
    await keeping.expireRenders();
    expect((await list()).renders).toHaveLength(2);
    const late = Date.now() + renderKeptMs + 1_000;
    expect(
      (await renders.getRender({ userId: owner.id, renderId: kept.id, nowMs: late })).fileUrl,
    ).toBeNull();
    await keeping.expireRenders(late + 26 * 3_600_000);
    expect((await list()).renders).toEqual([]);
    expect(await storage().stat(key)).toBeUndefined();
  });
});
