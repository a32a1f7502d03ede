import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DeeplFault, type DeeplStandIn, startDeeplStandIn } from "@/e2e/providers/deepl";
import { type OpenAiStandIn, startOpenAiStandIn } from "@/e2e/providers/openai";
import { newId } from "@/lib/ids";
import { applyJobEvent } from "@/lib/jobs/progress";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { hasLibrivox, makeSpeechVideo } from "@/lib/testing/speech-video";
import { editTrack, makeCue, makeTrack } from "@/lib/testing/tracks";
import { startTestWorker } from "@/lib/testing/worker";

let app: TestApp;
let speech: OpenAiStandIn;
let deepl: DeeplStandIn;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
let jobs: typeof import("@/lib/jobs/service");
let retry: typeof import("@/lib/jobs/retry");
let quotes: typeof import("@/lib/credits/quotes");
let receipts: typeof import("@/lib/credits/receipts");
let tracks: typeof import("@/lib/tracks/service");
let db: typeof import("@/lib/db").db;
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
/** What DeepL does wrong, by target. */
const faults = new Map<string, DeeplFault>();

beforeAll(async () => {
  speech = await startOpenAiStandIn({
    transcript: {
      language: "korean",
      segments: [
        { text: " 오늘은 바다에 대해 이야기해요.", startMs: 1_000, endMs: 4_000 },
        { text: " 파도가 3미터까지 올라갔어요.", startMs: 6_000, endMs: 9_000 },
      ],
    },
  });
  deepl = await startDeeplStandIn({ misbehave: ({ target }) => faults.get(target) });
  app = await startTestApp({
    OPENAI_BASE_URL: speech.url,
    OPENAI_API_KEY: speech.apiKey,
    DEEPL_SERVER_URL: deepl.url,
    DEEPL_AUTH_KEY: deepl.authKey,
  });
  [jobs, retry, quotes, receipts, tracks, { db }, { verifyLedger }] = await Promise.all([
    import("@/lib/jobs/service"),
    import("@/lib/jobs/retry"),
    import("@/lib/credits/quotes"),
    import("@/lib/credits/receipts"),
    import("@/lib/tracks/service"),
    import("@/lib/db"),
    import("@/lib/credits/verify"),
  ]);
  worker = await startTestWorker(app);
}, 120_000);

beforeEach(() => faults.clear());

afterAll(async () => {
  await worker.stop();
  expect((await verifyLedger()).failures).toEqual([]);
  await speech.close();
  await deepl.close();
  await app.stop();
});

/** A minute of video, 5 credits a language, with a track of so many cues in Korean. */
async function withTrack(count = 60) {
  const { id: ownerId } = await makeUser({ credits: 200 });
  const { id: videoId } = await makeVideo({ ownerId, durationMs: 60_000 });
  const cues = Array.from({ length: count }, (_, at) =>
    makeCue(`cue-${at}`, at * 1_000, `${at}번째 이야기는 바다에서 시작해요.`, {
      endMs: at * 1_000 + 900,
    }),
  );
  const { trackId } = await makeTrack({ ownerId, videoId, cues });
  const translate = (targets: string[]) =>
    jobs.createJob({
      ownerId,
      input: {
        kind: "translate",
        videoId,
        options: { targets },
        sourceTrackId: trackId,
        idempotencyKey: newId(),
      },
    });
  return { ownerId, videoId, trackId, translate };
}

