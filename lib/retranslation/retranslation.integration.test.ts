import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DeeplFault, type DeeplStandIn, startDeeplStandIn } from "@/e2e/providers/deepl";
import { newId } from "@/lib/ids";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { editTrack, makeCue, makeTrack } from "@/lib/testing/tracks";
import { startTestWorker } from "@/lib/testing/worker";

let app: TestApp;
let deepl: DeeplStandIn;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
let again: typeof import("./service");
let jobs: typeof import("@/lib/jobs/service");
let retry: typeof import("@/lib/jobs/retry");
let tracks: typeof import("@/lib/tracks/service");
let steps: typeof import("@/lib/tracks/own-steps");
let overview: typeof import("@/lib/credits/balance");
let db: typeof import("@/lib/db").db;
let verifyLedger: typeof import("@/lib/credits/verify").verifyLedger;
let fault: DeeplFault | undefined;

beforeAll(async () => {
  deepl = await startDeeplStandIn({
    misbehave: () => fault,
    dictionaries: {
      "en-us": {
        "새벽에 떠나요. 아무도 알면 안 돼요.": "We leave at dawn. Nobody must know.",
        새벽이에요: "Dawn",
      },
    },
  });
  app = await startTestApp({ DEEPL_SERVER_URL: deepl.url, DEEPL_AUTH_KEY: deepl.authKey });
  [again, jobs, retry, tracks, steps, overview, { db }, { verifyLedger }] = await Promise.all([
    import("./service"),
    import("@/lib/jobs/service"),
    import("@/lib/jobs/retry"),
    import("@/lib/tracks/service"),
    import("@/lib/tracks/own-steps"),
    import("@/lib/credits/balance"),
    import("@/lib/db"),
    import("@/lib/credits/verify"),
  ]);
}, 120_000);

beforeEach(async () => {
  fault = undefined;
  worker ??= await startTestWorker(app);
});

afterAll(async () => {
  await worker.stop();
  expect((await verifyLedger()).failures).toEqual([]);
  await deepl.close();
  await app.stop();
});

const english = (at: number, sourceText: string) =>
  makeCue(`cue-${at}`, at * 3_000, `Old text ${at}`, {
    endMs: at * 3_000 + 2_500,
    provenance: {
      origin: "translation",
      translation: { sourceCueId: `cue-${at}`, sourceText, way: "scene" },
    },
  });

/** Ten cues in Korean and in English, each 2.5 s, and somebody who may edit them. */
async function world(credits = 20) {
  const { id: ownerId } = await makeUser({ credits });
  const { id: editorId } = await makeUser();
  const { id: videoId } = await makeVideo({ ownerId, durationMs: 60_000 });
  await db().videoMember.create({ data: { videoId, userId: editorId, role: "editor" } });
  const texts = Array.from({ length: 10 }, (_, at) => `${at}번째 이야기는 바다에서 시작해요.`);
  const korean = texts.map((text, at) =>
    makeCue(`cue-${at}`, at * 3_000, text, { endMs: at * 3_000 + 2_500 }),
  );
  const source = await makeTrack({ ownerId, videoId, cues: korean });
  const { trackId } = await makeTrack({
    ...{ ownerId, videoId, language: "en", sourceTrackId: source.trackId },
    cues: texts.map((text, at) => english(at, text)),
  });
  const input = (maxCredits = 100) => ({ idempotencyKey: newId(), maxCredits });
  const order = (cueIds: string[], given = input(), userId = ownerId) =>
    again.retranslate({ userId, trackId, cueIds, input: given });
  const cues = async () => (await tracks.getTrack({ userId: ownerId, trackId })).cues;
  const text = async (id: string) => (await cues()).find((cue) => cue.id === id)?.text;
  const available = () => overview.availableCredits(ownerId);
  const edit = (cueId: string, to: string, baseRevision = 0) =>
    editTrack({
      ...{ actorId: editorId, trackId, baseRevision },
      operation: { kind: "setText", cueId, text: to },
    });
  /** As an editor splits a cue of 2.5 s; the second part gets `id`. */
  const split = async (cueId: string, id: string) => {
    const cue = (await cues()).find((each) => each.id === cueId);
    if (!cue) throw new Error("there is no such cue");
    const { startMs } = cue;
    const insert = [
      { ...cue, endMs: startMs + 1_200, text: "Old" },
      { ...cue, id, startMs: startMs + 1_300, text: `text ${cueId}` },
    ];
    await editTrack({
      ...{ actorId: editorId, trackId, baseRevision: 0 },
      operation: { kind: "replaceCues", remove: [cueId], insert },
    });
  };
  return {
    ...{ ownerId, editorId, videoId, trackId, sourceId: source.trackId },
    ...{ input, order, cues, text, available, edit, split },
  };
}

