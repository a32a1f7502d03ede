import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { plainOptions } from "./plain-options";
import type { CreateJobRequest, JobView } from "./schema";

let app: TestApp;
let service: typeof import("./service");
let saving: typeof import("./pipeline/saving");
let chunks: typeof import("./pipeline/chunk-repo");
let preferences: typeof import("./preferences");
let glossary: typeof import("@/lib/glossary/service");
let profiles: typeof import("@/lib/profiles/service");
let transcripts: typeof import("@/lib/transcripts/service");
let tracks: typeof import("@/lib/tracks/service");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;

beforeAll(async () => {
  app = await startTestApp();
  [service, saving, chunks, preferences, glossary, profiles] = await Promise.all([
    import("./service"),
    import("./pipeline/saving"),
    import("./pipeline/chunk-repo"),
    import("./preferences"),
    import("@/lib/glossary/service"),
    import("@/lib/profiles/service"),
  ]);
  [transcripts, tracks, { transaction }, { db }] = await Promise.all([
    import("@/lib/transcripts/service"),
    import("@/lib/tracks/service"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
});
afterAll(() => app.stop());

async function setUp(title?: string) {
  const { id: ownerId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId, ...(title && { title }) });
  const order = (change: Partial<CreateJobRequest> = {}) =>
    service.createJob({
      ownerId,
      input: { videoId, language: "ko", idempotencyKey: newId(), ...change },
    });
  return { ownerId, videoId, order };
}

/** What recognition heard, a word every half second. */
async function hear(jobId: string, text: string): Promise<void> {
  const words = text.split(" ").map((word, at) => ({
    ...{ text: word, startMs: at * 500, endMs: at * 500 + 450, spaceBefore: true },
  }));
  const span = { startMs: 0, endMs: words.length * 500 };
  const segments = [{ text, ...span }];
  const result = { language: "ko", durationMs: span.endMs, segments, words };
  await transaction(async (tx) => {
    await chunks.insertChunks(tx, jobId, [{ index: 0, ...span, speech: [span] }]);
    await chunks.storeResult(tx, jobId, 0, result);
  });
}

async function saved({ id: jobId }: JobView, ownerId: string) {
  const { trackId } = await saving.saveJobTrack({ jobId, attempt: 1 });
  return tracks.getTrack({ userId: ownerId, trackId });
}

describe("what an order refers to", () => {
  it("is kept as it was: a term removed later still holds for the job", async () => {
    const { ownerId, order } = await setUp();
    const term = { term: "래프트", language: null, misheard: ["라프트"], translations: {} };
    const { id: termId } = await glossary.addTerm({ ownerId, term });
    const job = await order();
    await glossary.removeTerm({ ownerId, termId });
    await hear(job.id, "오늘은 라프트를 배워요.");
    const { cues } = await saved(job, ownerId);
    expect(cues.map(({ text }) => text).join(" ")).toContain("래프트를");
    expect(cues[0]?.provenance).toMatchObject({ origin: "recognition", terms: ["래프트"] });
    const without = await order({ options: { glossary: false } });
    await hear(without.id, "오늘은 라프트를 배워요.");
    const { cues: plain } = await saved(without, ownerId);
    expect(plain.map(({ text }) => text).join(" ")).toContain("라프트를");
  });

  it("may be rules of one's own, and of nobody else", async () => {
    const { ownerId, order } = await setUp();
    const rules = {
      ...{ counting: "graphemes" as const, maxLineWidth: 8, maxLines: 2 as const },
      ...{ maxCharsPerSecond: 20, minDurationMs: 800, maxDurationMs: 7_000 },
      ...{ minGapFrames: 2, closeGapBelowMs: 500, maxLingerMs: 500 },
    };
    const { id } = await profiles.addProfile({ ownerId, profile: { name: "좁게", rules } });
    const job = await order({ options: { profile: id } });
    await profiles.removeProfile({ ownerId, profileId: id });
    await hear(job.id, "오늘은 바다에서 시작하는 긴 이야기를 함께 해요.");
    const { cues } = await saved(job, ownerId);
    const widths = cues.flatMap(({ text }) => text.split("\n").map((line) => line.length));
    expect(Math.max(...widths)).toBeLessThanOrEqual(8);
    const other = await setUp();
    await expect(other.order({ options: { profile: id } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("an order for what can't be done", () => {
  it.each([
    [{ targets: ["en"] }, "translation_unavailable"],
    [{ speakers: "openai" }, "speakers_unavailable"],
    [{ quality: "best" }, "invalid_request"],
  ] as const)("%o is refused as %s and leaves no job", async (options, code) => {
    const { ownerId, order } = await setUp();
    const change = {
      options: { ...options, targets: [...("targets" in options ? options.targets : [])] },
    };
    await expect(order(change)).rejects.toMatchObject({ code });
    const { jobs } = await service.listJobs({ ownerId, query: { limit: 5 } });
    expect(jobs).toEqual([]);
  });

  it("takes the spoken language among the targets for nothing", async () => {
    const { order } = await setUp();
    const job = await order({ options: { targets: ["ko"] } });
    expect(job.languages).toEqual([]);
    expect(job.lines.map(({ component }) => component)).toEqual(["transcribe"]);
  });
});

describe("a text that the person has", () => {
  const text = "오늘은 바다에 대해 이야기해요.\n파도가 아주 높아요.\n";
  const bring = (of: { ownerId: string; videoId: string }) =>
    transcripts.importTranscript({
      ...{ ...of, fileName: "script.txt", bytes: new TextEncoder().encode(text), locale: "ko" },
    });

  it("gets the times of what is heard", async () => {
    const { ownerId, videoId, order } = await setUp();
    const { id: transcriptId } = await bring({ ownerId, videoId });
    const job = await order({ kind: "align", transcriptId });
    expect(job).toMatchObject({ kind: "align", transcriptId, credits: { held: 2 } });
    await hear(job.id, "오늘은 바다의 대해 이야기 해요 파도가 아주 노파요");
    const { cues } = await saved(job, ownerId);
    expect(cues.map((cue) => cue.text.replaceAll("\n", " ")).join(" ")).toBe(
      "오늘은 바다에 대해 이야기해요. 파도가 아주 높아요.",
    );
    expect(cues[0]?.provenance).toMatchObject({ origin: "alignment", jobId: job.id });
    expect(cues[0]?.provenance?.matched).toBeGreaterThan(0.5);
  });

  it("of another video fails, and costs nothing", async () => {
    const { ownerId, videoId, order } = await setUp();
    const { id: transcriptId } = await bring({ ownerId, videoId });
    const job = await order({ kind: "align", transcriptId });
    await hear(job.id, "the quick brown fox jumps over the lazy dog again and again");
    await expect(saved(job, ownerId)).rejects.toMatchObject({ code: "transcript_mismatch" });
  });

  it("is nobody else's, nor of another video", async () => {
    const one = await setUp();
    const { id: transcriptId } = await bring(one);
    const other = await setUp();
    const hidden = { code: "not_found" };
    await expect(other.order({ kind: "align", transcriptId })).rejects.toMatchObject(hidden);
    const { id: videoId } = await makeVideo({ ownerId: one.ownerId });
    await expect(one.order({ videoId, kind: "align", transcriptId })).rejects.toMatchObject(hidden);
  });
});

describe("the last choice", () => {
  it("is offered again, without what belongs to one video", async () => {
    const { ownerId, order } = await setUp();
    expect(await preferences.jobPreferenceOf(ownerId)).toEqual({
      language: "auto",
      options: plainOptions,
    });
    const hints = ["래프트"];
    await order({ options: { hints, formality: "polite", profile: "bbc", speakerCount: 3 } });
    expect(await preferences.jobPreferenceOf(ownerId)).toEqual({
      language: "ko",
      options: { ...plainOptions, formality: "polite", profile: "bbc" },
    });
  });

  it("falls back to our rules when its own are gone, and survives what it can't read", async () => {
    const { ownerId } = await setUp();
    const choice = { language: "en", options: { ...plainOptions, profile: newId() } };
    const kept = await preferences.setJobPreference({ ownerId, choice });
    expect(kept.options.profile).toBe("netflix");
    const options = { quality: "unheard of" };
    await db().jobPreference.update({ where: { ownerId }, data: { options } });
    expect((await preferences.jobPreferenceOf(ownerId)).language).toBe("auto");
  });
});

describe("the history", () => {
  it("is searched by title, state and time, page by page", async () => {
    const { ownerId, order } = await setUp("바다 다큐 1부");
    const { id: videoId } = await makeVideo({ ownerId, title: "100% 산" });
    const made = [await order(), await order(), await order({ videoId })];
    await service.cancelJob({ ownerId, jobId: made[0]?.id ?? "" });
    const ids = async (query: object) =>
      (await service.listJobs({ ownerId, query: { limit: 10, ...query } })).jobs.map(
        ({ id }) => id,
      );
    const [first, second, third] = made.map(({ id }) => id);
    expect(await ids({})).toEqual([third, second, first]);
    expect(await ids({ q: "다큐" })).toEqual([second, first]);
    expect(await ids({ q: "다큐", status: "cancelled" })).toEqual([first]);
    const at = made[1]?.createdAt ?? "";
    expect(await ids({ from: at })).toEqual([third, second]);
    expect(await ids({ to: at })).toEqual([first]);
    const page = await service.listJobs({ ownerId, query: { limit: 2 } });
    expect(page.nextCursor).toBe(second);
    expect(await ids({ cursor: page.nextCursor })).toEqual([first]);
  });
});
