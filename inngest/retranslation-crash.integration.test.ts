import { afterAll, beforeAll, expect, it } from "vitest";
import { type DeeplStandIn, startDeeplStandIn } from "@/e2e/providers/deepl";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { makeCue, makeTrack } from "@/lib/testing/tracks";
import { WorkerProcess } from "@/lib/testing/worker-process";

let app: TestApp;
let deepl: DeeplStandIn;
let again: typeof import("@/lib/retranslation/service");
let jobs: typeof import("@/lib/jobs/service");
let tracks: typeof import("@/lib/tracks/service");
let overview: typeof import("@/lib/credits/balance");
let db: typeof import("@/lib/db").db;
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
/** Killed with SIGKILL between translating and storing, and started again. */
const worker = new WorkerProcess();

beforeAll(async () => {
  deepl = await startDeeplStandIn();
  app = await startTestApp({ DEEPL_SERVER_URL: deepl.url, DEEPL_AUTH_KEY: deepl.authKey });
  [again, jobs, tracks, overview, { db }, { verifyLedger }] = await Promise.all([
    import("@/lib/retranslation/service"),
    import("@/lib/jobs/service"),
    import("@/lib/tracks/service"),
    import("@/lib/credits/balance"),
    import("@/lib/db"),
    import("@/lib/credits/verify"),
  ]);
}, 120_000);

afterAll(async () => {
  await worker.kill();
  await deepl.close();
  await app.stop();
});

const cueIds = Array.from({ length: 60 }, (_, at) => `cue-${at}`);

/** A track in Korean and its translation, of which every cue is ordered again. */
async function order() {
  const { id: ownerId } = await makeUser({ credits: 20 });
  const { id: videoId } = await makeVideo({ ownerId, durationMs: 60_000 });
  const cues = cueIds.map((id, at) =>
    makeCue(id, at * 1_000, `${at}번째 이야기는 바다에서 시작해요.`, { endMs: at * 1_000 + 900 }),
  );
  const { trackId: sourceTrackId } = await makeTrack({ ownerId, videoId, cues });
  const { trackId } = await makeTrack({
    ...{ ownerId, videoId, language: "en", sourceTrackId },
    cues: cues.map((cue) => ({ ...cue, text: `Old ${cue.id}` })),
  });
  const input = { idempotencyKey: newId(), maxCredits: 20 };
  const { id: jobId } = await again.retranslate({ userId: ownerId, trackId, cueIds, input });
  return { ownerId, trackId, jobId };
}

async function until<Value>(read: () => Promise<Value>, reached: (now: Value) => boolean) {
  for (let waited = 0; waited < 3_000; waited++) {
    const now = await read();
    if (reached(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it didn't get there");
}

/** Keeps a track's row locked while `work` runs: whoever stores into it waits. */
async function whileLocked(trackId: string, work: () => Promise<void>): Promise<void> {
  await db().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM tracks WHERE id = ${trackId}::uuid FOR UPDATE`;
      await work();
    },
    { timeout: 60_000 },
  );
}

/** How many wait for the row of a track that somebody else has locked. */
async function waiting(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
      AND query LIKE '%FROM tracks%FOR UPDATE%'`;
  return row?.count ?? 0;
}

const texts = (requests: readonly { texts: string[] }[]) => requests.flatMap((each) => each.texts);

it("is killed between translating and storing: translated, stored and paid for once", async () => {
  const { ownerId, trackId, jobId } = await order();
  const read = (): Promise<JobView> => jobs.getJob({ ownerId, jobId });
  const stored = () => db().trackOperation.count({ where: { trackId } });
  const untranslated = () => db().translationBatch.count({ where: { jobId, translatedAt: null } });
  const textsNow = async () => {
    const { cues } = await tracks.getTrack({ userId: ownerId, trackId });
    return cues.map(({ text }) => text);
  };
  const before = await textsNow();

  await whileLocked(trackId, async () => {
    worker.start();
    // Every text has come back, and the step stands before the track that it is to store them in.
    await until(waiting, (count) => count > 0);
    expect(await untranslated()).toBe(0);
    await worker.kill();
  });
  const sent = deepl.requests.length;
  expect(texts(deepl.requests).length).toBeGreaterThan(0);
  expect((await read()).status).toBe("processing");
  expect((await read()).credits).toEqual({ held: 5, captured: 0, released: 0 });
  expect([await stored(), await textsNow()]).toEqual([0, before]);

  worker.start();
  const done = await until(read, ({ status }) => status === "completed" || status === "failed");
  await worker.kill();
  expect(done).toMatchObject({ status: "completed", progress: 100, tracks: [{ id: trackId }] });
  expect(done.credits).toEqual({ held: 0, captured: 5, released: 0 });
  expect(await overview.availableCredits(ownerId)).toBe(15);
  // What had come back before the kill wasn't asked for again.
  expect(deepl.requests.length).toBe(sent);
  expect(await stored()).toBe(1);
  const after = await textsNow();
  expect(after.filter((text) => text === "" || text.startsWith("Old"))).toEqual([]);
  const captures = await db().ledgerTransaction.count({
    where: { kind: "capture", component: "translate:en" },
  });
  expect(captures).toBe(1);
  expect((await verifyLedger()).failures).toEqual([]);
}, 90_000);
