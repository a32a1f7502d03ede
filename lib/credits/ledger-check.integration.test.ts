import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeVideo } from "@/lib/testing/factories";
import { dayMs, type OpenLedger, openLedger } from "@/lib/testing/ledger";
import { fillBooks } from "@/lib/testing/ledger-books";

let app: TestApp;
let on: OpenLedger;
let service: typeof import("./ledger-check");

beforeAll(async () => {
  app = await startTestApp();
  on = await openLedger();
  service = await import("./ledger-check");
});
afterAll(() => app.stop());

const audited = () => on.db().auditEvent.count({ where: { name: "ledger_check_failed" } });
const findings = () =>
  on.db().moneyFinding.findMany({ where: { code: { startsWith: "ledger_" } } });

describe("the ledger's check", () => {
  it("keeps how it went, for a week, and says so", async () => {
    expect(await service.lastLedgerCheck()).toBeNull();
    await fillBooks(on);
    const nowMs = Date.now();
    await service.checkLedger(nowMs - 8 * dayMs);
    expect((await service.checkLedger(nowMs)).failures).toEqual([]);
    const at = new Date(nowMs).toISOString();
    expect(await service.lastLedgerCheck()).toEqual({ ok: true, at });
    expect(await on.db().ledgerCheck.count()).toBe(1);
    expect(await findings()).toEqual([]);
  });

  it("raises what doesn't add up, and repeats itself only when it changes", async () => {
    const change = (by: number) =>
      on.db().$executeRaw`
        UPDATE credit_lots SET remaining = remaining + ${by}::int WHERE source = 'goodwill'`;
    await change(-1);
    await service.checkLedger();
    await service.checkLedger();
    expect(await service.lastLedgerCheck()).toMatchObject({ ok: false });
    expect(await findings()).toMatchObject([
      {
        code: "ledger_lot_balances",
        severity: "critical",
        expected: "granted 60, remaining 60, held 0",
        actual: "granted 60, remaining 59, held 0",
      },
    ]);
    expect(await audited()).toBe(1);
    await change(-1);
    await service.checkLedger();
    expect(await findings()).toMatchObject([{ actual: "granted 60, remaining 58, held 0" }]);
    expect(await audited()).toBe(2);
    await change(2);
    expect((await service.checkLedger()).failures).toEqual([]);
  });
});

describe("the ledger's sweep", () => {
  it("gives back what is held for jobs that are gone, and keeps it for those at work", async () => {
    const owner = await on.owner();
    const start = Date.now();
    const { id: videoId } = await makeVideo({ ownerId: owner });
    await on.give(owner, 100);
    const jobs = await Promise.all(
      (["processing", "failed", "processing"] as const).map(async (status, n) => {
        const row = { ownerId: owner, videoId, language: "ko", idempotencyKey: `${n}` };
        const id = `00000000-0000-4000-8000-00000000000${n}`;
        // The last one is at its second attempt: what its first held is forgotten.
        await on.db().job.create({ data: { id, ...row, status, attempt: n === 2 ? 2 : 1 } });
        return id;
      }),
    );
    for (const subjectId of [...jobs, owner]) await on.hold(owner, 10, { subjectId });
    const nowMs = start + 2 * dayMs;
    expect(await service.sweepLedger(nowMs)).toMatchObject({ expired: 0, released: 3 });
    expect(await on.wallet(owner)).toMatchObject({ posted: 100, held: 10 });
  });
});
