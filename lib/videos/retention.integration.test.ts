import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { mailsTo, makeMember } from "@/lib/testing/people";

let app: TestApp;
let retention: typeof import("./retention");
let ledger: typeof import("@/lib/credits/ledger");
let overview: typeof import("./overview");
let serving: typeof import("./serving");
let service: typeof import("./service");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;
let newId: typeof import("@/lib/ids").newId;

beforeAll(async () => {
  app = await startTestApp();
  [retention, ledger, overview, serving, service, { transaction }, { db }, { newId }] =
    await Promise.all([
      import("./retention"),
      import("@/lib/credits/ledger"),
      import("./overview"),
      import("./serving"),
      import("./service"),
      import("@/lib/transaction"),
      import("@/lib/db"),
      import("@/lib/ids"),
    ]);
});
afterAll(() => app.stop());

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

async function owned(amount: number) {
  const { id: ownerId } = await makeUser();
  const key = `test:${ownerId}`;
  await transaction((tx) => ledger.grantCredits(tx, { ownerId, source: "goodwill", amount, key }));
  const video = await makeVideo({ ownerId });
  return { ownerId, videoId: video.id };
}

const start = (videoId: string, outcome: "completed" | "waiting", nowMs: number) =>
  transaction((tx) => retention.startRetention(tx, { videoId, outcome, nowMs }));
const expiry = async (id: string) =>
  (await db().video.findUniqueOrThrow({ where: { id } })).expiresAt?.getTime() ?? null;

describe("a video's files", () => {
  it("go two hours after their job, unreadable from that moment", async () => {
    const { ownerId, videoId } = await owned(100);
    await start(videoId, "completed", Date.now() - 2 * hourMs - 1);
    const video = await overview.getVideo({ ownerId, videoId });
    expect(video).toMatchObject({ playUrl: null, downloadUrl: null });
    expect(video.mediaDeletedAt).not.toBeNull();
    const request = new Request("http://self.invalid/");
    const served = serving.serveVideoFile({ request, ownerId, videoId, file: "original" });
    await expect(served).rejects.toMatchObject({ code: "gone" });
    await expect(service.captionableVideo({ ownerId, videoId })).rejects.toMatchObject({
      code: "gone",
    });
    await expect(transaction((tx) => retention.holdRetention(tx, videoId))).rejects.toMatchObject({
      code: "gone",
    });

    expect(await retention.expireVideos()).toBeGreaterThan(0);
    expect(await retention.expireVideos()).toBe(0);
    const events = await db().outbox.findMany({ where: { id: `video-media-delete-${videoId}` } });
    expect(events).toHaveLength(1);
  });

  it("stay while a job works on them", async () => {
    const nowMs = Date.now();
    const { ownerId, videoId } = await owned(100);
    await start(videoId, "waiting", nowMs);
    const job = { id: newId(), ownerId, videoId, language: "auto", idempotencyKey: newId() };
    await db().job.create({ data: job });
    await transaction((tx) => retention.holdRetention(tx, videoId));
    expect(await expiry(videoId)).toBeNull();
    // The end of another job isn't the end of this one.
    await start(videoId, "completed", nowMs);
    expect(await expiry(videoId)).toBeNull();
    await db().job.update({ where: { id: job.id }, data: { status: "completed" } });
    await start(videoId, "completed", nowMs);
    expect(await expiry(videoId)).toBe(nowMs + 2 * hourMs);
  });

  it("left without an end get one", async () => {
    const { videoId } = await owned(100);
    const uploadedAt = new Date(Date.now() - 2 * dayMs);
    await db().video.update({ where: { id: videoId }, data: { uploadedAt } });
    await retention.expireVideos();
    expect(await expiry(videoId)).toBeGreaterThan(Date.now() + 23 * hourMs);
  });

  it("are announced to their owner once", async () => {
    const member = await makeMember();
    const { id: videoId } = await makeVideo({ ownerId: member.id, title: "바다" });
    const nowMs = Date.now();
    const soon = new Date(nowMs + 20 * hourMs);
    await db().video.update({
      where: { id: videoId },
      data: { expiresAt: soon, retainedUntil: soon },
    });
    await retention.warnOfExpiry(nowMs);
    await retention.warnOfExpiry(nowMs);
    const kinds = (await mailsTo(member.email)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "video-expiring")).toHaveLength(1);
    expect(await db().notice.count({ where: { userId: member.id } })).toBe(1);
  });
});

