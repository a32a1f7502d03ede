import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { mailsTo } from "@/lib/testing/people";

let app: TestApp;
let ledger: typeof import("./ledger");
let low: typeof import("./low-balance");
let expiry: typeof import("./expiry-notices");
let stream: typeof import("./stream");
let notices: typeof import("@/lib/notices/service");
let jobNotices: typeof import("@/lib/jobs/notices");
let operators: typeof import("@/lib/notices/operators");
let accounts: typeof import("@/lib/accounts/service");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;
let newId: typeof import("@/lib/ids").newId;

beforeAll(async () => {
  app = await startTestApp();
  [
    ledger,
    low,
    expiry,
    stream,
    notices,
    jobNotices,
    operators,
    accounts,
    { transaction },
    { db },
    { newId },
  ] = await Promise.all([
    import("./ledger"),
    import("./low-balance"),
    import("./expiry-notices"),
    import("./stream"),
    import("@/lib/notices/service"),
    import("@/lib/jobs/notices"),
    import("@/lib/notices/operators"),
    import("@/lib/accounts/service"),
    import("@/lib/transaction"),
    import("@/lib/db"),
    import("@/lib/ids"),
  ]);
});
afterAll(() => app.stop());

async function grant(ownerId: string, amount: number, expiresAt?: Date) {
  const key = `grant:${newId()}`;
  const what = { ownerId, source: "signup", amount, key } as const;
  await transaction((tx) => ledger.grantCredits(tx, { ...what, ...(expiresAt && { expiresAt }) }));
}

/** Holds so many credits for a job, as starting one does. */
async function hold(ownerId: string, amount: number) {
  const subjectId = newId();
  const lines = [{ component: "transcribe" as const, units: 1, amount }];
  const price = { ruleVersion: "test", lines, total: amount };
  const of = { purpose: "job", subjectId } as const;
  await transaction(async (tx) => {
    await ledger.reserveCredits(tx, { ...of, ownerId, attempt: 1, price, key: `job:${subjectId}` });
    await low.afterSpend(tx, ownerId);
  });
  return of;
}

const all = { unread: false, limit: 50 };
const told = async (userId: string) =>
  (await notices.listNotices({ userId, ...all })).notices.map(({ kind }) => kind);

describe("running low", () => {
  it("is told once, and again only after there was enough", async () => {
    const { id, email } = await makeUser({ credits: 0 });
    await grant(id, 60);
    await hold(id, 30);
    expect(await told(id)).toEqual([]);
    await hold(id, 1);
    await hold(id, 1);
    const { notices: list } = await notices.listNotices({ userId: id, ...all });
    expect(list).toMatchObject([{ kind: "credits-low", values: { available: 29, level: 30 } }]);
    const mail = { kind: "credits-low", values: { available: 29, level: 30 } };
    expect(await mailsTo(email)).toMatchObject([mail]);
    // Not enough to be above the level.
    await grant(id, 1);
    await hold(id, 1);
    expect(await told(id)).toHaveLength(1);
    await grant(id, 2);
    await hold(id, 1);
    expect(await told(id)).toHaveLength(2);
  });

  it("is told again when what a job held came back, and was taken again", async () => {
    const { id } = await makeUser({ credits: 0 });
    await grant(id, 60);
    const of = await hold(id, 50);
    await transaction((tx) => ledger.releaseCredits(tx, of, { ours: true, reason: "failed" }));
    await hold(id, 50);
    expect(await told(id)).toHaveLength(2);
  });

  it("goes by the person's own level, and by mail only if they want it", async () => {
    const [quiet, never, lowered] = await Promise.all([
      makeUser({ credits: 0 }),
      makeUser({ credits: 0 }),
      makeUser({ credits: 0 }),
    ]);
    const choose = (userId: string, input: { credits?: boolean; lowBalance?: number }) =>
      accounts.updateProfile({ userId, input: { notifications: input } });
    await choose(quiet.id, { credits: false, lowBalance: 100 });
    await choose(never.id, { lowBalance: 0 });
    await choose(lowered.id, { lowBalance: 100 });
    for (const { id } of [quiet, never, lowered]) {
      await grant(id, 100);
      await hold(id, 50);
    }
    expect(await told(quiet.id)).toEqual(["credits-low"]);
    expect(await mailsTo(quiet.email)).toEqual([]);
    await hold(never.id, 50);
    expect(await told(never.id)).toEqual([]);
    await choose(lowered.id, { lowBalance: 20 });
    await hold(lowered.id, 20);
    expect(await told(lowered.id)).toHaveLength(1);
    await hold(lowered.id, 20);
    expect(await told(lowered.id)).toHaveLength(2);
  });
});

