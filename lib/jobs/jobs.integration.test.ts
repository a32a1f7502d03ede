import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { mailsTo } from "@/lib/testing/people";
import type { Outcome } from "./settle";

let app: TestApp;
let service: typeof import("./service");
let retry: typeof import("./retry");
let settle: typeof import("./settle");
let steps: typeof import("./pipeline/steps");
let progress: typeof import("./pipeline/progress");
let stream: typeof import("./stream");
let outbox: typeof import("@/lib/outbox/service");

beforeAll(async () => {
  app = await startTestApp();
  [service, retry, settle, steps, progress, stream, outbox] = await Promise.all([
    import("./service"),
    import("./retry"),
    import("./settle"),
    import("./pipeline/steps"),
    import("./pipeline/progress"),
    import("./stream"),
    import("@/lib/outbox/service"),
  ]);
});
afterAll(() => app.stop());

async function newJob(idempotencyKey = "key-12345") {
  const owner = await makeUser();
  const video = await makeVideo({ ownerId: owner.id });
  const input = { videoId: video.id, language: "auto", idempotencyKey };
  const job = await service.createJob({ ownerId: owner.id, input });
  return { owner, video, job, input };
}

describe("a job's beginning", () => {
  it("makes one job from any number of equal requests", async () => {
    const owner = await makeUser();
    const video = await makeVideo({ ownerId: owner.id });
    const input = { videoId: video.id, language: "ko", idempotencyKey: "double-click" };
    const jobs = await Promise.all(
      Array.from({ length: 12 }, () => service.createJob({ ownerId: owner.id, input })),
    );
    expect(new Set(jobs.map((job) => job.id)).size).toBe(1);
    const { jobs: listed } = await service.listJobs({ ownerId: owner.id, query: { limit: 30 } });
    expect(listed).toHaveLength(1);
    const sent: string[] = [];
    await outbox.relayOutbox(async (events) => {
      sent.push(...events.map((event) => event.id));
    });
    expect(sent.filter((id) => id === `job-${jobs[0]?.id}-1`)).toHaveLength(1);
  });

  it("shows nothing of another's job or video", async () => {
    const { job, video } = await newJob();
    const stranger = await makeUser();
    const own = { ownerId: stranger.id, jobId: job.id };
    const input = { videoId: video.id, language: "auto", idempotencyKey: "stranger-1" };
    for (const attempt of [
      () => service.getJob(own),
      () => service.cancelJob(own),
      () => retry.retryJob(own),
      () => stream.jobFrames(own),
      () => service.createJob({ ownerId: stranger.id, input }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("a job's end", () => {
  it("happens once, whoever comes first", async () => {
    const { job } = await newJob();
    const outcomes: Outcome[] = [
      { status: "cancelled" },
      { status: "failed", errorCode: "internal" },
      { status: "completed", tracks: [] },
    ];
    const ended = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        settle.settleJob({
          jobId: job.id,
          attempt: 1,
          outcome: outcomes[index % 3] ?? { status: "cancelled" },
        }),
      ),
    );
    expect(ended.filter(Boolean)).toHaveLength(1);
  });

  it.each([
    ["completed", { jobCompleted: true }, ["job-completed"]],
    ["completed", {}, []],
    ["failed", {}, ["job-failed"]],
    ["failed", { jobFailed: false }, []],
    ["cancelled", { jobCompleted: true, jobFailed: true }, []],
  ] as const)("as %s with %o writes %o", async (status, notifications, kinds) => {
    const { owner, job } = await newJob();
    const { db } = await import("@/lib/db");
    await db().user.update({ where: { id: owner.id }, data: { notifications } });
    const outcome: Outcome =
      status === "completed"
        ? { status, tracks: [] }
        : status === "failed"
          ? { status, errorCode: "internal" }
          : { status };
    await settle.settleJob({ jobId: job.id, attempt: 1, outcome });
    const mails = await mailsTo(owner.email);
    expect(mails.map(({ kind }) => kind)).toEqual(kinds);
    for (const { values } of mails) {
      expect(values).toMatchObject({ title: "A video", link: `/jobs/${job.id}` });
    }
  });

  it("is not touched by what an earlier attempt still says", async () => {
    const { owner, job } = await newJob();
    const own = { ownerId: owner.id, jobId: job.id };
    await settle.settleJob({
      jobId: job.id,
      attempt: 1,
      outcome: { status: "failed", errorCode: "speech_failed" },
    });
    expect(await service.getJob(own)).toMatchObject({
      status: "failed",
      errorCode: "speech_failed",
      failedStage: "audio",
    });
    const again = await retry.retryJob(own);
    expect(again).toMatchObject({ status: "pending", attempt: 2, errorCode: null });
    const late = { jobId: job.id, attempt: 1, outcome: { status: "cancelled" } as const };
    expect(await settle.settleJob(late)).toBe(false);
    await expect(steps.beginJob({ jobId: job.id, attempt: 1 })).rejects.toMatchObject({
      code: "job_cancelled",
    });
    expect((await service.getJob(own)).status).toBe("pending");
  });

  it("comes at once on cancel, stops the run, and cancelling again changes nothing", async () => {
    const { owner, job } = await newJob();
    const own = { ownerId: owner.id, jobId: job.id };
    expect((await service.cancelJob(own)).status).toBe("cancelled");
    const { seq } = await service.cancelJob(own);
    expect(seq).toBe((await service.getJob(own)).seq);
    const sent: string[] = [];
    await outbox.relayOutbox(async (events) => {
      sent.push(...events.map((event) => event.id));
    });
    expect(sent).toContain(`job-cancel-${job.id}-1`);
    await expect(
      progress.reportStage(
        { jobId: job.id, attempt: 1 },
        {
          stage: "audio",
          status: "running",
          progress: 50,
        },
      ),
    ).rejects.toMatchObject({ code: "job_cancelled" });
  });
});

describe("progress", () => {
  it("never falls, neither a stage's nor the whole", async () => {
    const { owner, job } = await newJob();
    const ref = { jobId: job.id, attempt: 1 };
    await steps.beginJob(ref);
    const seen: number[] = [];
    for (const percent of [10, 60, 30, 60, 90, 5]) {
      await progress.reportStage(ref, { stage: "audio", status: "running", progress: percent });
      seen.push((await service.getJob({ ownerId: owner.id, jobId: job.id })).progress);
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(9);
  });

  it("tells the story live, and from where the listener left off", async () => {
    const { owner, job } = await newJob();
    const own = { ownerId: owner.id, jobId: job.id };
    const ref = { jobId: job.id, attempt: 1 };
    const frames: { id: number; event: string }[] = [];
    const listening = (async () => {
      for await (const frame of await stream.jobFrames(own)) frames.push(frame);
    })();
    await steps.beginJob(ref);
    await progress.reportStage(ref, { stage: "audio", status: "running", progress: 40 });
    await settle.settleJob({ ...ref, outcome: { status: "completed", tracks: [] } });
    await listening;
    expect(frames[0]?.event).toBe("snapshot");
    expect(frames.slice(1).every((frame) => frame.event === "job")).toBe(true);
    const ids = frames.map((frame) => frame.id);
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => (ids[0] ?? 0) + index));

    const after = ids[1] ?? 0;
    const replayed: number[] = [];
    for await (const frame of await stream.jobFrames({ ...own, after })) replayed.push(frame.id);
    expect(replayed).toEqual(ids.filter((id) => id > after));
  });
});

describe("a listener that goes away", () => {
  it("ends its stream although nothing happens", async () => {
    const { owner, job } = await newJob();
    const controller = new AbortController();
    const { signal } = controller;
    const frames = await stream.jobFrames({ ownerId: owner.id, jobId: job.id, signal });
    const ended = (async () => {
      let count = 0;
      for await (const _ of frames) count += 1;
      return count;
    })();
    setTimeout(() => controller.abort(), 100);
    expect(await ended).toBe(1);
  });
});

describe("the reconciler", () => {
  it("ends jobs that have gone quiet, and only those", async () => {
    const quiet = await newJob();
    const waiting = await newJob();
    await steps.beginJob({ jobId: quiet.job.id, attempt: 1 });
    const later = Date.now() + 25 * 3_600_000;
    expect(await service.reconcileJobs(later)).toBeGreaterThanOrEqual(1);
    const state = async ({ owner, job }: typeof quiet) =>
      service.getJob({ ownerId: owner.id, jobId: job.id });
    expect(await state(quiet)).toMatchObject({ status: "failed", errorCode: "job_lost" });
    expect(await state(waiting)).toMatchObject({ status: "pending" });
  });
});