describe("more time", () => {
  it("is paid for once, whatever comes twice", async () => {
    const { ownerId, videoId } = await owned(100);
    const nowMs = Date.now();
    await start(videoId, "completed", nowMs);
    const before = await expiry(videoId);
    const asked = { ownerId, videoId, days: 7, idempotencyKey: newId(), nowMs } as const;
    const { balance } = await retention.getRetention({ ownerId, videoId }, nowMs);
    await Promise.all([1, 2, 3, 4].map(() => retention.extendRetention(asked)));
    expect(await expiry(videoId)).toBe((before ?? 0) + 7 * dayMs);
    const after = await retention.getRetention({ ownerId, videoId }, nowMs);
    expect(after.balance).toBe(balance - 5);
    const again = { ...asked, days: 30, idempotencyKey: newId() } as const;
    expect((await retention.extendRetention(again)).balance).toBe(balance - 20);
    expect(await expiry(videoId)).toBe((before ?? 0) + 37 * dayMs);
  });

  it("is refused without the credits for it, and nothing changes", async () => {
    const { ownerId, videoId } = await owned(1);
    const wallet = await db().creditWallet.findUniqueOrThrow({ where: { ownerId } });
    const nowMs = Date.now();
    await start(videoId, "completed", nowMs);
    await db().creditWallet.update({ where: { ownerId }, data: { frozenAt: new Date() } });
    const asked = { ownerId, videoId, days: 90, idempotencyKey: newId(), nowMs } as const;
    await expect(retention.extendRetention(asked)).rejects.toMatchObject({ code: "wallet_frozen" });
    expect(await expiry(videoId)).toBe(nowMs + 2 * hourMs);
    const now = await db().creditWallet.findUniqueOrThrow({ where: { ownerId } });
    expect(now).toMatchObject({ posted: wallet.posted, held: 0 });
  });

  it("can't be bought for files that are gone, nor by another", async () => {
    const { ownerId, videoId } = await owned(100);
    const other = await owned(100);
    await start(videoId, "completed", Date.now() - dayMs);
    const asked = { ownerId, videoId, days: 7, idempotencyKey: newId() } as const;
    await expect(retention.extendRetention(asked)).rejects.toMatchObject({ code: "gone" });
    await expect(
      retention.extendRetention({ ...asked, ownerId: other.ownerId }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("jobs over one video and more time for it", () => {
  it("at once don't wait for each other in a circle", async () => {
    // So long that no slow machine can be taken for a circle, which ends only then.
    await db().$executeRaw`ALTER SYSTEM SET deadlock_timeout = '8s'`;
    await db().$queryRaw`SELECT pg_reload_conf()`;
    const { ownerId, videoId } = await owned(1_000);
    const jobs = await import("@/lib/jobs/service");
    const { settleJob } = await import("@/lib/jobs/settle");
    const queue = (idempotencyKey: string) =>
      transaction((tx) =>
        jobs.queueJob(tx, { ownerId, videoId, language: "ko", durationMs: 10_000, idempotencyKey }),
      );
    for (let round = 0; round < 5; round++) {
      await queue(`first-${round}`);
      const [first] = await db().job.findMany({ where: { idempotencyKey: `first-${round}` } });
      const outcome = { status: "cancelled" } as const;
      const started = performance.now();
      await Promise.all([
        queue(`second-${round}`),
        settleJob({ jobId: first?.id ?? "", attempt: 1, outcome }),
        retention.extendRetention({ ownerId, videoId, days: 7, idempotencyKey: newId() }),
        retention.extendRetention({ ownerId, videoId, days: 7, idempotencyKey: newId() }),
      ]);
      expect(performance.now() - started).toBeLessThan(8_000);
    }
    await db().$executeRaw`ALTER SYSTEM RESET deadlock_timeout`;
    await db().$queryRaw`SELECT pg_reload_conf()`;
  }, 60_000);

  it("can't begin over files that are gone", async () => {
    const { ownerId, videoId } = await owned(100);
    await db().video.update({ where: { id: videoId }, data: { mediaDeletedAt: new Date() } });
    const jobs = await import("@/lib/jobs/service");
    const job = { ownerId, videoId, language: "ko", durationMs: 10_000, idempotencyKey: newId() };
    await expect(transaction((tx) => jobs.queueJob(tx, job))).rejects.toMatchObject({
      code: "gone",
    });
    const { held } = await db().creditWallet.findUniqueOrThrow({ where: { ownerId } });
    expect(held).toBe(0);
  });
});

it("a purchase that was refused works under the same key once there are credits", async () => {
  const { ownerId, videoId } = await owned(1_000);
  const asked = { ownerId, videoId, days: 7, idempotencyKey: newId() } as const;
  await db().creditWallet.update({ where: { ownerId }, data: { frozenAt: new Date() } });
  await expect(retention.extendRetention(asked)).rejects.toMatchObject({ code: "wallet_frozen" });
  await db().creditWallet.update({ where: { ownerId }, data: { frozenAt: null } });
  await retention.extendRetention(asked);
  const video = await db().video.findUniqueOrThrow({ where: { id: videoId } });
  expect(video.retainedUntil).not.toBeNull();
});
