import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { dayMs, type OpenLedger, openLedger, priceOf } from "@/lib/testing/ledger";

let app: TestApp;
let on: OpenLedger;
let available: (ownerId: string, nowMs?: number) => Promise<number>;

/** A time to reckon from; long past, so that nothing here depends on today. */
const start = Date.parse("2026-01-05T00:00:00Z");
const day = (days: number) => start + days * dayMs;

beforeAll(async () => {
  app = await startTestApp();
  on = await openLedger();
  ({ availableCredits: available } = await import("./balance"));
});
afterAll(() => app.stop());

const three = priceOf({ transcribe: 10, "translate:en": 5, "translate:ja": 6, "translate:zh": 7 });

describe("what is used first", () => {
  it("is what expires soonest, then what was given, its bonus, and what was paid", async () => {
    const owner = await on.owner();
    const late = new Date(day(300));
    const lots = [
      { source: "topup", expiresAt: late },
      { source: "bonus", expiresAt: late },
      { source: "promo", expiresAt: late },
      { source: "goodwill", expiresAt: null },
      { source: "topup", expiresAt: new Date(day(10)) },
      { source: "signup", expiresAt: late },
    ] as const;
    for (const [n, lot] of lots.entries()) {
      await on.give(owner, 10, { ...lot, nowMs: start + n });
    }
    const order: number[] = [];
    for (let n = 0; n < lots.length; n++) {
      await on.hold(owner, 10, { nowMs: day(1) });
      const held = (await on.lots(owner)).map((lot) => lot.held);
      order.push(held.findIndex((each, place) => each === 10 && !order.includes(place)));
    }
    expect(order).toEqual([4, 2, 5, 1, 0, 3]);
    expect((await on.hold(owner, 1, { nowMs: day(1) })).result.refusal).toBe(
      "credits_insufficient",
    );
  });

  it("spans lots, and takes from them in that order when captured", async () => {
    const owner = await on.owner();
    await on.give(owner, 8, { expiresAt: new Date(day(5)), nowMs: start });
    await on.give(owner, 100, { source: "topup", nowMs: start + 1 });
    const held = await on.hold(owner, three, { nowMs: start });
    expect(await on.lots(owner)).toMatchObject([{ held: 8 }, { held: 20 }]);
    await on.capture(held, "transcribe", start);
    expect(await on.lots(owner)).toMatchObject([
      { remaining: 0, held: 0 },
      { remaining: 98, held: 18 },
    ]);
  });
});

describe("expiry", () => {
  it("takes what is free at its time, once, and leaves what is held", async () => {
    const owner = await on.owner();
    await on.give(owner, 20, { expiresAt: new Date(day(3)), nowMs: start });
    const held = await on.hold(owner, 12, { nowMs: start });
    expect(await available(owner, day(3) - 1)).toBe(8);
    expect(await available(owner, day(3))).toBe(0);
    await on.sweep.expireLots(day(3));
    await on.sweep.expireLots(day(4));
    expect(await on.wallet(owner)).toEqual({ posted: 12, held: 12, seq: 3 });
    await on.capture(held, "transcribe", day(4));
    expect(await on.wallet(owner)).toEqual({ posted: 0, held: 0, seq: 4 });
  });

  it("comes before anything is held, without a sweep", async () => {
    const owner = await on.owner();
    await on.give(owner, 5, { expiresAt: new Date(day(3)), nowMs: start });
    await on.give(owner, 5, { expiresAt: new Date(day(9)), nowMs: start });
    const { result } = await on.hold(owner, 6, { nowMs: day(3) });
    expect(result).toMatchObject({ outcome: "refused", refusal: "credits_insufficient" });
    expect(result.available).toBe(5);
  });

  it.each([
    ["ours", true, day(5) + 7 * dayMs],
    ["the person's wish", false, day(3)],
  ])("of credits given back (%s)", async (_, ours, goodUntil) => {
    const owner = await on.owner();
    await on.give(owner, 20, { expiresAt: new Date(day(3)), nowMs: start });
    const held = await on.hold(owner, 12, { nowMs: start });
    await on.release(held, { ours, nowMs: day(5) });
    expect(await available(owner, goodUntil - 1)).toBe(ours ? 12 : 20);
    expect(await available(owner, goodUntil)).toBe(0);
    await on.sweep.expireLots(goodUntil);
    expect(await on.wallet(owner)).toMatchObject({ posted: 0, held: 0 });
  });
});

