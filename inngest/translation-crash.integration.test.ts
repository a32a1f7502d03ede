import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DeeplStandIn, startDeeplStandIn } from "@/e2e/providers/deepl";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { makeCue, makeTrack } from "@/lib/testing/tracks";
import { WorkerProcess } from "@/lib/testing/worker-process";

let app: TestApp;
let deepl: DeeplStandIn;
let jobs: typeof import("@/lib/jobs/service");
let db: typeof import("@/lib/db").db;
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
/** Killed with SIGKILL while it translates, and started again. */
const worker = new WorkerProcess();

beforeAll(async () => {
  // Answers take a moment, so that a kill falls into some.
  deepl = await startDeeplStandIn({ misbehave: () => ({ kind: "slow", delayMs: 250 }) });
  app = await startTestApp({ DEEPL_SERVER_URL: deepl.url, DEEPL_AUTH_KEY: deepl.authKey });
  [jobs, { db }, { verifyLedger }] = await Promise.all([
    import("@/lib/jobs/service"),
    import("@/lib/db"),
    import("@/lib/credits/verify"),
  ]);
}, 120_000);

afterAll(async () => {
  await worker.kill();
  await deepl.close();
  await app.stop();
});

const targets = ["en", "ja"];
const cueCount = 480;
const textOf = (at: number) => `${at}번째 이야기는 바다에서 시작해요.`;

async function order(): Promise<{ ownerId: string; job: JobView }> {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId, durationMs: 480_000 });
  const cues = Array.from({ length: cueCount }, (_, at) =>
    makeCue(`cue-${at}`, at * 1_000, textOf(at), { endMs: at * 1_000 + 900 }),
  );
  const { trackId: sourceTrackId } = await makeTrack({ ownerId, videoId, cues });
  const input = { kind: "translate" as const, videoId, options: { targets }, sourceTrackId };
  const job = await jobs.createJob({ ownerId, input: { ...input, idempotencyKey: newId() } });
  return { ownerId, job };
}

async function until(read: () => Promise<JobView>, reached: (now: JobView) => boolean) {
  for (let waited = 0; waited < 3_000; waited++) {
    const now = await read();
    if (reached(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the job didn't get there");
}

/** How often each text went out into each language, from the `from`th request on. */
function sent(from = 0): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { target, texts } of deepl.requests.slice(from)) {
    for (const [, at] of texts.join(" ").matchAll(/(\d+)번째/g)) {
      const key = `${target} ${at}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

async function storedKeys(jobId: string): Promise<string[]> {
  const batches = await db().translationBatch.findMany({
    where: { jobId, translatedAt: { not: null } },
  });
  return batches.flatMap(({ language, cueIds }) =>
    (cueIds as string[]).map((id) => {
      const target = language === "en" ? "EN-US" : language.toUpperCase();
      return `${target} ${id.replace("cue-", "")}`;
    }),
  );
}

describe("kill -9 of the worker while it translates", () => {
  it.each([10, 45, 80])(
    "at %i percent: nothing stored is sent again, and each language is charged once",
    async (percent) => {
      const before = deepl.requests.length;
      const { ownerId, job } = await order();
      const read = () => jobs.getJob({ ownerId, jobId: job.id });
      worker.start();
      const atKill = await until(read, ({ progress }) => progress >= percent);
      await worker.kill();
      const stored = await storedKeys(job.id);
      const sentAtKill = deepl.requests.length;
      expect(stored.length).toBeGreaterThan(0);
      expect(atKill.status).toBe("processing");

      worker.start();
      const done = await until(read, ({ status }) => status === "completed" || status === "failed");
      await worker.kill();
      expect(done).toMatchObject({ status: "completed", progress: 100 });
      expect(done.credits).toEqual({ held: 0, captured: 80, released: 0 });
      expect(done.tracks.map(({ language }) => language)).toEqual(targets);
      const again = sent(sentAtKill);
      expect(stored.filter((key) => again.has(key))).toEqual([]);
      const all = sent(before);
      expect(all.size).toBe(cueCount * targets.length);
      // Only what was on its way when the worker died went out twice.
      const twice = [...all].filter(([, count]) => count > 1).map(([key]) => key);
      expect(twice.filter((key) => stored.includes(key))).toEqual([]);
      expect((await verifyLedger()).failures).toEqual([]);
    },
    90_000,
  );
});