describe("an expiry", () => {
  const day = 86_400_000;

  it("is told 30, 7 and 1 days ahead, each once", async () => {
    const { id, email } = await makeUser({ credits: 0 });
    const nowMs = Date.now();
    const end = new Date(nowMs + 40 * day);
    await grant(id, 20, end);
    await grant(id, 5, end);
    await grant(id, 300, new Date(nowMs + 400 * day));
    const heard = async (atMs: number) => {
      await expiry.tellExpiries(atMs);
      await expiry.tellExpiries(atMs + 1);
      return (await notices.listNotices({ userId: id, ...all })).notices.length;
    };
    const counts: number[] = [];
    for (const days of [39, 31, 29.5, 20, 7, 3, 1, 0.5]) {
      counts.push(await heard(end.getTime() - days * day));
    }
    expect(counts).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
    const { notices: list } = await notices.listNotices({ userId: id, ...all });
    const values = list.map((notice) => notice.kind === "credits-expiring" && notice.values);
    const expiresAt = end.toISOString();
    expect(values).toEqual([1, 7, 30].map((days) => ({ credits: 25, days, expiresAt })));
    expect((await mailsTo(email)).map(({ kind }) => kind)).toEqual(
      Array(3).fill("credits-expiring"),
    );
  });

  it("that can't be told keeps nobody else waiting", async () => {
    const [bad, good] = await Promise.all([makeUser({ credits: 0 }), makeUser({ credits: 0 })]);
    const nowMs = Date.now();
    for (const { id } of [bad, good]) await grant(id, 20, new Date(nowMs + 5 * day));
    await db().$executeRawUnsafe(`
      ALTER TABLE notices ADD CONSTRAINT notices_refused CHECK (user_id <> '${bad.id}')`);
    try {
      await expiry.tellExpiries(nowMs);
    } finally {
      await db().$executeRaw`ALTER TABLE notices DROP CONSTRAINT notices_refused`;
    }
    expect(await told(bad.id)).toEqual([]);
    expect(await told(good.id)).toEqual(["credits-expiring"]);
    await expiry.tellExpiries(nowMs);
    expect(await told(bad.id)).toEqual(["credits-expiring"]);
  });

  it("isn't told of what is held, spent or over", async () => {
    const { id } = await makeUser({ credits: 0 });
    const nowMs = Date.now();
    await grant(id, 31, new Date(nowMs + 3 * day));
    await hold(id, 31);
    await grant(id, 7, new Date(nowMs + 1000));
    await expiry.tellExpiries(nowMs + 2 * day);
    expect((await told(id)).filter((kind) => kind === "credits-expiring")).toEqual([]);
  });
});

describe("operators", () => {
  it("hear of a finding once a day, others never", async () => {
    const [operator, other] = await Promise.all([
      makeUser({ credits: 0 }),
      makeUser({ credits: 0 }),
    ]);
    await db().user.update({ where: { id: operator.id }, data: { operator: true } });
    const finding = { code: "amount_mismatch", subject: "order_1" };
    const nowMs = Date.parse("2026-11-27T14:59:00Z");
    for (const at of [nowMs, nowMs + 1000, nowMs + 60_000]) {
      await transaction((tx) => operators.noticeOperators(tx, finding, at));
    }
    expect(await told(operator.id)).toEqual(["money-finding", "money-finding"]);
    expect(await mailsTo(operator.email)).toHaveLength(2);
    expect(await told(other.id)).toEqual([]);
  });
});

