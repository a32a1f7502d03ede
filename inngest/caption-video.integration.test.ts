import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenAiStandIn, startOpenAiStandIn } from "@/e2e/providers/openai";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { hasLibrivox, makeSpeechlessVideo, makeSpeechVideo } from "@/lib/testing/speech-video";
import { startTestWorker } from "@/lib/testing/worker";

let app: TestApp;
let service: OpenAiStandIn;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
let jobs: typeof import("@/lib/jobs/service");
let retry: typeof import("@/lib/jobs/retry");
let tracks: typeof import("@/lib/tracks/service");
let chunks: typeof import("@/lib/jobs/pipeline/chunk-repo");
let owner: { id: string };
/** Long enough for several chunks; its audio is prepared once. */
let longVideo: { id: string };

const sentences = ["He was not an ill disposed young man.", "Had he married a more amiable woman,"];

beforeAll(async () => {
  service = await startOpenAiStandIn({
    transcript: ({ durationMs }) => ({
      language: "english",
      segments: sentences.map((text, index) => ({
        text: ` ${text}`,
        startMs: 1000 + index * 4000,
        endMs: Math.min(durationMs, 4500 + index * 4000),
      })),
    }),
  });
  app = await startTestApp({ OPENAI_BASE_URL: service.url, OPENAI_API_KEY: service.apiKey });
  [jobs, retry, tracks, chunks] = await Promise.all([
    import("@/lib/jobs/service"),
    import("@/lib/jobs/retry"),
    import("@/lib/tracks/service"),
    import("@/lib/jobs/pipeline/chunk-repo"),
  ]);
  worker = await startTestWorker(app);
  owner = await makeUser();
  if (hasLibrivox) {
    const file = path.join(app.dataDir, "long.mp4");
    await makeSpeechVideo({ output: file, times: 25 });
    longVideo = await makeVideo({ ownerId: owner.id, file, durationMs: 750_000 });
  }
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await service.close();
  await app.stop();
});

async function start(videoId: string, language = "auto"): Promise<JobView> {
  const input = { videoId, language, idempotencyKey: newId() };
  return jobs.createJob({ ownerId: owner.id, input });
}

/** What the long video costs, by its length as it was found out. */
async function longPrice(): Promise<number> {
  const { quoteJob } = await import("@/lib/credits/quotes");
  return (await quoteJob({ ownerId: owner.id, videoId: longVideo.id })).total;
}