async function ended({ id: jobId }: JobView, ownerId: string): Promise<JobView> {
  for (let waited = 0; waited < 600; waited++) {
    const now = await jobs.getJob({ ownerId, jobId });
    if (["completed", "failed", "cancelled"].includes(now.status)) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the job didn't end");
}

/** What somebody who follows the job live has seen by now, from a view of it on. */
async function followed(from: JobView): Promise<JobView> {
  const { eventsAfter } = await import("@/lib/jobs/repo");
  return (await eventsAfter(from.id, from.seq)).reduce(applyJobEvent, from);
}

/** Without what is worked out anew at each reading. */
function told({ stages, languages, speechEngine, speechModel, ...view }: JobView) {
  const { estimateMs, startedAt, endedAt, attempt, sourceTrackId, ...rest } = view;
  return {
    ...rest,
    stages: stages.map(({ stage, status, progress }) => [stage, status, progress]),
    languages: languages.map(({ startedAt, endedAt, ...language }) => language),
  };
}

const states = (job: JobView) =>
  job.languages.map(({ language, status, errorCode }) => [language, status, errorCode]);

describe.skipIf(!hasLibrivox)("a video in Korean into three languages", () => {
  it("has what succeeds, pays for that alone, and gets the rest by another try", async () => {
    faults.set("ES", { kind: "quota" });
    const { id: ownerId } = await makeUser({ credits: 100 });
    const file = path.join(app.dataDir, "short.mp4");
    await makeSpeechVideo({ output: file });
    const { id: videoId } = await makeVideo({ ownerId, file, durationMs: 30_000 });
    const options = { targets: ["en", "ja", "es"] };
    const order = { videoId, language: "ko", options, idempotencyKey: newId() };
    const quote = await quotes.quoteJob({ ownerId, videoId, language: "ko", ...options });
    expect(quote).toMatchObject({ total: 14, estimateMs: null });
    const ordered = await jobs.createJob({ ownerId, input: { ...order, maxCredits: 14 } });
    expect(ordered.credits).toEqual({ held: 14, captured: 0, released: 0 });
    const job = await ended(ordered, ownerId);
    expect(job).toMatchObject({ status: "completed", progress: 100, errorCode: null });
    expect(states(job)).toEqual([
      ["en", "completed", null],
      ["ja", "completed", null],
      ["es", "failed", "translation_quota_exceeded"],
    ]);
    expect(job.credits).toEqual({ held: 0, captured: 11, released: 3 });
    expect(told(await followed(ordered))).toEqual(told(job));
    expect(job.lines).toEqual([
      { component: "transcribe", amount: 5, state: "captured", reason: null },
      { component: "translate:en", amount: 3, state: "captured", reason: null },
      { component: "translate:ja", amount: 3, state: "captured", reason: null },
      {
        component: "translate:es",
        amount: 3,
        state: "released",
        reason: "translation_quota_exceeded",
      },
    ]);
    expect(job.tracks.map(({ language }) => language)).toEqual(["ko", "en", "ja"]);
    const [source, english] = await Promise.all(
      job.tracks.map(({ id }) => tracks.getTrack({ userId: ownerId, trackId: id })),
    );
    expect(english?.cues.map(({ id }) => id)).toEqual(source?.cues.map(({ id }) => id));
    expect(source?.cues[0]?.provenance).toMatchObject({
      origin: "recognition",
      engine: "openai",
      jobId: job.id,
      chunks: [0, 0],
    });
    expect(english?.cues[0]?.provenance).toMatchObject({ origin: "translation", engine: "deepl" });

    faults.clear();
    const again = { ownerId, jobId: job.id, languages: ["es", "en"] };
    const price = await quotes.quoteJob({ videoId, ...again });
    expect(price.lines).toMatchObject([{ component: "translate:es", amount: 3 }]);
    const sent = speech.requests.length;
    const where = { id: videoId };
    const expiresAt = new Date(Date.now() + 20 * 3_600_000);
    await db().video.update({ where, data: { expiresAt } });
    const pressed = await Promise.all([1, 2, 3].map(() => retry.retryJob(again)));
    expect(new Set(pressed.map(({ attempt }) => attempt))).toEqual(new Set([2]));
    const done = await ended(job, ownerId);
    expect(states(done).map(([, status]) => status)).toEqual(Array(3).fill("completed"));
    expect(done.credits).toEqual({ held: 0, captured: 14, released: 3 });
    expect(told(await followed(ordered))).toEqual(told(done));
    expect(done.tracks).toHaveLength(4);
    expect(speech.requests.length).toBe(sent);
    // It needed no file, so it neither shortens nor prolongs their time.
    expect((await db().video.findUniqueOrThrow({ where })).expiresAt).toEqual(expiresAt);
    const receipt = await receipts.getReceipt({ ownerId, jobId: job.id });
    expect(receipt.attempts.map(({ lines }) => lines.length)).toEqual([4, 1]);
    // By now it is known how long such a thing takes.
    expect((await quotes.quoteJob({ ownerId, videoId, ...options })).estimateMs).toBeGreaterThan(0);
  }, 90_000);

  it("is made without speakers where they can't be told apart, and says why", async () => {
    const { id: ownerId } = await makeUser({ credits: 100 });
    const file = path.join(app.dataDir, "mono.mp4");
    await makeSpeechVideo({ output: file });
    const { id: videoId } = await makeVideo({ ownerId, file, durationMs: 30_000 });
    const options = { speakers: "channels" as const };
    const input = { videoId, language: "ko", options, idempotencyKey: newId() };
    const job = await ended(await jobs.createJob({ ownerId, input }), ownerId);
    expect(job).toMatchObject({ status: "completed", credits: { captured: 5 } });
    expect(job.stages.find(({ stage }) => stage === "speakers")).toMatchObject({
      status: "failed",
      errorCode: "speakers_unavailable",
    });
  }, 60_000);

  it("isn't translated into what turns out to be spoken", async () => {
    const { id: ownerId } = await makeUser({ credits: 100 });
    const file = path.join(app.dataDir, "auto.mp4");
    await makeSpeechVideo({ output: file });
    const { id: videoId } = await makeVideo({ ownerId, file, durationMs: 30_000 });
    const options = { targets: ["ko", "en"] };
    const input = { videoId, options, idempotencyKey: newId() };
    const ordered = await jobs.createJob({ ownerId, input });
    const job = await ended(ordered, ownerId);
    expect(job).toMatchObject({ status: "completed", detectedLanguage: "ko" });
    expect(told(await followed(ordered))).toEqual(told(job));
    expect(states(job)).toEqual([["en", "completed", null]]);
    expect(job.credits).toEqual({ held: 0, captured: 8, released: 3 });
    expect(job.lines.find(({ component }) => component === "translate:ko")).toMatchObject({
      state: "released",
      reason: "same_language",
    });
  }, 60_000);
});

describe("a track into other languages", () => {
  it("works from the track alone, all at once, when the files are gone", async () => {
    for (const target of ["EN-US", "JA", "FR", "DE"]) {
      faults.set(target, { kind: "slow", delayMs: 400 });
    }
    const { ownerId, videoId, trackId, translate } = await withTrack();
    const gone = { mediaDeletedAt: new Date() };
    await db().video.update({ where: { id: videoId }, data: gone });
    const job = await ended(await translate(["en", "ja", "fr", "de"]), ownerId);
    expect(job).toMatchObject({ status: "completed", kind: "translate", progress: 100 });
    expect(job.credits).toEqual({ held: 0, captured: 20, released: 0 });
    expect(job.stages.map(({ stage, status }) => [stage, status])).toEqual([
      ["translation", "completed"],
    ]);
    expect(deepl.mostAtOnce()).toBeGreaterThan(1);
    const [first] = job.tracks;
    const track = await tracks.getTrack({ userId: ownerId, trackId: first?.id ?? "" });
    expect(track).toMatchObject({ language: "en", sourceTrackId: trackId });
    expect(track.cues).toHaveLength(60);
  }, 60_000);

  it("becomes a new version of a language that is there, and keeps what was edited", async () => {
    const { ownerId, translate } = await withTrack(3);
    const first = await ended(await translate(["en"]), ownerId);
    const trackId = first.tracks[0]?.id ?? "";
    const operation = { kind: "setText" as const, cueId: "cue-0", text: "By hand." };
    await editTrack({ actorId: ownerId, trackId, baseRevision: 0, operation });
    const second = await ended(await translate(["en"]), ownerId);
    expect(second.tracks).toEqual(first.tracks);
    expect(second.credits.captured).toBe(5);
    const { cues } = await tracks.getTrack({ userId: ownerId, trackId });
    expect(cues[0]).toMatchObject({ provenance: { jobId: second.id } });
    const versions = await db().trackVersion.findMany({
      where: { trackId },
      orderBy: { number: "asc" },
    });
    expect(versions.map(({ kind }) => kind)).toEqual(["job", "kept", "job"]);
  }, 60_000);

  it("fails when none of them can be had, and costs nothing", async () => {
    faults.set("EN-US", { kind: "bad_request" }).set("FR", { kind: "quota" });
    const { ownerId, translate } = await withTrack();
    const job = await ended(await translate(["en", "fr"]), ownerId);
    expect(job).toMatchObject({ status: "failed", failedStage: "translation", tracks: [] });
    expect(job.credits).toEqual({ held: 0, captured: 0, released: 10 });
    faults.clear();
    await retry.retryJob({ ownerId, jobId: job.id });
    const done = await ended(job, ownerId);
    expect(done).toMatchObject({ status: "completed", errorCode: null, remedy: null });
    expect(done.credits).toEqual({ held: 0, captured: 10, released: 10 });
  }, 60_000);

  it("gets over a service that is down for a while", async () => {
    const { ownerId, translate } = await withTrack();
    const { id } = await translate(["en", "fr"]);
    deepl.script(
      ...Array.from({ length: 3 }, () => ({ kind: "server_error" }) as const),
      ...Array.from({ length: 2 }, () => ({ kind: "dropped" }) as const),
    );
    const job = await ended(await jobs.getJob({ ownerId, jobId: id }), ownerId);
    expect(job).toMatchObject({ status: "completed", credits: { captured: 10, released: 0 } });
  }, 60_000);

  it("says of a language that it is tried again, and why, until it goes on", async () => {
    faults.set("FR", { kind: "server_error" });
    const { ownerId, translate } = await withTrack();
    const job = await translate(["en", "fr"]);
    const seen: JobView["languages"] = [];
    await expect
      .poll(
        async () => {
          seen.push(...(await followed(job)).languages);
          return seen.find(({ errorCode }) => errorCode !== null);
        },
        { timeout: 30_000 },
      )
      .toMatchObject({ language: "fr", status: "running", errorCode: "translation_failed" });
    faults.clear();
    const done = await ended(job, ownerId);
    expect(states(done)).toEqual([
      ["en", "completed", null],
      ["fr", "completed", null],
    ]);
    expect(told(await followed(job))).toEqual(told(done));
  }, 60_000);

  it("keeps what is finished when it is cancelled, paid for, and gives the rest back", async () => {
    faults.set("JA", { kind: "slow", delayMs: 20_000 });
    const { ownerId, translate } = await withTrack();
    const { id: jobId } = await translate(["en", "ja"]);
    const read = () => jobs.getJob({ ownerId, jobId });
    await expect
      .poll(async () => (await read()).languages[0]?.status, { timeout: 20_000 })
      .toBe("completed");
    const job = await jobs.cancelJob({ ownerId, jobId });
    expect(job).toMatchObject({ status: "cancelled" });
    expect(job.credits).toEqual({ held: 0, captured: 5, released: 5 });
    expect(states(job)).toEqual([
      ["en", "completed", null],
      ["ja", "pending", null],
    ]);
    expect(job.tracks.map(({ language }) => language)).toEqual(["en"]);
    faults.clear();
    await retry.retryJob({ ownerId, jobId });
    const done = await ended(job, ownerId);
    expect(done.credits).toEqual({ held: 0, captured: 10, released: 5 });
  }, 60_000);

  it("starts anew for a language when the source has been edited since", async () => {
    faults.set("FR", { kind: "quota" });
    const { ownerId, trackId, translate } = await withTrack(3);
    const job = await ended(await translate(["en", "fr"]), ownerId);
    faults.clear();
    const operation = { kind: "setText" as const, cueId: "cue-0", text: "첫 번째예요." };
    await editTrack({ actorId: ownerId, trackId, baseRevision: 0, operation });
    await retry.retryJob({ ownerId, jobId: job.id, languages: ["fr"] });
    const done = await ended(job, ownerId);
    const french = done.tracks.find(({ language }) => language === "fr");
    const track = await tracks.getTrack({ userId: ownerId, trackId: french?.id ?? "" });
    expect(track.cues[0]?.provenance?.translation?.sourceText).toBe("첫 번째예요.");
  }, 60_000);

  it("starts anew, too, for one that the try after the edit left out", async () => {
    faults.set("FR", { kind: "quota" }).set("DE", { kind: "quota" });
    const { ownerId, trackId, translate } = await withTrack(3);
    const job = await ended(await translate(["en", "fr", "de"]), ownerId);
    faults.clear();
    const cue = makeCue("cue-new", 10_000, "새로 넣은 자막이에요.");
    const operation = { kind: "insertCue" as const, cue };
    await editTrack({ actorId: ownerId, trackId, baseRevision: 0, operation });
    for (const language of ["fr", "de"]) {
      await retry.retryJob({ ownerId, jobId: job.id, languages: [language] });
      const { tracks: made } = await ended(job, ownerId);
      const id = made.find((track) => track.language === language)?.id ?? "";
      const { cues } = await tracks.getTrack({ userId: ownerId, trackId: id });
      expect(cues.find((each) => each.id === "cue-new")?.text).not.toBe("");
      expect(cues).toHaveLength(4);
    }
  }, 60_000);

  it("isn't made of more text than anybody could have said, at an order or later", async () => {
    const { ownerId, videoId, trackId, translate } = await withTrack(3);
    faults.set("FR", { kind: "quota" });
    const job = await ended(await translate(["en", "fr"]), ownerId);
    const long = { text: "가나다라마바사 ".repeat(200), startMs: 20_000, endMs: 30_000 };
    const operations = Array.from({ length: 10 }, (_, at) => ({
      kind: "insertCue" as const,
      cue: { id: `more-${at}`, ...long },
    }));
    const operation = { kind: "batch" as const, operations };
    await editTrack({ actorId: ownerId, trackId, baseRevision: 0, operation });
    const tooLong = { code: "translation_too_long" };
    await expect(translate(["ja"])).rejects.toMatchObject(tooLong);
    await expect(
      retry.retryJob({ ownerId, jobId: job.id, languages: ["fr"] }),
    ).rejects.toMatchObject(tooLong);
    expect((await quotes.quoteJob({ ownerId, videoId })).balance).toBe(195);
  }, 60_000);

  it("is refused before the order for what can't be done", async () => {
    const { ownerId, videoId, translate } = await withTrack(3);
    await expect(translate(["gd"])).rejects.toMatchObject({
      code: "translation_language_unsupported",
      data: { languages: ["gd"] },
    });
    await expect(translate(["ko"])).rejects.toMatchObject({ code: "invalid_request" });
    const { trackId } = await withTrack(3);
    const input = {
      kind: "translate" as const,
      videoId,
      options: { targets: ["en"] },
      sourceTrackId: trackId,
      idempotencyKey: newId(),
    };
    await expect(jobs.createJob({ ownerId, input })).rejects.toMatchObject({ code: "not_found" });
  });
});