describe("a request that comes again", () => {
  it("is answered as the first time, refusals too", async () => {
    const owner = await on.owner();
    const key = randomUUID();
    const first = await on.give(owner, 20, { key });
    expect(await on.give(owner, 20, { key })).toEqual({ ...first, replayed: true });
    const [a, b] = [{ subjectId: randomUUID() }, { subjectId: randomUUID() }];
    const held = await on.hold(owner, 15, a);
    const refused = await on.hold(owner, 6, b);
    expect(refused.result).toMatchObject({ outcome: "refused", available: 5, amount: 6 });
    await on.give(owner, 100);
    const answers = async (amount: number, what: { subjectId: string }) => {
      const { reservationId: _, ...answer } = (await on.hold(owner, amount, what)).result;
      return answer;
    };
    const told = ({ reservationId: _, ...answer }: typeof held.result) => answer;
    expect(await answers(15, a)).toEqual({ ...told(held.result), replayed: true });
    expect(await answers(6, b)).toEqual({ ...told(refused.result), replayed: true });
    expect(() => on.ledger.assertApplied(refused.result)).toThrow(
      expect.objectContaining({ code: "credits_insufficient" }),
    );
  });

  it("for something else is a conflict", async () => {
    const owner = await on.owner();
    const key = randomUUID();
    await on.give(owner, 20, { key });
    const conflict = { code: "idempotency_conflict" };
    await expect(on.give(owner, 21, { key })).rejects.toMatchObject(conflict);
    await expect(on.give(await on.owner(), 20, { key })).rejects.toMatchObject(conflict);
    await expect(on.hold(owner, 20, { key })).rejects.toMatchObject(conflict);
    expect(await on.wallet(owner)).toEqual({ posted: 20, held: 0, seq: 1 });
  });
});

describe("a reservation", () => {
  it("is captured line by line, and gives back what came to nothing", async () => {
    const owner = await on.owner();
    await on.give(owner, 60);
    const held = await on.hold(owner, three);
    for (const component of ["transcribe", "translate:ja", "translate:en"]) {
      await on.capture(held, component);
      await on.capture(held, component);
    }
    await on.release(held, { component: "translate:zh", ours: true });
    await on.release(held, { ours: true });
    expect(await on.wallet(owner)).toEqual({ posted: 39, held: 0, seq: 6 });
    const id = held.result.reservationId;
    expect(await on.db().creditReservation.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "partially_captured",
      amount: 28,
      captured: 21,
      released: 7,
    });
  });

  it("can't be captured once it was given back", async () => {
    const owner = await on.owner();
    await on.give(owner, 60);
    const held = await on.hold(owner, three);
    await on.release(held, { component: "translate:zh" });
    await expect(on.capture(held, "translate:zh")).rejects.toMatchObject({ code: "internal" });
    await expect(on.capture(held, "translate:fr")).rejects.toMatchObject({ code: "internal" });
    await on.release(held);
    await expect(on.capture(held)).rejects.toMatchObject({ code: "internal" });
    expect(await on.wallet(owner)).toMatchObject({ posted: 60, held: 0 });
  });

  it("belongs to one attempt", async () => {
    const owner = await on.owner();
    await on.give(owner, 60);
    const held = await on.hold(owner, 5);
    const twice = on.hold(owner, 5, { subjectId: held.of.subjectId, key: randomUUID() });
    await expect(twice).rejects.toThrow();
    expect(await on.wallet(owner)).toMatchObject({ posted: 60, held: 5 });
  });

  it("past its time goes on while its work is alive, else is given back", async () => {
    const owner = await on.owner();
    await on.give(owner, 60, { nowMs: start, expiresAt: new Date(day(2)) });
    const [dead, alive] = [
      await on.hold(owner, 10, { nowMs: start }),
      await on.hold(owner, 20, { nowMs: start }),
    ];
    const isAlive = async ({ subjectId }: { subjectId: string }) => subjectId !== dead.of.subjectId;
    const reap = (nowMs: number) => on.sweep.reapReservations(isAlive, nowMs);
    expect(await reap(start + on.ledger.reservationMs)).toBe(0);
    expect(await reap(day(3))).toBe(1);
    expect(await reap(day(3))).toBe(0);
    expect(await on.wallet(owner)).toMatchObject({ posted: 30, held: 20 });
    expect(await available(owner, day(9))).toBe(10);
    await on.capture(alive, "transcribe", day(3));
    await expect(on.capture(dead, "transcribe", day(3))).rejects.toMatchObject({
      code: "internal",
    });
  });
});

describe("a frozen wallet", () => {
  it("lets nothing new be held, but finishes what is under way", async () => {
    const owner = await on.owner();
    await on.give(owner, 60);
    const held = await on.hold(owner, 10);
    await on.transaction((tx) => on.ledger.freezeWallet(tx, { ownerId: owner, reason: "test" }));
    const { result } = await on.hold(owner, 10);
    expect(result).toMatchObject({ outcome: "refused", refusal: "wallet_frozen" });
    await on.capture(held);
    await on.give(owner, 5);
    expect(await on.wallet(owner)).toMatchObject({ posted: 55, held: 0 });
  });
});

