import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { fund, makeUser, makeVideo } from "@/lib/testing/factories";

let app: TestApp;
let service: typeof import("./service");
let retry: typeof import("./retry");
let settle: typeof import("./settle");
let saving: typeof import("./pipeline/saving");
let chunks: typeof import("./pipeline/chunk-repo");
let receipts: typeof import("@/lib/credits/receipts");
let quotes: typeof import("@/lib/credits/quotes");
let balance: typeof import("@/lib/credits/balance");
let transactions: typeof import("@/lib/transaction");
let data: typeof import("@/lib/db");

beforeAll(async () => {
  app = await startTestApp();
  [service, retry, settle, saving, chunks, receipts, quotes, balance, transactions, data] =
    await Promise.all([
      import("./service"),
      import("./retry"),
      import("./settle"),
      import("./pipeline/saving"),
      import("./pipeline/chunk-repo"),
      import("@/lib/credits/receipts"),
      import("@/lib/credits/quotes"),
      import("@/lib/credits/balance"),
      import("@/lib/transaction"),
      import("@/lib/db"),
    ]);
});
afterAll(() => app.stop());

const minuteMs = 60_000;

/** A video of five minutes, 50 credits, and what its owner has. */
async function setUp(credits = 100) {
  const { id: ownerId } = await makeUser({ credits });
  const { id: videoId } = await makeVideo({ ownerId, durationMs: 5 * minuteMs });
  let presses = 0;
  const start = (more: { maxCredits?: number; idempotencyKey?: string } = {}) =>
    service.createJob({
      ownerId,
      input: { videoId, language: "ko", idempotencyKey: `press-${++presses}-1234`, ...more },
    });
  const available = () => balance.availableCredits(ownerId);
  const receipt = (jobId: string) => receipts.getReceipt({ ownerId, jobId });
  return { ownerId, videoId, start, available, receipt };
}

/** What recognition heard: words of a sentence, or nothing. */
async function hear(jobId: string, text = "안녕하세요 여러분"): Promise<void> {
  const words = text.split(" ").filter(Boolean);
  const timed = words.map((word, at) => ({
    text: word,
    startMs: at * 500,
    endMs: at * 500 + 450,
  }));
  const said = { text, startMs: 0, endMs: words.length * 500 };
  const result = {
    language: "ko",
    durationMs: 3000,
    segments: words.length > 0 ? [said] : [],
    words: timed,
  };
  const span = { startMs: 0, endMs: 3000 };
  await transactions.transaction(async (tx) => {
    await chunks.insertChunks(tx, jobId, [{ index: 0, ...span, speech: [span] }]);
    await chunks.storeResult(tx, jobId, 0, result);
  });
}

const fails = { status: "failed", errorCode: "speech_failed" } as const;

describe("starting a job", () => {
  it("holds its price, once for any number of equal requests", async () => {
    const { start, available, receipt } = await setUp();
    const same = { idempotencyKey: "double-click" };
    const jobs = await Promise.all(Array.from({ length: 8 }, () => start(same)));
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    expect(jobs[0]?.credits).toEqual({ held: 50, captured: 0, released: 0 });
    expect(await available()).toBe(50);
    expect((await receipt(jobs[0]?.id ?? "")).attempts).toHaveLength(1);
  });

  it("is refused without enough credits, leaves no job, and may be tried again", async () => {
    const { ownerId, start, available } = await setUp(30);
    const press = { idempotencyKey: "the same button" };
    for (const _ of [1, 2]) {
      await expect(start(press)).rejects.toMatchObject({
        code: "credits_insufficient",
        data: { amount: 50, available: 30 },
      });
    }
    expect((await service.listJobs({ ownerId, query: { limit: 5 } })).jobs).toEqual([]);
    expect(await available()).toBe(30);
    await fund(ownerId, 20);
    expect((await start(press)).credits.held).toBe(50);
    expect(await available()).toBe(0);
  });

  it("lets as many of many jobs through as there are credits for", async () => {
    const { ownerId, start, available } = await setUp(170);
    const tried = await Promise.allSettled(Array.from({ length: 10 }, () => start()));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await available()).toBe(20);
    expect((await service.listJobs({ ownerId, query: { limit: 20 } })).jobs).toHaveLength(3);
  });

  it("is refused when it costs more than the person saw", async () => {
    const { start, available } = await setUp();
    await expect(start({ maxCredits: 49 })).rejects.toMatchObject({
      code: "price_changed",
      data: { amount: 50, available: 100 },
    });
    expect(await available()).toBe(100);
    expect((await start({ maxCredits: 50 })).credits.held).toBe(50);
  });

  it("waits until the length is known, as its quote does", async () => {
    const { id: ownerId } = await makeUser();
    const { id: videoId } = await makeVideo({ ownerId, durationMs: null });
    const input = { videoId, language: "ko", idempotencyKey: "too-early-1" };
    const refusal = { code: "not_ready" };
    await expect(service.createJob({ ownerId, input })).rejects.toMatchObject(refusal);
    await expect(quotes.quoteJob({ ownerId, videoId })).rejects.toMatchObject(refusal);
  });
});

