import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { breaches, fresh, spareUser, triggers } from "@/lib/testing/constraint-cases";
import { openLedger, priceOf } from "@/lib/testing/ledger";

let app: TestApp;
let client: pg.Client;

beforeAll(async () => {
  app = await startTestApp();
  await fillTables();
  client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await app.stop();
});

/** A row in every table, as the product writes them. */
async function fillTables(): Promise<void> {
  const on = await openLedger();
  const [owner, other] = [await on.owner(), await on.owner()];
  const orderId = "order-of-the-test";
  await on.give(owner, 50, { source: "topup", orderId });
  const held = await on.hold(owner, priceOf({ transcribe: 10, "translate:en": 5 }));
  await on.capture(held);
  const taken = await on.transaction((tx) =>
    on.ledger.takeBackCredits(tx, {
      kind: "refund",
      ownerId: owner,
      orderId,
      refundId: randomUUID(),
      paid: 5,
      bonus: 0,
      reason: "test",
    }),
  );
  const { transactionId } = taken;
  await on.transaction((tx) =>
    on.ledger.putBackCredits(tx, { ownerId: owner, transactionId, reason: "test" }),
  );
  const at = new Date();
  const id = randomUUID;
  const db = on.db();
  await db.user.create({ data: { id: spareUser, email: "spare@example.test", name: "Spare" } });
  await db.ledgerCheck.create({ data: { id: id(), startedAt: at, endedAt: at, ok: true } });
  await db.notice.create({
    data: { id: id(), userId: owner, kind: "test", data: {}, dedupeKey: "test", createdAt: at },
  });
  const promotion = { nameKo: "시험", nameEn: "Test", kind: "percent", value: 10 } as const;
  const promotionId = id();
  await db.promotion.create({
    data: { id: promotionId, ...promotion, code: "TEST", startsAt: at, maxUses: 3 },
  });
  await db.promotionRedemption.create({
    data: { id: id(), promotionId, userId: owner, orderId, state: "reserved", updatedAt: at },
  });
  const package_ = { packageId: "light", credits: 50, bonusCredits: 0, listKrw: 1_100 };
  const amounts = { amountKrw: 1_100, suppliedKrw: 1_000, vatKrw: 100 };
  const keys = {
    requestKey: "request",
    customerKey: "customer",
    confirmKey: "confirm",
    paymentKey: "payment",
  };
  await db.topUpOrder.create({
    data: {
      orderId,
      userId: owner,
      ...package_,
      ...amounts,
      ...keys,
      createdAt: at,
      updatedAt: at,
    },
  });
  const refund = { amountKrw: 100, paidCredits: 5, bonusCredits: 0, balanceBeforeKrw: 1_100 };
  const why = {
    policy: "rest",
    reason: "test",
    requestKey: "request",
    cancelKey: "cancel",
    transactionKey: "cancelled",
  };
  await db.refund.create({ data: { id: id(), orderId, ...refund, ...why, createdAt: at } });
  await db.providerEvent.create({
    data: { id: id(), transmissionId: "event", kind: "test", body: {}, receivedAt: at },
  });
  await db.reconciliationRun.create({
    data: { id: id(), fromAt: at, toAt: at, startedAt: at },
  });
  const finding = { code: "test", severity: "warning", subject: "test", expected: "", actual: "" };
  await db.moneyFinding.create({ data: { id: id(), ...finding, firstSeen: at, lastSeen: at } });
  await db.trialDevice.create({ data: { id: "device", userId: other, createdAt: at } });
  await db.trialAllowance.create({ data: { subject: "all", hash: "", day: at } });
}

interface Refusal {
  constraint: string | undefined;
  message: string;
}

/** What Postgres says to this, by the end of a transaction that then goes away. */
async function refusalOf(statement: string, values: unknown[] = []): Promise<Refusal | undefined> {
  await client.query("BEGIN");
  try {
    await client.query(statement, values);
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { constraint: error.constraint, message: error.message };
  } finally {
    await client.query("ROLLBACK");
  }
}

const tables = Object.keys(fresh);

/** A row like the first of the table, `change` aside. */
const likeTheFirst = (table: string, of = "TRUE") => `
  INSERT INTO ${table} SELECT (jsonb_populate_record(t, $1::jsonb)).*
  FROM ${table} AS t WHERE ${of} ORDER BY t.ctid LIMIT 1`;

async function names(query: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(query, [tables]);
  return rows.map(({ name }) => name);
}

describe("each constraint of the ledger, the payments and the trials", () => {
  it.each(breaches)("$constraint $change $same $of", async (breach) => {
    const { constraint, table, change = {}, same = [], of } = breach;
    const values = Object.entries({ ...fresh[table], ...change });
    const row = Object.fromEntries(values.filter(([column]) => !same.includes(column)));
    const refusal = await refusalOf(likeTheFirst(table, of), [JSON.stringify(row)]);
    expect(refusal).toMatchObject({ constraint });
  });

  it.each(
    Object.entries(triggers).flatMap(([name, statements]) =>
      statements.map((statement) => ({ name, statement })),
    ),
  )("$name refuses $statement", async ({ statement }) => {
    const refusal = await refusalOf(statement);
    expect(refusal?.message).toMatch(/^ledger_(transactions|entries) is append-only$/);
  });

  // A line of a ledger transaction never comes alone.
  it.each(tables.filter((table) => table !== "ledger_entries"))(
    "%s takes another row that breaks nothing",
    async (table) => {
      expect(await refusalOf(likeTheFirst(table), [JSON.stringify(fresh[table])])).toBeUndefined();
    },
  );

  it("has a case", async () => {
    const constraints = await names(`
      SELECT conname AS name FROM pg_constraint
      WHERE contype IN ('c', 'f', 'p', 'u', 'x', 't') AND conrelid::regclass::text = ANY($1)
      UNION SELECT indexrelid::regclass::text FROM pg_index
      WHERE indisunique AND indrelid::regclass::text = ANY($1)`);
    const tried = new Set(breaches.map(({ constraint }) => constraint));
    expect(constraints.filter((name) => !tried.has(name))).toEqual([]);
    expect([...tried].filter((name) => !constraints.includes(name))).toEqual(["users_visitor"]);
    const found = await names(`
      SELECT tgname AS name FROM pg_trigger
      WHERE NOT tgisinternal AND tgconstraint = 0 AND tgrelid::regclass::text = ANY($1)`);
    expect([...new Set(found)].sort()).toEqual(Object.keys(triggers).sort());
  });
});