describe("credits of an order", () => {
  const take = (ownerId: string, orderId: string, paid: number, bonus: number, nowMs?: number) =>
    on.transaction((tx) =>
      on.ledger.takeBackCredits(tx, {
        kind: "refund",
        ownerId,
        orderId,
        refundId: randomUUID(),
        paid,
        bonus,
        reason: "test",
        ...(nowMs !== undefined && { nowMs }),
      }),
    );
  const bought = async (ownerId: string, nowMs = start) => {
    const orderId = randomUUID();
    await on.give(ownerId, 100, { source: "topup", orderId, nowMs });
    await on.give(ownerId, 20, { source: "bonus", orderId, nowMs });
    return orderId;
  };

  it("leave from its own lots, if they are free, and come back there", async () => {
    const owner = await on.owner();
    await on.give(owner, 500, { nowMs: start, expiresAt: new Date(day(900)) });
    const orderId = await bought(owner, start + 1);
    const other = await bought(owner, start + 2);
    await on.hold(owner, 30, { nowMs: start + 3 });
    // The bonus expires first: all of one, half of the other is held.
    expect(await take(owner, orderId, 0, 20)).toMatchObject({ refusal: "credits_in_use" });
    expect(await take(owner, orderId, 101, 0)).toMatchObject({ refusal: "credits_in_use" });
    expect(await take(owner, orderId, 0, 0)).toMatchObject({ outcome: "refused" });
    await expect(take(owner, orderId, 10, -1)).rejects.toThrow();
    const taken = await take(owner, other, 60, 10);
    expect(taken).toMatchObject({ outcome: "applied", amount: 70 });
    expect(await on.lots(owner)).toMatchObject([
      { source: "promo", remaining: 500 },
      { source: "topup", remaining: 100, held: 0 },
      { source: "bonus", remaining: 20, held: 20 },
      { source: "topup", remaining: 40, held: 0 },
      { source: "bonus", remaining: 10, held: 10 },
    ]);
    const { transactionId } = taken;
    const back = () =>
      on.transaction((tx) =>
        on.ledger.putBackCredits(tx, { ownerId: owner, transactionId, reason: "refused" }),
      );
    expect(await back()).toMatchObject({ outcome: "applied", replayed: false });
    expect(await back()).toMatchObject({ outcome: "applied", replayed: true });
    expect((await on.lots(owner)).map(({ remaining }) => remaining)).toEqual([
      500, 100, 20, 100, 20,
    ]);
  });

  it("that expired on the way are good for seven more days", async () => {
    const owner = await on.owner();
    const orderId = await bought(owner);
    const { transactionId } = await take(owner, orderId, 0, 15, day(1));
    const nowMs = day(500);
    await on.transaction((tx) =>
      on.ledger.putBackCredits(tx, { ownerId: owner, transactionId, reason: "refused", nowMs }),
    );
    expect(await available(owner, nowMs)).toBe(115);
    expect(await available(owner, nowMs + 7 * dayMs)).toBe(100);
  });
});

describe("a claim", () => {
  const claim = (fromOwnerId: string, toOwnerId: string, key: string = randomUUID()) =>
    on.transaction((tx) => on.ledger.claimCredits(tx, { fromOwnerId, toOwnerId, key }));

  it("moves everything with its expiry, and closes the visitor's wallet", async () => {
    const [visitor, account] = [await on.owner(), await on.owner()];
    await on.give(account, 5);
    await on.give(visitor, 30, { source: "trial" });
    const used = await on.hold(visitor, 4);
    const key = randomUUID();
    expect(await claim(visitor, account)).toMatchObject({ refusal: "credits_in_use" });
    await on.capture(used);
    expect(await claim(visitor, account, key)).toMatchObject({ amount: 26, available: 31 });
    expect(await claim(visitor, account, key)).toMatchObject({ amount: 26, replayed: true });
    expect(await on.wallet(visitor)).toMatchObject({ posted: 0, held: 0 });
    expect(await on.wallet(account)).toMatchObject({ posted: 31, held: 0 });
    const [from, to] = await on.db().creditLot.findMany({
      where: { source: "trial", wallet: { ownerId: { in: [visitor, account] } } },
      orderBy: { remaining: "asc" },
    });
    expect(to).toMatchObject({
      claimedFrom: from?.id,
      granted: 26,
      remaining: 26,
      expiresAt: from?.expiresAt,
    });
    expect(await claim(visitor, account)).toMatchObject({ refusal: "wallet_frozen" });
    expect((await on.hold(visitor, 1)).result.refusal).toBe("wallet_frozen");
  });

  it("of nothing moves nothing, and closes the wallet too", async () => {
    const [visitor, account] = [await on.owner(), await on.owner()];
    expect(await claim(visitor, account)).toMatchObject({ outcome: "applied", amount: 0 });
    expect(await on.wallet(account)).toEqual({ posted: 0, held: 0, seq: 0 });
    await on.give(visitor, 30);
    expect((await on.hold(visitor, 1)).result.refusal).toBe("wallet_frozen");
  });
});