async function ended(job: JobView): Promise<JobView> {
  for (let waited = 0; waited < 600; waited++) {
    const now = await jobs.getJob({ ownerId: owner.id, jobId: job.id });
    if (["completed", "failed", "cancelled"].includes(now.status)) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the job didn't end");
}

describe.skipIf(!hasLibrivox)(
  "captioning real speech against a speech service that misbehaves",
  () => {
    let before = 0;
    beforeEach(() => {
      before = service.requests.length;
    });

    it("makes a track from every chunk, each sent once", async () => {
      const job = await ended(await start(longVideo.id));
      expect(job).toMatchObject({
        status: "completed",
        progress: 100,
        detectedLanguage: "en",
        speechEngine: "openai",
      });
      expect(job.stages.every((stage) => stage.progress === 100)).toBe(true);
      expect(job.credits).toEqual({ held: 0, captured: 125, released: 0 });
      const rows = await chunks.readChunks(job.id);
      expect(rows.length).toBeGreaterThanOrEqual(2);
      // Windows are listened to for the language; every chunk is then told it.
      const languages = service.requests.slice(before).map((request) => request.language);
      const windows = languages.filter((language) => language === undefined).length;
      expect(windows).toBeLessThanOrEqual(3);
      expect(languages.slice(windows)).toEqual(rows.map(() => "en"));

      const trackId = job.tracks[0]?.id ?? "";
      const track = await tracks.getTrack({ userId: owner.id, trackId });
      expect(track.language).toBe("en");
      // A chunk's words stand at its real place in the video.
      for (const { startMs, endMs } of rows) {
        const inside = track.cues.filter((cue) => cue.startMs >= startMs && cue.endMs <= endMs);
        expect(inside.map((cue) => cue.text).join(" ")).toContain("ill disposed");
        expect(Math.abs((inside[0]?.startMs ?? 0) - startMs - 1000)).toBeLessThanOrEqual(20);
      }
    }, 90_000);

    it("gets through 429 with Retry-After, 500, a broken connection and a cut answer", async () => {
      service.script(
        { kind: "rate_limited", retryAfterSeconds: 1 },
        { kind: "rate_limited", retryAfterSeconds: 1 },
        { kind: "server_error" },
        { kind: "dropped" },
        { kind: "truncated" },
      );
      const job = await ended(await start(longVideo.id, "en"));
      expect(job).toMatchObject({ status: "completed", progress: 100, errorCode: null });
      const rows = await chunks.readChunks(job.id);
      const answered = service.requests.slice(before).filter((request) => request.status === 200);
      // Every chunk was answered well once; the cut answer is the one more.
      expect(answered.length).toBe(rows.length + 1);
    }, 90_000);

    it.each([
      [{ kind: "unauthorized" }, "speech_unauthorized"],
      [{ kind: "insufficient_quota" }, "speech_quota_exceeded"],
      [{ kind: "too_large" }, "speech_rejected"],
    ] as const)(
      "fails at once with the right reason on %o",
      async (fault, errorCode) => {
        service.script(fault, fault);
        const job = await ended(await start(longVideo.id));
        expect(job).toMatchObject({ status: "failed", errorCode, failedStage: "recognition" });
        expect(job.tracks).toEqual([]);
        expect(job.credits).toEqual({ held: 0, captured: 0, released: await longPrice() });
        // The client itself asks once more after a 429; nothing asks after that.
        const expected = fault.kind === "insufficient_quota" ? 2 : 1;
        expect(service.requests.length - before).toBe(expected);
        service.script();
      },
      60_000,
    );

    it("goes on from the stored chunks when the person tries again", async () => {
      // A chunk succeeds, then the service loses its key for good.
      service.script(
        { kind: "slow", delayMs: 1 },
        { kind: "unauthorized" },
        { kind: "unauthorized" },
      );
      const failed = await ended(await start(longVideo.id, "en"));
      expect(failed.status).toBe("failed");
      const stored = (await chunks.readChunks(failed.id)).filter((row) => row.result);
      expect(stored.length).toBeGreaterThanOrEqual(1);
      const sentBefore = service.requests.length;
      await retry.retryJob({ ownerId: owner.id, jobId: failed.id });
      const done = await ended(failed);
      expect(done).toMatchObject({ status: "completed", attempt: 2, progress: 100 });
      const price = await longPrice();
      expect(done.credits).toEqual({ held: 0, captured: price, released: price });
      const rows = await chunks.readChunks(failed.id);
      expect(service.requests.length - sentBefore).toBe(rows.length - stored.length);
    }, 90_000);

    it("stops the request in progress on cancel and leaves no track", async () => {
      service.script({ kind: "slow", delayMs: 30_000 });
      const job = await start(longVideo.id);
      await expect.poll(() => service.requests.length - before, { timeout: 30_000 }).toBe(1);
      await jobs.cancelJob({ ownerId: owner.id, jobId: job.id });
      const request = service.requests.at(-1);
      await expect.poll(() => request?.aborted, { timeout: 10_000 }).toBe(true);
      const now = await ended(job);
      expect(now).toMatchObject({
        status: "cancelled",
        tracks: [],
        credits: { released: await longPrice() },
      });
      expect(service.requests.length - before).toBe(1);
    }, 60_000);
  },
);

describe("captioning a video in which nobody speaks", () => {
  it.each([
    ["silence", "anullsrc=r=44100:cl=stereo"],
    ["noise", "anoisesrc=c=pink:a=0.3:r=44100"],
    ["a chord", "aevalsrc=0.3*sin(2*PI*262*t)+0.3*sin(2*PI*330*t):s=44100"],
  ])(
    "makes no cue and no call from %s",
    async (name, source) => {
      const before = service.requests.length;
      const file = path.join(app.dataDir, `${name}.mp4`);
      await makeSpeechlessVideo(file, source);
      const video = await makeVideo({ ownerId: owner.id, file, durationMs: 8000 });
      const job = await ended(await start(video.id));
      expect(job).toMatchObject({ status: "completed", progress: 100 });
      expect(job.credits).toEqual({ held: 0, captured: 0, released: 2 });
      const trackId = job.tracks[0]?.id ?? "";
      expect((await tracks.getTrack({ userId: owner.id, trackId })).cues).toEqual([]);
      expect(service.requests.length).toBe(before);
    },
    30_000,
  );
});
