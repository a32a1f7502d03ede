import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { priceJob, priceRetention } from "./price";
import { historyQuery } from "./schema";

let app: TestApp;
let ledger: typeof import("./ledger");
let sweep: typeof import("./sweep");
let history: typeof import("./history");
let file: typeof import("./history-file");
let overview: typeof import("./overview");
let statistics: typeof import("./statistics");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;
let newId: typeof import("@/lib/ids").newId;

beforeAll(async () => {
  app = await startTestApp();
  [ledger, sweep, history, file, overview, statistics, { transaction }, { db }, { newId }] =
    await Promise.all([
      import("./ledger"),
      import("./sweep"),
      import("./history"),
      import("./history-file"),
      import("./overview"),
      import("./statistics"),
      import("@/lib/transaction"),
      import("@/lib/db"),
      import("@/lib/ids"),
    ]);
});
afterAll(() => app.stop());

const at = (iso: string) => Date.parse(iso);

async function grant(
  ownerId: string,
  options: { amount: number; nowMs: number; source?: "signup" | "topup" | "bonus" | "promo" },
  orderId?: string,
) {
  const { amount, nowMs, source = "signup" } = options;
  const key = `grant:${newId()}`;
  await transaction((tx) =>
    ledger.grantCredits(tx, { ownerId, source, amount, key, nowMs, ...(orderId && { orderId }) }),
  );
}

async function makeJob(ownerId: string, title: string) {
  const { id: videoId } = await makeVideo({ ownerId, title });
  const id = newId();
  const language = "ko";
  await db().job.create({ data: { id, ownerId, videoId, language, idempotencyKey: id } });
  return id;
}

/** A job of a minute with English: 10 and 5 credits; `left` isn't captured but given back. */
async function runJob(ownerId: string, title: string, nowMs: number, left: string[] = []) {
  const subjectId = await makeJob(ownerId, title);
  const of = { purpose: "job", subjectId } as const;
  const price = priceJob({ durationMs: 60_000, source: "ko", targets: ["en"] });
  await transaction((tx) =>
    ledger.reserveCredits(tx, {
      ...of,
      ownerId,
      attempt: 1,
      price,
      key: `job:${subjectId}`,
      nowMs,
    }),
  );
  for (const { component } of price.lines) {
    if (left.includes(component)) continue;
    await transaction((tx) => ledger.captureLine(tx, { ...of, component }, nowMs));
  }
  await transaction((tx) => ledger.releaseCredits(tx, of, { ours: true, reason: "failed", nowMs }));
  return subjectId;
}

async function makeOrder(userId: string, approvedAt: Date, amountKrw = 3300) {
  const orderId = `order_${newId()}`;
  await db().topUpOrder.create({
    data: {
      orderId,
      userId,
      state: "paid",
      packageId: "light",
      credits: 300,
      bonusCredits: 0,
      listKrw: amountKrw,
      amountKrw,
      suppliedKrw: Math.round(amountKrw / 1.1),
      vatKrw: amountKrw - Math.round(amountKrw / 1.1),
      requestKey: orderId,
      customerKey: newId(),
      confirmKey: orderId,
      paymentKey: orderId,
      balanceKrw: amountKrw,
      approvedAt,
      createdAt: approvedAt,
      updatedAt: approvedAt,
    },
  });
  return orderId;
}

const list = (ownerId: string, query: object = {}) =>
  history.listHistory({ ownerId, query: historyQuery.parse(query) });

