import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { dayMs, type OpenLedger, openLedger } from "@/lib/testing/ledger";

let app: TestApp;
let on: OpenLedger;
const parallel = 64;

/** `parallel` at once; what each came to. */
const burst = <T>(work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: parallel }, (_, n) => work(n)));

beforeAll(async () => {
  app = await startTestApp({ DATABASE_POOL_SIZE: "20" });
  on = await openLedger();
});
afterAll(() => app.stop());

describe(`${parallel} at once`, () => {
  it("take exactly what a wallet holds, over several lots", async () => {
    const owner = await on.owner();
    for (const amount of [37, 50, 23]) await on.give(owner, amount);
    const results = await burst(() => on.hold(owner, 7).then(({ result }) => result.outcome));
    expect(results.filter((outcome) => outcome === "applied")).toHaveLength(15);
    expect(await on.wallet(owner)).toMatchObject({ posted: 110, held: 105 });
  });

  it("asking for the same do it once, and all get its answer", async () => {
    const owner = await on.owner();
    const key = randomUUID();
    const grants = await burst(() => on.give(owner, 10, { key }));
    expect(grants.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(grants.map(({ transactionId }) => transactionId)).size).toBe(1);
    const subjectId = randomUUID();
    const holds = await burst(() => on.hold(owner, 4, { subjectId }));
    expect(holds.filter(({ result }) => !result.replayed)).toHaveLength(1);
    expect(new Set(holds.map(({ result }) => result.transactionId)).size).toBe(1);
    const [held] = holds;
    if (!held) throw new Error("nothing was held");
    await burst(() => on.capture(held));
    expect(await on.wallet(owner)).toEqual({ posted: 6, held: 0, seq: 3 });
  });

  it("make one wallet for somebody who had none", async () => {
    const owner = await on.owner();
    await burst(() => on.give(owner, 1));
    expect(await on.wallet(owner)).toEqual({ posted: parallel, held: 0, seq: parallel });
  });

  it("ending one reservation end it once", async () => {
    const owner = await on.owner();
    await on.give(owner, 100);
    const held = await on.hold(owner, 60);
    const ends = await burst((n) =>
      (n % 2 === 0 ? on.capture(held) : on.release(held, { ours: true })).then(
        () => true,
        () => false,
      ),
    );
    expect(ends).toContain(true);
    const { posted, held: left } = await on.wallet(owner);
    expect(left).toBe(0);
    expect([40, 100]).toContain(posted);
  });

  it("claiming one visitor move everything once", async () => {
    const [visitor, account] = [await on.owner(), await on.owner()];
    await on.give(visitor, 30, { source: "trial" });
    const claims = await burst(() =>
      on.transaction((tx) =>
        on.ledger.claimCredits(tx, {
          fromOwnerId: visitor,
          toOwnerId: account,
          key: randomUUID(),
        }),
      ),
    );
    expect(claims.filter(({ amount }) => amount === 30)).toHaveLength(1);
    expect(await on.wallet(account)).toEqual({ posted: 30, held: 0, seq: 1 });
  });
});

describe("what is given back expired while others look", () => {
  it("refuses them instead of failing", async () => {
    const owner = await on.owner();
    const nowMs = Date.now();
    const gone = nowMs + 2 * dayMs;
    await on.give(owner, 50, { nowMs, expiresAt: new Date(nowMs + dayMs) });
    await on.give(owner, 5, { nowMs, source: "topup" });
    const held = await on.hold(owner, 50, { nowMs });
    let waiting: Promise<unknown> = Promise.resolve();
    await on.transaction(async (tx) => {
      const options = { ours: false, reason: "test", nowMs: gone };
      await on.ledger.releaseCredits(tx, held.of, options);
      // It comes while 50 that have expired are about to be free.
      waiting = on.hold(owner, 20, { nowMs: gone });
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await expect(waiting).resolves.toMatchObject({
      result: { outcome: "refused", refusal: "credits_insufficient", available: 5 },
    });
    expect(await on.wallet(owner)).toMatchObject({ posted: 5, held: 0 });
  });
});
