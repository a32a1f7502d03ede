import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { type FullAccount, makeFullAccount } from "@/lib/testing/full-account";

let app: TestApp;
let deletion: typeof import("./deletion");
let jobs: typeof import("@/lib/jobs/service");
let retry: typeof import("@/lib/jobs/retry");
let outbox: typeof import("@/lib/outbox/service");
let overview: typeof import("@/lib/videos/overview");
let preparation: typeof import("@/lib/videos/preparation");
let removal: typeof import("@/lib/videos/removal");
let serving: typeof import("@/lib/videos/serving");
let storage: typeof import("@/lib/storage").storage;
let tracks: typeof import("@/lib/tracks/service");
let files: typeof import("@/lib/tracks/exporting");
let transaction: typeof import("@/lib/transaction").transaction;
let uploads: typeof import("@/lib/videos/uploads");
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [deletion, jobs, retry, outbox, overview, preparation, removal, serving, { storage }] =
    await Promise.all([
      import("./deletion"),
      import("@/lib/jobs/service"),
      import("@/lib/jobs/retry"),
      import("@/lib/outbox/service"),
      import("@/lib/videos/overview"),
      import("@/lib/videos/preparation"),
      import("@/lib/videos/removal"),
      import("@/lib/videos/serving"),
      import("@/lib/storage"),
    ]);
  [tracks, files, { transaction }, uploads, { db }] = await Promise.all([
    import("@/lib/tracks/service"),
    import("@/lib/tracks/exporting"),
    import("@/lib/transaction"),
    import("@/lib/videos/uploads"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

/** Does what the job engine does with the events that wait. */
async function work(): Promise<void> {
  await outbox.relayOutbox(async (events) => {
    for (const event of events) {
      if (event.name === "video/media-delete.requested") {
        await removal.removeMedia(event.data.videoId, event.data.renders);
      }
      if (event.name === "video/delete.requested") await removal.eraseVideo(event.data.videoId);
    }
  });
}

const ask = ({ id, email }: { id: string; email: string }, confirmation = email) =>
  deletion.requestDeletion({ userId: id, confirmation });

async function objectsOf({ id }: { id: string }): Promise<string[]> {
  const { objects } = await storage().list(`u/${id}/`);
  return objects.map(({ pathname }) => pathname.replace(`u/${id}/`, ""));
}

const auditOf = async ({ id }: { id: string }) =>
  (await db().auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map(
    ({ name }) => name,
  );

const mailsOf = async ({ id }: { id: string }) =>
  (await db().mail.findMany({ where: { userId: id }, orderBy: { id: "asc" } })).map(
    ({ kind }) => kind,
  );

/** Everything a deletion could touch. */
async function stateOf(account: FullAccount): Promise<unknown> {
  const where = { userId: account.id };
  return {
    user: await db().user.findUnique({ where: { id: account.id } }),
    sessions: await db().authSession.findMany({ where, include: { refreshTokens: true } }),
    videos: await db().video.findMany({ where: { ownerId: account.id }, orderBy: { id: "asc" } }),
    uploads: await db().upload.findMany({ where: { ownerId: account.id } }),
    jobs: await db().job.findMany({ where: { ownerId: account.id }, orderBy: { id: "asc" } }),
    tracks: await db().track.findMany({ where: { ownerId: account.id } }),
    mails: await mailsOf(account),
    audit: await auditOf(account),
    objects: await objectsOf(account),
  };
}

describe("asking for deletion", () => {
  it("changes nothing without the right confirmation", async () => {
    const account = await makeFullAccount();
    const before = await stateOf(account);
    for (const wrong of ["", "somebody@example.test", `${account.email}x`, "Test"]) {
      await expect(ask(account, wrong)).rejects.toMatchObject({ code: "confirmation_mismatch" });
    }
    await work();
    expect(await stateOf(account)).toEqual(before);
  });

  it("ends sign-ins and work and removes every file at once, and keeps the subtitles", async () => {
    const [account, other] = [await makeFullAccount(), await makeFullAccount()];
    const others = await stateOf(other);
    await ask(account, `  ${account.email.toUpperCase()} `);
    await work();
    const own = { ownerId: account.id, videoId: account.videoId };

    const live = { userId: account.id, revokedAt: null };
    expect(await db().authSession.count({ where: live })).toBe(0);
    const job = await jobs.getJob({ ownerId: account.id, jobId: account.jobId });
    expect(job.status).toBe("cancelled");
    expect(await objectsOf(account)).toEqual([expect.stringMatching(/^photo\//)]);

    const { videos } = await overview.listVideos({ ownerId: account.id, query: { limit: 10 } });
    expect(videos.map(({ id }) => id)).toEqual([account.videoId]);
    expect(videos[0]).toMatchObject({
      status: "ready",
      mediaDeletedAt: expect.any(String),
      thumbnailUrl: null,
      peaksUrl: null,
      playUrl: null,
      downloadUrl: null,
      previewPending: false,
      tracks: [{ id: account.trackId, language: "ko" }],
    });
    for (const file of ["media", "original", "thumbnail"] as const) {
      const request = new Request("http://localhost/");
      const served = serving.serveVideoFile({ ...own, request, file });
      await expect(served).rejects.toMatchObject({ code: "gone", status: 410 });
    }
    const input = { videoId: account.videoId, language: "ko", idempotencyKey: "another-one" };
    await expect(jobs.createJob({ ownerId: account.id, input })).rejects.toMatchObject({
      code: "gone",
    });
    await expect(
      retry.retryJob({ ownerId: account.id, jobId: account.jobId }),
    ).rejects.toMatchObject({ code: "gone" });

    const reading = { userId: account.id, trackId: account.trackId };
    expect((await tracks.getTrack(reading)).cues).toHaveLength(1);
    const query = { format: "srt" } as const;
    const file = await files.exportTrack({ ...reading, query, locale: "ko" });
    expect(new TextDecoder().decode(file.bytes)).toContain("안녕하세요");
    expect(await stateOf(other)).toEqual(others);
  });

  it("is noted once, however often it is asked", async () => {
    const account = await makeFullAccount();
    await ask(account);
    const first = await db().user.findUniqueOrThrow({ where: { id: account.id } });
    await Promise.all([ask(account), ask(account)]);
    const row = await db().user.findUniqueOrThrow({ where: { id: account.id } });
    expect(row.deletionRequestedAt).toEqual(first.deletionRequestedAt);
    expect((await mailsOf(account)).filter((kind) => kind === "deletion-asked")).toHaveLength(1);
    const audit = await auditOf(account);
    expect(audit.filter((name) => name === "user_deletion_requested")).toHaveLength(1);
  });

  it("takes the name of an account that has no address", async () => {
    const account = await makeUser();
    await db().user.update({ where: { id: account.id }, data: { email: null, name: "홍 길동" } });
    await expect(ask(account)).rejects.toMatchObject({ code: "confirmation_mismatch" });
    await ask(account, "홍 길동");
    const row = await db().user.findUniqueOrThrow({ where: { id: account.id } });
    expect(row.deletionRequestedAt).not.toBeNull();
  });

  it("lets nothing be made of a video any more, not even by what was at work", async () => {
    const account = await makeFullAccount();
    const { id: preparingId } = await makeVideo({ ownerId: account.id });
    await db().video.update({ where: { id: preparingId }, data: { status: "preparing" } });
    await ask(account);
    for (const videoId of [account.videoId, preparingId]) {
      await expect(preparation.inspectVideo({ videoId })).rejects.toMatchObject({ code: "gone" });
      await preparation.failPreparation(videoId);
      const view = await overview.getVideo({ ownerId: account.id, videoId });
      expect(view).toMatchObject({ status: "ready", errorCode: null });
    }
  });

  it("leaves no file of an upload that is completed at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const account = await makeUser();
      const { id: videoId, sourceKey } = await makeVideo({ ownerId: account.id });
      const sizeBytes = (await storage().stat(sourceKey))?.sizeBytes ?? 0;
      const data = { status: "uploading" as const, uploadedAt: null, sizeBytes };
      await db().video.update({ where: { id: videoId }, data });
      const upload = { id: videoId, ownerId: account.id, videoId, fingerprint: "f" };
      await db().upload.create({
        data: { ...upload, partSizeBytes: 50, captionLanguage: "ko" },
      });
      const both = await Promise.allSettled([
        uploads.completeUpload({ ownerId: account.id, uploadId: videoId }),
        ask(account),
      ]);
      expect(both[1]).toMatchObject({ status: "fulfilled" });
      await work();
      expect(await objectsOf(account)).toEqual([]);
    }
  });
});

describe("logging in within the time to think", () => {
  const cancel = (account: { id: string }) =>
    transaction((tx) => deletion.cancelDeletion(tx, account.id));

  it("takes the deletion back, once", async () => {
    const account = await makeFullAccount();
    expect(await cancel(account)).toBe(false);
    await ask(account);
    const answers = await Promise.all([cancel(account), cancel(account)]);
    expect(answers.sort()).toEqual([false, true]);
    const row = await db().user.findUniqueOrThrow({ where: { id: account.id } });
    expect(row).toMatchObject({ deletionRequestedAt: null, email: account.email });
    expect((await auditOf(account)).at(-1)).toBe("user_deletion_cancelled");
    expect((await mailsOf(account)).at(-1)).toBe("deletion-cancelled");
  });

  it("doesn't bring files back, and another deletion works as the first did", async () => {
    const account = await makeFullAccount();
    await ask(account);
    await cancel(account);
    await work();
    const own = { ownerId: account.id, videoId: account.videoId };
    const before = await overview.getVideo(own);
    expect(before.mediaDeletedAt).not.toBeNull();
    const fresh = await makeVideo({ ownerId: account.id });
    await ask(account);
    await work();
    expect(await objectsOf(account)).toEqual([expect.stringMatching(/^photo\//)]);
    const view = await overview.getVideo({ ownerId: account.id, videoId: fresh.id });
    expect(view.mediaDeletedAt).not.toBeNull();
    expect((await overview.getVideo(own)).mediaDeletedAt).toBe(before.mediaDeletedAt);
  });
});