describe("the history", () => {
  it("has what changed the credits, newest first, and neither holding nor giving back", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    const jan = at("2026-01-10T03:00:00Z");
    const orderId = await makeOrder(ownerId, new Date(jan));
    await grant(ownerId, { amount: 60, nowMs: jan });
    await grant(ownerId, { amount: 300, nowMs: jan + 1, source: "topup" }, orderId);
    const job = await runJob(ownerId, "바다의 하루", jan + 2, ["translate:en"]);
    const { entries, nextCursor } = await list(ownerId);
    expect(nextCursor).toBeNull();
    const shown = entries.map(({ movement, kind, amount, balanceAfter }) => [
      movement,
      kind,
      amount,
      balanceAfter,
    ]);
    expect(shown).toEqual([
      ["capture", "use", -10, 350],
      ["topup", "charge", 300, 360],
      ["grant", "charge", 60, 60],
    ]);
    expect(entries[0]).toMatchObject({
      component: "transcribe",
      source: "signup",
      job: { id: job },
    });
    expect(entries[0]?.job?.videoTitle).toBe("바다의 하루");
    expect(entries[1]).toMatchObject({ orderId, amountKrw: 3300, source: "topup", job: null });
    expect((await list(newId())).entries).toEqual([]);
  });

  it("is found by kind, by Seoul's days, by title and by order, page by page", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    // The last minute of November 30 in Seoul, and the first of December 1.
    const before = at("2026-11-30T14:59:00Z");
    const after = at("2026-11-30T15:00:00Z");
    const orderId = await makeOrder(ownerId, new Date(before));
    await grant(ownerId, { amount: 300, nowMs: before, source: "topup" }, orderId);
    await runJob(ownerId, "100% 하루_끝", before);
    await runJob(ownerId, "다른 영상", after);
    const count = async (query: object) => (await list(ownerId, query)).entries.length;
    expect(await count({})).toBe(5);
    expect(await count({ kind: "use" })).toBe(4);
    expect(await count({ kind: "charge" })).toBe(1);
    expect(await count({ kind: "refund" })).toBe(0);
    expect(await count({ to: "2026-11-30" })).toBe(3);
    expect(await count({ from: "2026-12-01" })).toBe(2);
    expect(await count({ from: "2026-11-30", to: "2026-12-01" })).toBe(5);
    expect(await count({ q: "100%" })).toBe(2);
    expect(await count({ q: "_" })).toBe(3);
    expect(await count({ q: "하루_" })).toBe(2);
    expect(await count({ q: orderId.toUpperCase() })).toBe(1);
    const pages: number[][] = [];
    for (let cursor: number | null | undefined; cursor !== null; ) {
      const page = await list(ownerId, { limit: 2, ...(cursor && { cursor }) });
      pages.push(page.entries.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual([...pages.flat()].sort((a, b) => b - a));
  });

  it("is the same as a file, with the ledger's numbers", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    const nowMs = at("2026-05-01T00:00:00Z");
    await grant(ownerId, { amount: 60, nowMs });
    await runJob(ownerId, "=HYPERLINK(1)", nowMs);
    const { entries } = await list(ownerId);
    const read = async (locale: "ko" | "en", choice: object = {}) => {
      const { body, fileName } = await file.historyFile({ ownerId, choice, locale, nowMs });
      // `Response.text` would take the mark away.
      const bytes = await new Response(body).arrayBuffer();
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
      return { fileName, lines: text.split("\r\n") };
    };
    const ko = await read("ko");
    expect(ko.fileName).toBe("AX2 Caption 크레딧 이용 내역 2026-05-01.csv");
    expect(ko.lines).toHaveLength(1 + entries.length + 1);
    expect(ko.lines[0]).toMatch(/^\ufeff시각,종류,크레딧,/);
    expect(ko.lines[1]).toBe(
      `2026-05-01T09:00:00+09:00,사용,-5,45,영어 번역,가입 축하,'=HYPERLINK(1),,,${entries[0]?.id}`,
    );
    const en = await read("en", { kind: "charge" });
    expect(en.lines.slice(1, -1)).toEqual([
      `2026-05-01T09:00:00+09:00,Received,60,60,,Sign-up gift,,,,${entries.at(-1)?.id}`,
    ]);
  });

  it("names the video of a retention extension, and none that is gone", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    await grant(ownerId, { amount: 60, nowMs: Date.now() });
    const { id: subjectId } = await makeVideo({ ownerId, title: "오래 둘 영상" });
    const of = { purpose: "retention", subjectId } as const;
    const price = priceRetention(30);
    await transaction((tx) =>
      ledger.reserveCredits(tx, { ...of, ownerId, attempt: 1, price, key: `r:${subjectId}` }),
    );
    await transaction((tx) => ledger.captureLine(tx, { ...of, component: "retention:30" }));
    const kept = (await list(ownerId, { kind: "use" })).entries;
    expect(kept).toMatchObject([{ amount: -15, job: null, video: { title: "오래 둘 영상" } }]);
    await db().video.delete({ where: { id: subjectId } });
    const gone = (await list(ownerId, { kind: "use" })).entries;
    expect(gone).toMatchObject([{ amount: -15, job: null, video: null }]);
  });
});

