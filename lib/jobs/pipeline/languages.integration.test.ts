import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenAiStandIn, startOpenAiStandIn } from "@/e2e/providers/openai";
import { newId } from "@/lib/ids";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { silentWav } from "@/lib/testing/silent-wav";

let app: TestApp;
let standIn: OpenAiStandIn;
let planLanguages: typeof import("./languages").planLanguages;
let db: typeof import("@/lib/db").db;
let storage: typeof import("@/lib/storage").storage;
let derivativeKey: typeof import("@/lib/videos/keys").derivativeKey;

/** 12 stretches of speech, 5 s apart, each of another length: that is how a window is known. */
const speech = Array.from({ length: 12 }, (_, at) => {
  const startMs = 1_000 + at * 20_000;
  return { startMs, endMs: startMs + 10_000 + at * 100 };
});
const durationMs = 12 * 20_000;
/** English for seven of them, then Korean; changed by tests. */
let spokenAt: (index: number) => string;

beforeAll(async () => {
  standIn = await startOpenAiStandIn({
    transcript: (request) => ({
      language: spokenAt(Math.round((request.durationMs - 10_000) / 100)),
      segments: [{ startMs: 0, endMs: 3_000, text: " Hello." }],
    }),
  });
  app = await startTestApp({ OPENAI_API_KEY: standIn.apiKey, OPENAI_BASE_URL: standIn.url });
  [{ planLanguages }, { db }, { storage }, { derivativeKey }] = await Promise.all([
    import("./languages"),
    import("@/lib/db"),
    import("@/lib/storage"),
    import("@/lib/videos/keys"),
  ]);
});
afterAll(async () => {
  await app.stop();
  await standIn.close();
});
beforeEach(() => {
  spokenAt = (index) => (index < 7 ? "english" : "korean");
});

async function makeJob(more: { language?: string; allowedLanguages?: string[] } = {}) {
  const { id: ownerId } = await makeUser();
  const video = await makeVideo({ ownerId, durationMs });
  const file = path.join(app.dataDir, `${video.id}.wav`);
  await writeFile(file, silentWav(durationMs));
  const key = derivativeKey(video.sourceKey, "audio.wav");
  await storage().put(key, { path: file }, { contentType: "audio/wav" });
  const { language = "auto", allowedLanguages = [] } = more;
  const halves = [speech.slice(0, 6), speech.slice(6)];
  const job = await db().job.create({
    data: {
      ...{ id: newId(), ownerId, videoId: video.id, status: "processing", language },
      ...{ options: { allowedLanguages }, idempotencyKey: newId() },
      chunks: {
        create: halves.map((spans, index) => ({
          ...{ index, startMs: index * 120_000, endMs: (index + 1) * 120_000, speech: spans },
        })),
      },
    },
  });
  return { jobId: job.id, attempt: 1 };
}

async function look(jobId: string) {
  const job = await db().job.findUniqueOrThrow({ where: { id: jobId } });
  const chunks = await db().speechChunk.findMany({ where: { jobId }, orderBy: { index: "asc" } });
  return {
    detected: job.detectedLanguage,
    plan: job.languagePlan as { language: string; stretches: { language: string }[] } | null,
    chunks,
    events: await db().jobEvent.findMany({ where: { jobId, kind: "language" } }),
  };
}

const asked = async (work: () => Promise<void>) => {
  const before = standIn.requests.length;
  await work();
  return standIn.requests.length - before;
};

describe("planLanguages", () => {
  it("cuts where the language changes, tells each chunk its own, and asks once", async () => {
    const call = await makeJob();
    const requests = await asked(() => planLanguages(call));
    expect(requests).toBeGreaterThan(3);
    expect(requests).toBeLessThanOrEqual(12);
    const { detected, plan, chunks, events } = await look(call.jobId);
    expect(detected).toBe("en");
    expect(plan).toMatchObject({
      language: "en",
      stretches: [
        { startMs: speech[0]?.startMs, endMs: speech[6]?.endMs, language: "en" },
        { startMs: speech[7]?.startMs, endMs: speech[11]?.endMs, language: "ko" },
      ],
    });
    expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, index) => index));
    const spans = chunks.flatMap((chunk) => chunk.speech as typeof speech);
    expect(spans).toEqual(speech);
    for (const { startMs, endMs, language, speech: own } of chunks) {
      const korean = startMs >= (speech[6]?.endMs ?? 0);
      expect(language).toBe(korean ? "ko" : "en");
      for (const span of own as typeof speech) {
        expect(span.startMs).toBeGreaterThanOrEqual(startMs);
        expect(span.endMs).toBeLessThanOrEqual(endMs);
      }
    }
    expect(events).toHaveLength(1);
    expect(events[0]?.data).toMatchObject({ language: "en", plan: { language: "en" } });
    expect(await asked(() => planLanguages(call))).toBe(0);
  });

  it("asks three times where one language is spoken, and leaves the chunks as they are", async () => {
    spokenAt = () => "japanese";
    const call = await makeJob();
    expect(await asked(() => planLanguages(call))).toBe(3);
    const { detected, plan, chunks } = await look(call.jobId);
    expect(detected).toBe("ja");
    expect(plan?.stretches).toHaveLength(1);
    expect(chunks.map(({ language, startMs }) => [language, startMs])).toEqual([
      ["ja", 0],
      ["ja", 120_000],
    ]);
  });

  it("asks nothing when the language was given, or only one may be", async () => {
    const given = await makeJob({ language: "de" });
    expect(await asked(() => planLanguages(given))).toBe(0);
    expect(await look(given.jobId)).toMatchObject({ detected: null, plan: null, events: [] });
    const single = await makeJob({ allowedLanguages: ["ko"] });
    expect(await asked(() => planLanguages(single))).toBe(0);
    expect((await look(single.jobId)).detected).toBe("ko");
  });

  it("chooses among the languages that may be", async () => {
    const call = await makeJob({ allowedLanguages: ["ja", "ko"] });
    spokenAt = () => "chinese";
    await planLanguages(call);
    // The stand-in is as sure of each: the first is as good as the others.
    expect((await look(call.jobId)).detected).toBe("ja");
  });

  it("keeps chunks that have a result, and tells the others the language", async () => {
    const call = await makeJob();
    await db().speechChunk.update({
      where: { jobId_index: { jobId: call.jobId, index: 0 } },
      data: { recognisedAt: new Date(), result: {} },
    });
    await planLanguages(call);
    const { chunks } = await look(call.jobId);
    expect(chunks.map(({ language, startMs }) => [language, startMs])).toEqual([
      [null, 0],
      ["en", 120_000],
    ]);
  });

  it("says nothing about a video in which nobody speaks, and stops with its job", async () => {
    const silent = await makeJob();
    await db().speechChunk.deleteMany({ where: { jobId: silent.jobId } });
    await planLanguages(silent);
    expect(await look(silent.jobId)).toMatchObject({
      detected: null,
      plan: { language: null, windows: [], stretches: [] },
      events: [],
    });
    const gone = await makeJob();
    await db().job.update({ where: { id: gone.jobId }, data: { status: "cancelled" } });
    await expect(planLanguages(gone)).rejects.toMatchObject({ code: "job_cancelled" });
  });
});