describe("the quote", () => {
  it("says what starting will hold, line by line, and what is left", async () => {
    const { ownerId, videoId } = await setUp(60);
    const options = { ownerId, videoId, language: "ko", targets: ["en", "ko", "en"] };
    expect(await quotes.quoteJob(options)).toEqual({
      ruleVersion: "2026-11",
      lines: [
        { component: "transcribe", units: 300_000, amount: 50 },
        { component: "translate:en", units: 300_000, amount: 25 },
      ],
      total: 75,
      balance: 60,
      balanceAfter: -15,
      affordable: false,
      estimateMs: null,
      audioChannels: null,
    });
  });

  it("is nobody else's", async () => {
    const { videoId, start } = await setUp();
    const { id: jobId } = await start();
    const { id: ownerId } = await makeUser();
    const hidden = { code: "not_found" };
    await expect(quotes.quoteJob({ ownerId, videoId })).rejects.toMatchObject(hidden);
    await expect(receipts.getReceipt({ ownerId, jobId })).rejects.toMatchObject(hidden);
  });
});

describe("a job's end", () => {
  it("charges subtitles once, however often they are saved", async () => {
    const { start, available, receipt } = await setUp();
    const { id: jobId } = await start();
    await hear(jobId);
    const call = { jobId, attempt: 1 };
    const saved = await Promise.allSettled([1, 2, 3].map(() => saving.saveJobTrack(call)));
    expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(saving.saveJobTrack(call)).rejects.toMatchObject({ code: "job_finished" });
    expect(await available()).toBe(50);
    const { attempts, ...totals } = await receipt(jobId);
    expect(totals).toMatchObject({ captured: 50, released: 0, held: 0, jobStatus: "completed" });
    expect(attempts[0]?.steps.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["reserve", 50],
      ["capture", 50],
    ]);
    expect(attempts[0]?.steps[1]?.lots).toMatchObject([{ source: "goodwill", amount: 50 }]);
  });

  it("charges nothing for a video in which nobody speaks", async () => {
    const { ownerId, start, available, receipt } = await setUp();
    const { id: jobId } = await start();
    await hear(jobId, "");
    await saving.saveJobTrack({ jobId, attempt: 1 });
    expect(await available()).toBe(100);
    const job = await service.getJob({ ownerId, jobId });
    expect(job).toMatchObject({ status: "completed", credits: { captured: 0, released: 50 } });
    expect((await receipt(jobId)).attempts[0]?.steps.at(-1)).toMatchObject({
      kind: "release",
      reason: "no_speech",
      amount: 50,
    });
  });

  it.each([
    ["failed", fails, "speech_failed"],
    ["cancelled", { status: "cancelled" }, "cancelled"],
  ] as const)("gives everything back once when %s", async (_, outcome, reason) => {
    const { start, available, receipt } = await setUp();
    const { id: jobId } = await start();
    const end = { jobId, attempt: 1, outcome };
    const ended = await Promise.all([1, 2, 3, 4].map(() => settle.settleJob(end)));
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await available()).toBe(100);
    const { attempts, released } = await receipt(jobId);
    expect(released).toBe(50);
    expect(attempts[0]).toMatchObject({ state: "released" });
    expect(attempts[0]?.steps.at(-1)).toMatchObject({ kind: "release", reason });
  });

  it("charges and completes, or cancels and gives back, never both", async () => {
    const rounds = 30;
    const { ownerId, start, available } = await setUp((rounds + 1) * 50);
    const race = async (cancelAfterMs: number) => {
      const { id: jobId } = await start();
      await hear(jobId);
      const beganMs = performance.now();
      const saved = saving.saveJobTrack({ jobId, attempt: 1 }).catch(() => undefined);
      await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, cancelAfterMs))]);
      await Promise.all([saved, service.cancelJob({ ownerId, jobId })]);
      const tookMs = performance.now() - beganMs;
      return { tookMs, job: await service.getJob({ ownerId, jobId }) };
    };
    // How long saving takes here and now; then a cancellation falls into every part of it.
    const alone = await race(60_000);
    let charged = alone.job.credits.captured;
    for (let round = 0; round < rounds; round++) {
      const { job } = await race((alone.tookMs * 1.5 * round) / rounds);
      const done = job.status === "completed";
      if (!done) expect(job.status).toBe("cancelled");
      expect(job.tracks).toHaveLength(done ? 1 : 0);
      const credits = { held: 0, captured: done ? 50 : 0, released: done ? 0 : 50 };
      expect(job.credits).toEqual(credits);
      charged += credits.captured;
    }
    expect(alone.job.status).toBe("completed");
    expect(await available()).toBe((rounds + 1) * 50 - charged);
    // A cancellation has won as well: the first come before anything is saved.
    expect(charged).toBeLessThan((rounds + 1) * 50);
  }, 120_000);

  it("leaves nothing charged and nothing stored when it dies before its commit", async () => {
    const { ownerId, start, available } = await setUp();
    const { id: jobId } = await start();
    await hear(jobId);
    // The last statement of the transaction fails as it does when the process is gone by then.
    await data.db().$executeRawUnsafe(`
      CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the worker died'; END $$`);
    await data.db().$executeRawUnsafe(`
      CREATE CONSTRAINT TRIGGER die_once AFTER INSERT ON tracks
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die_once()`);
    await expect(saving.saveJobTrack({ jobId, attempt: 1 })).rejects.toThrow(/the worker died/);
    const between = await service.getJob({ ownerId, jobId });
    expect(between).toMatchObject({ tracks: [], credits: { held: 50, captured: 0 } });
    await data.db().$executeRawUnsafe("DROP TRIGGER die_once ON tracks");
    await saving.saveJobTrack({ jobId, attempt: 1 });
    const after = await service.getJob({ ownerId, jobId });
    expect(after).toMatchObject({ status: "completed", credits: { held: 0, captured: 50 } });
    expect(after.tracks).toHaveLength(1);
    expect(await available()).toBe(50);
  });

  it("is free for a job from before there were credits", async () => {
    const { ownerId, start, receipt } = await setUp();
    const { id: jobId } = await start();
    const { db } = data;
    await db()
      .$executeRaw`UPDATE credit_reservations SET subject_id = gen_random_uuid() WHERE subject_id = ${jobId}::uuid`;
    await hear(jobId);
    await saving.saveJobTrack({ jobId, attempt: 1 });
    expect((await service.getJob({ ownerId, jobId })).status).toBe("completed");
    expect(await receipt(jobId)).toMatchObject({ captured: 0, attempts: [] });
  });
});

