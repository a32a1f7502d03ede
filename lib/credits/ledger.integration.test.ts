import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser } from "@/lib/testing/factories";
import { priceJob } from "./price";

let app: TestApp;
let ledger: typeof import("./ledger");
let repo: typeof import("./ledger-repo");
let transaction: typeof import("@/lib/transaction").transaction;
let db: typeof import("@/lib/db").db;
let newId: typeof import("@/lib/ids").newId;

beforeAll(async () => {
  app = await startTestApp();
  [ledger, repo, { transaction }, { db }, { newId }] = await Promise.all([
    import("./ledger"),
    import("./ledger-repo"),
    import("@/lib/transaction"),
    import("@/lib/db"),
    import("@/lib/ids"),
  ]);
});
afterAll(() => app.stop());

describe("a reservation", () => {
  it("is captured line by line and gives back the rest", async () => {
    const { id: ownerId } = await makeUser();
    const job = newId();
    await transaction((tx) =>
      ledger.grantCredits(tx, { ownerId, source: "signup", amount: 60, key: `t:${ownerId}` }),
    );
    const price = priceJob({ durationMs: 61_000, source: "ko", targets: ["en", "ja"] });
    expect(price.total).toBe(11 + 6 + 6);
    const of = { purpose: "job", subjectId: job } as const;
    const held = await transaction((tx) =>
      ledger.reserveCredits(tx, { ...of, ownerId, attempt: 1, price, key: `job:${job}:1` }),
    );
    expect(held).toMatchObject({ outcome: "applied", available: 37 });
    await transaction((tx) => ledger.captureLine(tx, { ...of, component: "transcribe" }));
    await transaction((tx) => ledger.captureLine(tx, { ...of, component: "transcribe" }));
    await transaction((tx) => ledger.releaseCredits(tx, of, { ours: true, reason: "failed" }));
    const wallet = await db().creditWallet.findUniqueOrThrow({ where: { ownerId } });
    expect(wallet).toMatchObject({ posted: 49, held: 0, seq: 4 });
    expect(await repo.readAvailable(ownerId, new Date())).toBe(49);
    const again = transaction((tx) =>
      ledger.reserveCredits(tx, {
        ...of,
        ownerId,
        attempt: 1,
        price: priceJob({ durationMs: 1 }),
        key: `job:${job}:1`,
      }),
    );
    await expect(again).rejects.toMatchObject({ code: "idempotency_conflict" });
  });
});