describe("the overview", () => {
  it("counts nothing that has expired, swept or not", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    const nowMs = at("2026-06-01T00:00:00Z");
    const day = 86_400_000;
    await grant(ownerId, { amount: 40, nowMs: nowMs - 90 * day });
    await grant(ownerId, { amount: 25, nowMs: nowMs - 89.5 * day, source: "promo" });
    await grant(ownerId, { amount: 300, nowMs, source: "topup" });
    const view = await overview.getCredits(ownerId, nowMs + 1);
    expect(view).toMatchObject({ available: 325, held: 0, posted: 325, lowLevel: 30 });
    expect(view.lots.map(({ remaining }) => remaining)).toEqual([25, 300]);
    expect(view.nextExpiry).toEqual({ at: "2026-06-01T12:00:00.000Z", credits: 25 });
    await sweep.expireLots(nowMs + 1);
    const swept = await overview.getCredits(ownerId, nowMs + 1);
    expect(swept).toMatchObject({ available: 325, held: 0, posted: 325 });
    expect(swept.seq).toBeGreaterThan(view.seq);
    const { entries } = await list(ownerId, { kind: "expiry" });
    expect(entries).toMatchObject([{ movement: "expire", amount: -40, source: "signup" }]);
  });

  it("is empty for somebody who never had any", async () => {
    const { id } = await makeUser({ credits: 0 });
    const none = { available: 0, held: 0, posted: 0, seq: 0, lots: [], nextExpiry: null };
    expect(await overview.getCredits(id)).toMatchObject(none);
  });
});

describe("months", () => {
  it("don't count as received what a refused refund puts back", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    const nowMs = at("2026-11-10T00:00:00Z");
    const orderId = await makeOrder(ownerId, new Date(nowMs));
    await grant(ownerId, { amount: 300, nowMs, source: "topup" }, orderId);
    const refundId = newId();
    const movement = { kind: "refund", ownerId, orderId, refundId, paid: 300, bonus: 0 } as const;
    const taken = await transaction((tx) =>
      ledger.takeBackCredits(tx, { ...movement, reason: "r", nowMs: nowMs + 1 }),
    );
    const { transactionId } = taken;
    await transaction((tx) =>
      ledger.putBackCredits(tx, { ownerId, transactionId, reason: "refused", nowMs: nowMs + 2 }),
    );
    const [month] = await statistics.creditStatistics({ ownerId, months: 1, nowMs });
    expect(month).toMatchObject({ charged: 300, refunded: 0 });
  });

  it("are Seoul's, empty ones too, with money in its own month", async () => {
    const { id: ownerId } = await makeUser({ credits: 0 });
    // November 1 in Seoul is still October in Greenwich.
    const first = at("2026-10-31T15:00:00Z");
    const orderId = await makeOrder(ownerId, new Date(first), 11_000);
    await grant(ownerId, { amount: 300, nowMs: first, source: "topup" }, orderId);
    await runJob(ownerId, "하나", first + 1);
    await runJob(ownerId, "둘", at("2026-12-31T14:59:00Z"), ["translate:en"]);
    await db().refund.create({
      data: {
        id: newId(),
        orderId,
        state: "done",
        amountKrw: 1000,
        paidCredits: 90,
        bonusCredits: 0,
        policy: "rest",
        reason: "test",
        requestKey: orderId,
        cancelKey: orderId,
        balanceBeforeKrw: 11_000,
        createdAt: new Date(first),
        endedAt: new Date(at("2026-12-01T00:00:00Z")),
      },
    });
    const nowMs = at("2027-01-15T00:00:00Z");
    const months = await statistics.creditStatistics({ ownerId, months: 4, nowMs });
    const none = { charged: 0, used: 0, transcription: 0, translation: 0, retention: 0 };
    const rest = { expired: 0, refunded: 0, spentKrw: 0, jobs: 0 };
    expect(months).toEqual([
      { ...none, ...rest, month: "2026-10" },
      {
        ...none,
        ...rest,
        month: "2026-11",
        charged: 300,
        used: 15,
        transcription: 10,
        translation: 5,
        spentKrw: 11_000,
        jobs: 1,
      },
      {
        ...none,
        ...rest,
        month: "2026-12",
        used: 10,
        transcription: 10,
        spentKrw: -1000,
        jobs: 1,
      },
      { ...none, ...rest, month: "2027-01" },
    ]);
  });
});