describe("the end of a job", () => {
  it("is told in the app whatever mails somebody wants, once an attempt", async () => {
    const { id: ownerId, email } = await makeUser({ credits: 0 });
    const { id: videoId } = await makeVideo({ ownerId, title: "바다의 하루" });
    const job = { id: newId(), ownerId, videoId, language: "ko", detectedLanguage: null };
    const ended = { ...job, status: "processing", progress: 0 } as const;
    const end = (attempt: number, status: "completed" | "failed" | "cancelled") =>
      transaction((tx) => jobNotices.noticeEnd(tx, { ...ended, attempt }, status));
    for (const attempt of [1, 1, 2]) await end(attempt, "failed");
    await end(3, "cancelled");
    await end(4, "completed");
    expect(await told(ownerId)).toEqual(["job-completed", "job-failed", "job-failed"]);
    const { notices: list } = await notices.listNotices({ userId: ownerId, ...all });
    expect(list[0]).toMatchObject({ values: { jobId: job.id, videoId, title: "바다의 하루" } });
    const mails = (await mailsTo(email)).map(({ kind }) => kind);
    expect(mails).toEqual(["job-failed", "job-failed"]);
  });

  it("names the languages that are lacking, to whoever hears of failures", async () => {
    const { db } = await import("@/lib/db");
    const { createJob } = await import("@/lib/jobs/service");
    const { id: ownerId, email } = await makeUser();
    const { id: videoId } = await makeVideo({ ownerId, title: "바다의 하루" });
    const input = { videoId, language: "ko", idempotencyKey: "partly-done" };
    const job = await createJob({ ownerId, input });
    const languages = { en: "completed", ja: "failed", "zh-Hant": "failed" } as const;
    for (const [language, status] of Object.entries(languages)) {
      await db().jobTranslation.create({ data: { jobId: job.id, language, status } });
    }
    const ended = { id: job.id, ownerId, videoId, attempt: 1 };
    await transaction((tx) => jobNotices.noticeEnd(tx, ended, "completed"));
    const { notices: list } = await notices.listNotices({ userId: ownerId, ...all });
    expect(list[0]).toMatchObject({
      kind: "job-partly-completed",
      values: { jobId: job.id, title: "바다의 하루", languages: ["ja", "zh-Hant"] },
    });
    expect(await mailsTo(email)).toMatchObject([
      { kind: "job-partly-completed", values: { languages: "일본어 및 중국어(번체)" } },
    ]);
  });
});

describe("the inbox", () => {
  const add = (userId: string, n: number) =>
    transaction((tx) =>
      notices.addNotice(tx, {
        userId,
        kind: "job-completed",
        values: { jobId: newId(), videoId: newId(), title: `${n}` },
        dedupeKey: `job-completed:${n}`,
      }),
    );

  it("keeps each thing once, page by page, read or not", async () => {
    const [{ id: userId }, other] = await Promise.all([
      makeUser({ credits: 0 }),
      makeUser({ credits: 0 }),
    ]);
    const added: boolean[] = [];
    for (const n of [1, 2, 3, 3]) added.push(await add(userId, n));
    expect(added).toEqual([true, true, true, false]);
    await add(other.id, 1);
    const first = await notices.listNotices({ userId, unread: false, limit: 2 });
    expect(first).toMatchObject({ unread: 3, notices: [{}, {}] });
    const rest = { userId, unread: false, limit: 2, cursor: first.nextCursor ?? "" };
    expect(await notices.listNotices(rest)).toMatchObject({ notices: [{}], nextCursor: null });
    const ids = first.notices.map(({ id }) => id);
    // Somebody else's ids change nothing.
    expect(await notices.markRead({ userId: other.id, ids })).toBe(1);
    expect(await notices.markRead({ userId, ids: ids.slice(0, 1) })).toBe(2);
    const unread = await notices.listNotices({ userId, unread: true, limit: 50 });
    expect(unread.notices).toHaveLength(2);
    expect(await notices.markRead({ userId })).toBe(0);
    const year = 365 * 86_400_000;
    await notices.pruneNotices(Date.now() + year - 60_000);
    expect(await told(userId)).toHaveLength(3);
    await notices.pruneNotices(Date.now() + year + 60_000);
    expect(await told(userId)).toEqual([]);
  });

  it("and the balance reach an open page at once, and nothing twice", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    await add(ownerId, 1);
    const stop = new AbortController();
    const sinceMs = Date.now() + 60_000;
    const frames = stream.creditsFrames({ ownerId, sinceMs, signal: stop.signal });
    const next = async () => (await frames.next()).value;
    const balance = (available: number, unread: number) => ({
      event: "balance",
      data: { available, held: 0, posted: available, unread },
    });
    expect(await next()).toMatchObject(balance(0, 1));
    const coming = next();
    await grant(ownerId, 60);
    expect(await coming).toMatchObject(balance(60, 1));
    const later = stream.creditsFrames({ ownerId, sinceMs: Date.now(), signal: stop.signal });
    expect((await later.next()).value).toMatchObject(balance(60, 1));
    // Made shortly before: told again to who comes back.
    expect((await later.next()).value).toMatchObject({ event: "notice", id: 2 });
    const news = [later.next(), later.next()];
    await add(ownerId, 2);
    expect((await news[0])?.value).toMatchObject(balance(60, 2));
    expect((await news[1])?.value).toMatchObject({
      event: "notice",
      data: { values: { title: "2" } },
    });
    const end = [frames.next(), later.next()];
    stop.abort();
    for (const each of end) {
      let frame = await each;
      while (!frame.done) frame = await (each === end[0] ? frames : later).next();
    }
  });
});