async function ended({ id: jobId }: JobView, ownerId: string): Promise<JobView> {
  for (let waited = 0; waited < 600; waited++) {
    const now = await jobs.getJob({ ownerId, jobId });
    if (["completed", "failed", "cancelled"].includes(now.status)) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the job didn't end");
}

const old = (at: number) => `Old text ${at}`;

describe("translating some cues again", () => {
  it("says its price, takes it once, and is one edit of the track that can be undone", async () => {
    const { ownerId, trackId, sourceId, input, order, cues, text, available } = await world();
    const which = { userId: ownerId, trackId, cueIds: ["cue-2", "cue-3"] };
    const quote = await again.quoteRetranslation(which);
    expect(quote).toMatchObject({ total: 1, cues: 2, durationMs: 5_000, affordable: true });
    const edited = "고친 이야기는 산에서 끝나요.";
    await editTrack({
      ...{ actorId: ownerId, trackId: sourceId, baseRevision: 0 },
      operation: { kind: "setText", cueId: "cue-2", text: edited },
    });
    const given = input(quote.total);
    const [first, second] = await Promise.all([
      order(which.cueIds, given),
      order(which.cueIds, given).catch(() => order(which.cueIds, given)),
    ]);
    expect(second.id).toBe(first.id);
    // The key is that order's: another's cues, or track, aren't made by it.
    await expect(order(["cue-4"], given)).rejects.toMatchObject({ code: "idempotency_conflict" });
    const job = await ended(first, ownerId);
    expect(job).toMatchObject({ status: "completed", tracks: [{ id: trackId, language: "en" }] });
    expect(job.credits).toEqual({ held: 0, captured: 1, released: 0 });
    expect(await available()).toBe(19);
    const made = (await cues()).find(({ id }) => id === "cue-2");
    expect(made?.text).not.toBe(old(2));
    expect(made?.provenance).toMatchObject({
      ...{ origin: "translation", engine: "deepl", jobId: first.id },
      translation: { sourceCueId: "cue-2", sourceText: edited },
    });
    expect(await text("cue-4")).toBe(old(4));
    const { undo } = await steps.ownSteps({ userId: ownerId, trackId, query: { limit: 10 } });
    expect(undo).toHaveLength(1);
    expect(undo[0]?.groupId).toBe(first.id);
  });

  it("leaves alone what somebody has edited since the order", async () => {
    const { ownerId, order, text, edit } = await world();
    await worker.stop();
    const job = await order(["cue-0", "cue-1"]);
    await edit("cue-1", "By hand");
    worker = await startTestWorker(app);
    expect((await ended(job, ownerId)).credits.captured).toBe(1);
    expect(await text("cue-0")).not.toBe(old(0));
    expect(await text("cue-1")).toBe("By hand");
  });

  it("spreads the text over the cues that its translation was split into", async () => {
    const { ownerId, trackId, sourceId, order, cues, split } = await world();
    const said = "새벽에 떠나요. 아무도 알면 안 돼요.";
    await editTrack({
      ...{ actorId: ownerId, trackId: sourceId, baseRevision: 0 },
      operation: { kind: "setText", cueId: "cue-2", text: said },
    });
    await split("cue-2", "cue-2b");
    const quote = await again.quoteRetranslation({ userId: ownerId, trackId, cueIds: ["cue-2b"] });
    expect(quote).toMatchObject({ cues: 2, durationMs: 3_000, total: 1 });
    const job = await order(["cue-2b"]);
    expect(await ended(job, ownerId)).toMatchObject({ status: "completed" });
    const parts = (await cues()).filter(({ id }) => id.startsWith("cue-2"));
    expect(parts.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [6_000, 7_200, "We leave at dawn."],
      [7_300, 8_500, "Nobody must know."],
    ]);
    for (const { provenance } of parts) {
      const translation = { sourceCueId: "cue-2", sourceText: said };
      expect(provenance).toMatchObject({ jobId: job.id, translation });
    }
  });

  it("makes one cue again of a split one whose text is one word, to be undone at once", async () => {
    const { ownerId, trackId, sourceId, order, cues, split } = await world();
    await editTrack({
      ...{ actorId: ownerId, trackId: sourceId, baseRevision: 0 },
      operation: { kind: "setText", cueId: "cue-2", text: "새벽이에요" },
    });
    await split("cue-2", "cue-2b");
    const before = await cues();
    await ended(await order(["cue-2", "cue-2b"]), ownerId);
    const parts = (await cues()).filter(({ id }) => id.startsWith("cue-2"));
    expect(parts.map(({ id, startMs, endMs, text }) => [id, startMs, endMs, text])).toEqual([
      ["cue-2", 6_000, 8_500, "Dawn"],
    ]);
    const { undo } = await steps.ownSteps({ userId: ownerId, trackId, query: { limit: 10 } });
    const inverse = undo[0]?.edits[0]?.inverse;
    if (!inverse || inverse.kind === "replace") throw new Error("there is nothing to undo");
    await editTrack({ actorId: ownerId, trackId, baseRevision: 2, operation: inverse });
    expect(await cues()).toEqual(before);
  });

  it("leaves all parts alone where one of them was edited since the order", async () => {
    const { ownerId, order, text, edit, split } = await world();
    await split("cue-2", "cue-2b");
    await worker.stop();
    const job = await order(["cue-2"]);
    await edit("cue-2b", "By hand", 1);
    worker = await startTestWorker(app);
    expect(await ended(job, ownerId)).toMatchObject({ status: "failed", errorCode: "conflict" });
    expect([await text("cue-2"), await text("cue-2b")]).toEqual(["Old", "By hand"]);
  });

  it("takes nothing where nothing of it is kept", async () => {
    const { ownerId, order, text, edit, available } = await world();
    await worker.stop();
    const job = await order(["cue-1"]);
    await edit("cue-1", "By hand");
    worker = await startTestWorker(app);
    const end = await ended(job, ownerId);
    expect(end).toMatchObject({ status: "failed", errorCode: "conflict" });
    expect(end.credits).toEqual({ held: 0, captured: 0, released: 1 });
    expect([await text("cue-1"), await available()]).toEqual(["By hand", 20]);
  });

  it("gives everything back where the engine fails, and goes on from there when asked", async () => {
    const { ownerId, order, text, available } = await world();
    fault = { kind: "quota" };
    const job = await order(["cue-5", "cue-6"]);
    const failed = await ended(job, ownerId);
    expect(failed).toMatchObject({ status: "failed", credits: { captured: 0, released: 1 } });
    expect([await text("cue-5"), await available()]).toEqual([old(5), 20]);
    fault = undefined;
    expect(await retry.priceOfRetry({ ownerId, jobId: job.id })).toMatchObject({ total: 1 });
    await retry.retryJob({ ownerId, jobId: job.id, maxCredits: 1 });
    expect(await ended(job, ownerId)).toMatchObject({ status: "completed" });
    expect(await text("cue-5")).not.toBe(old(5));
    expect(await available()).toBe(19);
  });

  it("stores and takes once, whenever its worker dies", async () => {
    const { ownerId, trackId, order, text, available } = await world();
    const job = await order(["cue-7", "cue-8"]);
    await worker.stop();
    worker = await startTestWorker(app);
    await ended(job, ownerId);
    const { makeTranslation } = await import("@/lib/jobs/pipeline/translated-track");
    const { transaction } = await import("@/lib/transaction");
    // As if the step ran once more after its answer was lost.
    await db().job.update({ where: { id: job.id }, data: { status: "processing" } });
    const { store } = await makeTranslation({ jobId: job.id, attempt: 1, language: "en" });
    await transaction(store);
    await db().job.update({ where: { id: job.id }, data: { status: "completed" } });
    const stored = await db().trackOperation.count({ where: { trackId } });
    expect([stored, await available()]).toEqual([1, 19]);
    expect(await text("cue-7")).not.toBe(old(7));
  });

  it("is the owner's to order, who must be able to pay, and needs a source", async () => {
    const { ownerId, editorId, trackId, sourceId, input, order } = await world(1);
    const { id: stranger } = await makeUser();
    await expect(order(["cue-0"], input(), editorId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(order(["cue-0"], input(), stranger)).rejects.toMatchObject({ code: "not_found" });
    const all = Array.from({ length: 10 }, (_, at) => `cue-${at}`);
    await expect(order(all, input(2))).rejects.toMatchObject({ code: "price_changed" });
    await expect(order(all)).rejects.toMatchObject({ code: "credits_insufficient" });
    await expect(order(["nobody"])).rejects.toMatchObject({ code: "invalid_request" });
    const quote = again.quoteRetranslation({ userId: ownerId, trackId: sourceId, cueIds: all });
    await expect(quote).rejects.toMatchObject({ code: "invalid_request" });
    expect(await db().job.count({ where: { sourceTrackId: sourceId, kind: "translate" } })).toBe(0);
    expect(trackId).not.toBe(sourceId);
  });
});