describe("trying again", () => {
  it("holds the price anew, for the new attempt only", async () => {
    const { ownerId, start, available, receipt } = await setUp(60);
    const { id: jobId } = await start();
    await settle.settleJob({ jobId, attempt: 1, outcome: fails });
    const retried = await Promise.all([1, 2, 3].map(() => retry.retryJob({ ownerId, jobId })));
    expect(new Set(retried.map(({ attempt }) => attempt))).toEqual(new Set([2]));
    expect(await available()).toBe(10);
    await hear(jobId);
    await saving.saveJobTrack({ jobId, attempt: 2 });
    expect(await available()).toBe(10);
    const { attempts, ...totals } = await receipt(jobId);
    expect(totals).toMatchObject({ captured: 50, released: 50, held: 0 });
    expect(attempts.map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, "released"],
      [2, "captured"],
    ]);
  });

  it("is refused without enough credits and works once there are", async () => {
    const { ownerId, videoId, start } = await setUp(60);
    const { id: jobId } = await start();
    await settle.settleJob({ jobId, attempt: 1, outcome: fails });
    await start();
    const own = { ownerId, jobId };
    for (const _ of [1, 2]) {
      await expect(retry.retryJob(own)).rejects.toMatchObject({ code: "credits_insufficient" });
    }
    expect(await service.getJob(own)).toMatchObject({ status: "failed", attempt: 1 });
    await fund(ownerId, 50);
    await expect(retry.retryJob({ ...own, maxCredits: 10 })).rejects.toMatchObject({
      code: "price_changed",
    });
    expect((await quotes.quoteJob({ ownerId, videoId, jobId })).total).toBe(50);
    expect(await retry.retryJob({ ...own, maxCredits: 50 })).toMatchObject({ attempt: 2 });
  });
});

describe("a file that is longer than its head said", () => {
  it.each([
    [300_000, 302_000, true],
    [300_000, 306_000, true],
    [300_000, 306_001, false],
    [1_000, 3_000, true],
    [1_000, 3_001, false],
  ])("of %d ms paid for, %d ms are covered: %s", async (paidMs, realMs, covered) => {
    const { coversLength } = await import("@/lib/credits/job-credits");
    expect(coversLength(paidMs, realMs)).toBe(covered);
  });

  it("isn't recognised for the price of the head", async () => {
    const { start } = await setUp();
    const { id: jobId } = await start();
    const { assertPaidLength } = await import("@/lib/credits/job-credits");
    const attempt = { jobId, attempt: 1 };
    await assertPaidLength(attempt, 5 * minuteMs + 1_000);
    await expect(assertPaidLength(attempt, 120 * minuteMs)).rejects.toMatchObject({
      code: "price_changed",
      data: { amount: 1_200, maxCredits: 50 },
    });
  });
});

describe("a receipt", () => {
  it("outlives the video and its jobs", async () => {
    const { ownerId, videoId, start, receipt } = await setUp();
    const { id: jobId } = await start();
    const { deleteVideo } = await import("@/lib/videos/overview");
    const { eraseVideo } = await import("@/lib/videos/removal");
    await deleteVideo({ ownerId, videoId });
    await eraseVideo(videoId);
    await expect(service.getJob({ ownerId, jobId })).rejects.toMatchObject({ code: "not_found" });
    expect(await receipt(jobId)).toMatchObject({
      videoTitle: null,
      jobStatus: null,
      released: 50,
      attempts: [{ attempt: 1, amount: 50, state: "released" }],
    });
  });
});
