import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainOptions } from "@/lib/jobs/plain-options";
import { planSample } from "@/lib/media/sample";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeEditorThings, makeShared } from "@/lib/testing/editor-things";
import { fund, makeUser } from "@/lib/testing/factories";
import type { CreateUploadMeta } from "./schema";

let app: TestApp;
let uploads: typeof import("./uploads");
let orders: typeof import("./caption-orders");
let glossary: typeof import("@/lib/glossary/service");
let listNotices: typeof import("@/lib/notices/service").listNotices;
let overview: typeof import("./overview");
let preparation: typeof import("./preparation");
let removal: typeof import("./removal");
let updateVideo: typeof import("./repo").updateVideo;
let jobs: typeof import("@/lib/jobs/service");
let storage: typeof import("@/lib/storage").storage;
let file: string;
let bytes: Buffer;

beforeAll(async () => {
  app = await startTestApp();
  [uploads, orders, { listNotices }, overview, preparation, removal, jobs, { storage }] =
    await Promise.all([
      import("./uploads"),
      import("./caption-orders"),
      import("@/lib/notices/service"),
      import("./overview"),
      import("./preparation"),
      import("./removal"),
      import("@/lib/jobs/service"),
      import("@/lib/storage"),
    ]);
  ({ updateVideo } = await import("./repo"));
  glossary = await import("@/lib/glossary/service");
  file = path.join(app.dataDir, "clip.mp4");
  await promisify(execFile)("ffmpeg", [
    ...["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=5:d=2"],
    ...["-f", "lavfi", "-i", "sine=440:d=2", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", "-c:a", "aac", file],
  ]);
  bytes = await readFile(file);
});
afterAll(() => app.stop());

async function asked(change: Partial<CreateUploadMeta> = {}) {
  const plan = await planSample({
    sizeBytes: bytes.length,
    read: async (start, end) => new Uint8Array(bytes.subarray(start, end)),
  });
  const meta: CreateUploadMeta = {
    fileName: "clip.mp4",
    sizeBytes: bytes.length,
    contentType: "video/mp4",
    lastModifiedMs: 1,
    fingerprint: createHash("sha256").update("clip").digest("hex"),
    ranges: plan.ranges.map(({ offset, bytes }) => ({ offset, length: bytes.length })),
    caption: true,
    language: "ko",
    ...change,
  };
  return { meta, sample: Buffer.concat(plan.ranges.map((range) => range.bytes)) };
}

async function put(pathname: string): Promise<void> {
  await storage().put(pathname, { path: file }, { contentType: "video/mp4" });
}

describe("opening an upload", () => {
  it("gives two tabs with the same file the same upload", async () => {
    const owner = await makeUser();
    const form = await asked();
    const opened = await Promise.all(
      Array.from({ length: 6 }, () => uploads.createUpload({ ownerId: owner.id, ...form })),
    );
    expect(new Set(opened.map(({ upload }) => upload.id)).size).toBe(1);
    expect(opened.filter(({ created }) => created)).toHaveLength(1);
    const { videos } = await overview.listVideos({ ownerId: owner.id, query: { limit: 10 } });
    expect(videos).toHaveLength(1);
  });

  it("keeps accounts apart, also for the same file", async () => {
    const [one, two] = await Promise.all([makeUser(), makeUser()]);
    const form = await asked();
    const first = await uploads.createUpload({ ownerId: one.id, ...form });
    const second = await uploads.createUpload({ ownerId: two.id, ...form });
    expect(second.created).toBe(true);
    expect(second.upload.id).not.toBe(first.upload.id);
    const foreign = { ownerId: two.id, uploadId: first.upload.id };
    for (const attempt of [
      () => uploads.getUpload(foreign),
      () => uploads.completeUpload(foreign),
      () => uploads.cancelUpload(foreign),
      () => uploads.attachUpload({ ...foreign, storageUploadId: "x", storageKey: "y" }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("refuses a sample that isn't what its ranges say", async () => {
    const owner = await makeUser();
    const form = await asked();
    const bad = { ...form, sample: form.sample.subarray(1) };
    await expect(uploads.createUpload({ ownerId: owner.id, ...bad })).rejects.toMatchObject({
      code: "invalid_request",
    });
    const { meta } = await asked({
      ranges: [{ offset: bytes.length - 1, length: form.sample.length }],
    });
    await expect(
      uploads.createUpload({ ownerId: owner.id, meta, sample: form.sample }),
    ).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("remembers the storage's names of the tab that was first, and every part", async () => {
    const owner = await makeUser();
    const { upload } = await uploads.createUpload({ ownerId: owner.id, ...(await asked()) });
    const own = { ownerId: owner.id, uploadId: upload.id };
    await uploads.attachUpload({ ...own, storageUploadId: "first", storageKey: "first" });
    const second = await uploads.attachUpload({
      ...own,
      storageUploadId: "second",
      storageKey: "second",
    });
    expect(second.storageUploadId).toBe("first");
    const part = { partNumber: 1, etag: '"a"', sizeBytes: bytes.length };
    await uploads.recordPart({ ...own, part });
    await uploads.recordPart({ ...own, part: { ...part, etag: '"b"' } });
    expect((await uploads.getUpload(own)).parts).toEqual([{ partNumber: 1, etag: '"b"' }]);
    for (const wrong of [
      { ...part, sizeBytes: 7 },
      { ...part, partNumber: 2 },
    ]) {
      await expect(uploads.recordPart({ ...own, part: wrong })).rejects.toMatchObject({
        code: "size_mismatch",
      });
    }
  });
});

describe("ending an upload", () => {
  it("makes one video and one job, however often it is said", async () => {
    const owner = await makeUser();
    const { upload } = await uploads.createUpload({ ownerId: owner.id, ...(await asked()) });
    const own = { ownerId: owner.id, uploadId: upload.id };
    await expect(uploads.completeUpload(own)).rejects.toMatchObject({ code: "not_ready" });
    await put(upload.pathname);
    const ended = await Promise.all(Array.from({ length: 6 }, () => uploads.completeUpload(own)));
    expect(new Set(ended.map(({ videoId }) => videoId))).toEqual(new Set([upload.videoId]));
    const { jobs: made } = await jobs.listJobs({ ownerId: owner.id, query: { limit: 10 } });
    expect(made.map((job) => [job.videoId, job.language])).toEqual([[upload.videoId, "ko"]]);
    // The same file again is a new upload, not the old one.
    const again = await uploads.createUpload({ ownerId: owner.id, ...(await asked()) });
    expect(again.created).toBe(true);
  });

  it("refuses an object of another size than was said", async () => {
    const owner = await makeUser();
    const form = await asked();
    const { upload } = await uploads.createUpload({ ownerId: owner.id, ...form });
    const { db } = await import("@/lib/db");
    await db().video.update({
      where: { id: upload.videoId },
      data: { sizeBytes: bytes.length + 1 },
    });
    await put(upload.pathname);
    const own = { ownerId: owner.id, uploadId: upload.id };
    await expect(uploads.completeUpload(own)).rejects.toMatchObject({ code: "size_mismatch" });
  });

  it("leaves nothing after a cancellation or a week", async () => {
    const owner = await makeUser();
    const own = (id: string) => ({ ownerId: owner.id, uploadId: id });
    const cancelled = await uploads.createUpload({ ownerId: owner.id, ...(await asked()) });
    await uploads.cancelUpload(own(cancelled.upload.id));
    await uploads.cancelUpload(own(cancelled.upload.id));
    const forgotten = await uploads.createUpload({ ownerId: owner.id, ...(await asked()) });
    expect(forgotten.created).toBe(true);
    await uploads.expireUploads(Date.now() + 8 * 24 * 3_600_000);
    expect((await uploads.getUpload(own(forgotten.upload.id))).state).toBe("expired");
    const { videos } = await overview.listVideos({ ownerId: owner.id, query: { limit: 10 } });
    expect(videos).toEqual([]);
  });
});

describe("subtitles ordered with an upload", () => {
  async function opened(change: Partial<CreateUploadMeta> = {}, credits = 10) {
    const owner = await makeUser({ credits });
    const form = await asked({ caption: false, ...change });
    const { upload } = await uploads.createUpload({ ownerId: owner.id, ...form });
    await put(upload.pathname);
    const own = { ownerId: owner.id, uploadId: upload.id };
    const jobsNow = async () =>
      (await jobs.listJobs({ ownerId: owner.id, query: { limit: 10 } })).jobs;
    const notices = () => listNotices({ userId: owner.id, unread: false, limit: 10 });
    return { owner, form, upload, own, jobsNow, notices };
  }

  it("show their price with the upload and are started at that price", async () => {
    const { upload, own, jobsNow } = await opened();
    expect(Math.abs((upload.durationMs ?? 0) - 2000)).toBeLessThan(100);
    expect(upload).toMatchObject({
      caption: null,
      quote: { total: 1, balance: 10, balanceAfter: 9, affordable: true },
    });
    expect(await orders.orderCaption({ ...own, input: { language: "en", maxCredits: 1 } })).toBe(
      null,
    );
    const { caption } = await uploads.getUpload(own);
    expect(caption).toEqual({ language: "en", options: plainOptions, maxCredits: 1 });
    expect(await jobsNow()).toEqual([]);
    await Promise.all([1, 2, 3].map(() => uploads.completeUpload(own)));
    const made = await jobsNow();
    expect(made).toMatchObject([{ language: "en", credits: { held: 1 } }]);
    expect((await uploads.getUpload(own)).quote).toMatchObject({ balance: 9 });
  });

  it("are made with everything that was chosen, as it was then", async () => {
    const { owner, own, jobsNow } = await opened();
    const term = { term: "래프트", language: null, misheard: [], translations: {} };
    const { id: termId } = await glossary.addTerm({ ownerId: owner.id, term });
    const options = { profile: "bbc", formality: "polite" as const, hints: ["바다"] };
    await orders.orderCaption({ ...own, input: { language: "ko", options } });
    const wanted = { ...plainOptions, ...options };
    expect((await uploads.getUpload(own)).caption?.options).toEqual(wanted);
    await glossary.removeTerm({ ownerId: owner.id, termId });
    await uploads.completeUpload(own);
    const [job] = await jobsNow();
    expect(job?.options).toEqual(wanted);
    const { db } = await import("@/lib/db");
    const where = { id: job?.id ?? "" };
    const row = await db().job.findUniqueOrThrow({ where, include: { terms: true } });
    expect(row.options).toMatchObject({ rules: "bbc" });
    expect(row.options).not.toHaveProperty("terms");
    expect(row.terms?.terms).toMatchObject({ hints: ["바다", "래프트"] });
  });

  it("are refused at once where no engine can do what was chosen", async () => {
    const { own } = await opened();
    const input = { language: "ko", options: { targets: ["en"] } };
    const code = "translation_unavailable";
    await expect(orders.orderCaption({ ...own, input })).rejects.toMatchObject({ code });
    expect((await uploads.getUpload(own)).caption).toBeNull();
  });

  it("aren't made when nobody orders them, and start at once when the file is there", async () => {
    const { own, jobsNow } = await opened();
    await uploads.completeUpload(own);
    expect(await jobsNow()).toEqual([]);
    const order = { ...own, input: { language: "ko", maxCredits: 1 } };
    const started = await Promise.all([1, 2, 3].map(() => orders.orderCaption(order)));
    expect(new Set(started.map((job) => job?.id)).size).toBe(1);
    expect(await jobsNow()).toHaveLength(1);
  });

  it("can be taken back, and stay when the same file is chosen again", async () => {
    const { owner, form, own, jobsNow } = await opened();
    await orders.orderCaption({ ...own, input: { language: "ko", maxCredits: 5 } });
    const again = await uploads.createUpload({ ownerId: owner.id, ...form });
    expect(again).toMatchObject({ created: false, upload: { caption: { maxCredits: 5 } } });
    await orders.withdrawCaption(own);
    expect((await uploads.getUpload(own)).caption).toBeNull();
    await uploads.completeUpload(own);
    expect(await jobsNow()).toEqual([]);
  });

  it("are refused at a price that nobody agreed to", async () => {
    const { own } = await opened();
    const order = { ...own, input: { language: "ko", maxCredits: 0 } };
    await expect(orders.orderCaption(order)).rejects.toMatchObject({ code: "price_changed" });
    expect((await uploads.getUpload(own)).caption).toBeNull();
  });

  it("don't hold the video up when the credits don't suffice: its owner is told", async () => {
    const { owner, upload, own, jobsNow, notices } = await opened({}, 0);
    await orders.orderCaption({ ...own, input: { language: "ko", maxCredits: 1 } });
    for (const _ of [1, 2]) await uploads.completeUpload(own);
    expect(await jobsNow()).toEqual([]);
    const video = await overview.getVideo({ ownerId: owner.id, videoId: upload.videoId });
    expect(video).toMatchObject({ status: "preparing", job: null });
    const values = { videoId: upload.videoId, title: "clip", lacking: 1 };
    expect((await notices()).notices).toMatchObject([{ kind: "job-unaffordable", values }]);
    // Nothing starts by itself later; the person does it.
    await fund(owner.id, 5);
    await preparation.inspectVideo({ videoId: upload.videoId });
    expect(await jobsNow()).toEqual([]);
    await orders.orderCaption({ ...own, input: { language: "ko", maxCredits: 1 } });
    expect(await jobsNow()).toMatchObject([{ credits: { held: 1 } }]);
  });

  it("wait for the length where the head of the file doesn't tell it", async () => {
    const { upload, own, jobsNow } = await opened({ caption: true, maxCredits: 1 });
    const { db } = await import("@/lib/db");
    const { videoId } = upload;
    await db().video.update({ where: { id: videoId }, data: { durationMs: null } });
    expect(await uploads.getUpload(own)).toMatchObject({ durationMs: null, quote: null });
    await uploads.completeUpload(own);
    expect(await jobsNow()).toEqual([]);
    for (const _ of [1, 2]) await preparation.inspectVideo({ videoId });
    expect(await jobsNow()).toMatchObject([{ language: "ko", credits: { held: 1 } }]);
  });

  it("are only its owner's to order", async () => {
    const { own } = await opened();
    const { id: ownerId } = await makeUser();
    const foreign = { ownerId, uploadId: own.uploadId };
    const hidden = { code: "not_found" };
    const input = { language: "ko" };
    await expect(orders.orderCaption({ ...foreign, input })).rejects.toMatchObject(hidden);
    await expect(orders.withdrawCaption(foreign)).rejects.toMatchObject(hidden);
  });
});

/** Something in each place that can hold something about a video. */
async function makeMuchOf(own: { ownerId: string; videoId: string }): Promise<void> {
  const { makeCue, makeTrack } = await import("@/lib/testing/tracks");
  const { importTranscript } = await import("@/lib/transcripts/service");
  const { addSpeaker } = await import("@/lib/speakers/service");
  const { trackId } = await makeTrack({ ...own, cues: [makeCue("cue-0", 0, "안녕하세요.")] });
  await makeEditorThings({ ...own, trackId });
  await makeShared({ videoId: own.videoId, userId: (await makeUser()).id });
  const bytes = new TextEncoder().encode("안녕하세요.");
  await importTranscript({ ...own, fileName: "script.txt", bytes, locale: "ko" });
  await addSpeaker({ userId: own.ownerId, videoId: own.videoId, name: "민지" });
}

/** How many rows of each table are about a video. */
async function rowsAbout(videoId: string): Promise<Record<string, number>> {
  const { db } = await import("@/lib/db");
  const tables = await db().$queryRaw<{ table: string }[]>`
    SELECT table_name AS "table" FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'video_id'`;
  const counts: Record<string, number> = {};
  for (const { table } of tables) {
    const statement = `SELECT count(*)::int AS n FROM ${table} WHERE video_id = $1::uuid`;
    const [row] = await db().$queryRawUnsafe<{ n: number }[]>(statement, videoId);
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

describe("a video", () => {
  async function uploaded() {
    const owner = await makeUser();
    const form = await asked({ caption: false });
    const { upload } = await uploads.createUpload({ ownerId: owner.id, ...form });
    await put(upload.pathname);
    await uploads.completeUpload({ ownerId: owner.id, uploadId: upload.id });
    return { ownerId: owner.id, videoId: upload.videoId };
  }

  it("gets its facts, picture and peaks, again and again the same", async () => {
    const own = await uploaded();
    for (const _ of [1, 2]) {
      await preparation.inspectVideo({ videoId: own.videoId });
      await preparation.prepareThumbnail({ videoId: own.videoId });
      await preparation.preparePreview({ videoId: own.videoId });
      await preparation.preparePeaks({ videoId: own.videoId });
    }
    const video = await overview.getVideo(own);
    expect(video).toMatchObject({
      status: "ready",
      container: "mp4",
      width: 160,
      height: 90,
      videoCodec: "h264",
      audioCodec: "aac",
      previewPending: false,
    });
    expect(Math.abs((video.durationMs ?? 0) - 2000)).toBeLessThan(100);
    for (const url of [video.thumbnailUrl, video.peaksUrl, video.playUrl, video.downloadUrl]) {
      expect(url).toContain(video.id);
    }
  });

  it("learns once where its shots change", async () => {
    const own = await uploaded();
    const { getOwnVideo, shotChangesOf } = await import("./service");
    expect(shotChangesOf(await getOwnVideo(own))).toBeUndefined();
    await preparation.prepareShotChanges({ videoId: own.videoId });
    expect(shotChangesOf(await getOwnVideo(own))).toEqual([]);
    await updateVideo(own.videoId, { shotChanges: [1240, 5320] });
    await preparation.prepareShotChanges({ videoId: own.videoId });
    expect(shotChangesOf(await getOwnVideo(own))).toEqual([1240, 5320]);
  });

  it("goes with everything of it, and leaves a tombstone without a name", async () => {
    const own = await uploaded();
    await preparation.prepareThumbnail({ videoId: own.videoId });
    await makeMuchOf(own);
    expect(new Set(Object.values(await rowsAbout(own.videoId)))).toEqual(new Set([1]));
    await overview.deleteVideo(own);
    await expect(overview.getVideo(own)).rejects.toMatchObject({ code: "not_found" });
    await expect(overview.deleteVideo(own)).rejects.toMatchObject({ code: "not_found" });
    await removal.eraseVideo(own.videoId);
    const { objects } = await storage().list(`u/${own.ownerId}/${own.videoId}/`);
    expect(objects).toEqual([]);
    const { db } = await import("@/lib/db");
    const row = await db().video.findUniqueOrThrow({ where: { id: own.videoId } });
    expect(row).toMatchObject({ status: "deleted", title: "", fileName: "" });
    expect(row.deletedAt).not.toBeNull();
    expect(new Set(Object.values(await rowsAbout(own.videoId)))).toEqual(new Set([0]));
    await expect(preparation.inspectVideo({ videoId: own.videoId })).rejects.toMatchObject({
      code: "gone",
    });
    // What a browser still sent with its token goes at the second look.
    await put(`u/${own.ownerId}/${own.videoId}/source.mp4`);
    await removal.eraseVideo(own.videoId);
    const late = await storage().list(`u/${own.ownerId}/${own.videoId}/`);
    expect(late.objects).toEqual([]);
  });
});
