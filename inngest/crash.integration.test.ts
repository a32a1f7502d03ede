import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenAiStandIn, startOpenAiStandIn } from "@/e2e/providers/openai";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { hasLibrivox, makeSpeechVideo } from "@/lib/testing/speech-video";
import { WorkerProcess } from "@/lib/testing/worker-process";

let app: TestApp;
let service: OpenAiStandIn;
let jobs: typeof import("@/lib/jobs/service");
let owner: { id: string };
let video: string;
/** Killed with SIGKILL at each stage of a job and started again. */
const worker = new WorkerProcess();

beforeAll(async () => {
  if (!hasLibrivox) return;
  service = await startOpenAiStandIn({
    transcript: { language: "english", segments: [{ text: " He was.", startMs: 0, endMs: 3000 }] },
  });
  app = await startTestApp({ OPENAI_BASE_URL: service.url, OPENAI_API_KEY: service.apiKey });
  jobs = await import("@/lib/jobs/service");
  owner = await makeUser();
  video = path.join(app.dataDir, "speech.mp4");
  await makeSpeechVideo({ output: video, times: 14 });
}, 120_000);

afterAll(async () => {
  if (!hasLibrivox) return;
  await worker.kill();
  await service.close();
  await app.stop();
});

const read = (job: JobView) => jobs.getJob({ ownerId: owner.id, jobId: job.id });

async function until(job: JobView, reached: (now: JobView) => boolean): Promise<JobView> {
  for (let waited = 0; waited < 3000; waited++) {
    const now = await read(job);
    if (reached(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the job didn't get there");
}

/** Windows that are listened to for the language come without one; chunks are told it. */
const chunksSent = () => service.requests.filter(({ language }) => language !== undefined).length;

const stage = (name: string, percent: number) => (now: JobView) =>
  now.stages.some((each) => each.stage === name && each.progress >= percent) ||
  now.status === "completed";

const moments: [string, (now: JobView) => boolean][] = [
  ["as it begins", (now) => now.status === "processing"],
  ["while the sound is made", stage("audio", 5)],
  ["while speech is looked for", stage("audio", 75)],
  [
    "with the first chunk on its way",
    (now) => stage("recognition", 0)(now) && stage("audio", 100)(now),
  ],
  ["between chunks", stage("recognition", 30)],
  ["with everything recognised", stage("recognition", 100)],
];

describe.skipIf(!hasLibrivox)("kill -9 of the worker", () => {
  it.each(moments)(
    "%s: the job goes on and finishes",
    async (_, reached) => {
      const before = chunksSent();
      // Answers take a moment, so that a kill can fall into one.
      service.script(...Array.from({ length: 8 }, () => ({ kind: "slow", delayMs: 400 }) as const));
      const { id: videoId } = await makeVideo({
        ownerId: owner.id,
        file: video,
        durationMs: 420_000,
      });
      const input = { videoId, language: "auto", idempotencyKey: newId() };
      const job = await jobs.createJob({ ownerId: owner.id, input });
      worker.start();
      const atKill = await until(job, reached);
      await worker.kill();
      const { readChunks } = await import("@/lib/jobs/pipeline/chunk-repo");
      const stored = (await readChunks(job.id)).filter((chunk) => chunk.result).length;
      const sentAtKill = chunksSent();

      worker.start();
      const done = await until(job, (now) => ["completed", "failed"].includes(now.status));
      await worker.kill();
      expect(done).toMatchObject({ status: "completed", progress: 100, errorCode: null });
      expect(done.progress).toBeGreaterThanOrEqual(atKill.progress);
      expect(done.tracks).toHaveLength(1);
      // Charged once, whenever the worker died.
      expect(done.credits).toEqual({ held: 0, captured: 70, released: 0 });
      const chunks = await readChunks(job.id);
      expect(chunks.every((chunk) => chunk.result)).toBe(true);
      // What was stored before the kill isn't sent again.
      expect(chunksSent() - sentAtKill).toBe(chunks.length - stored);
      expect(sentAtKill - before).toBeGreaterThanOrEqual(stored);
    },
    90_000,
  );
});
