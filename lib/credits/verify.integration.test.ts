import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { type OpenLedger, openLedger } from "@/lib/testing/ledger";
import { books, fillBooks } from "@/lib/testing/ledger-books";
import { type Invariant, invariantNames, type LedgerReport } from "./invariants";

let app: TestApp;
let on: OpenLedger;
let verifyLedger: () => Promise<LedgerReport>;

beforeAll(async () => {
  app = await startTestApp();
  on = await openLedger();
  ({ verifyLedger } = await import("./verify"));
  await fillBooks(on);
});
afterAll(() => app.stop());

/** What is found once `statements` have changed the books, with everything off that forbids it. */
async function reportAfter(statements: string): Promise<LedgerReport> {
  const { reportIn } = await import("./verify-repo");
  const recent = new Date(Date.now() - 60_000);
  let report: LedgerReport | undefined;
  const undone = on.db().$transaction(async (tx) => {
    await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
    for (const statement of statements.split(";")) await tx.$executeRawUnsafe(statement);
    report = await reportIn(tx, { reaped: recent, expired: recent });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  if (!report) throw new Error("there is no report");
  return report;
}

interface Mutant {
  invariant: Invariant;
  name: string;
  sql: () => string;
  expected: string | RegExp;
  actual: string | RegExp;
}

const of = (orderId: string) =>
  `(SELECT id FROM ledger_transactions WHERE kind = 'topup' AND order_id = '${orderId}')`;
const goodwill = `(SELECT id FROM ledger_transactions WHERE idempotency_key = '${books.goodwillKey}')`;
const lastOfPoor = () =>
  `(SELECT t.id FROM ledger_transactions t JOIN credit_wallets w ON w.id = t.wallet_id
    WHERE w.owner_id = '${books.poorOwner}' AND t.kind = 'expire')`;

const mutants: Mutant[] = [
  {
    invariant: "balanced_transactions",
    name: "a grant from nowhere, another the other way",
    sql: () => `
      UPDATE ledger_entries SET amount = amount - 1
        WHERE account = 'sys_topup' AND transaction_id = ${of(books.paidOrder)};
      UPDATE ledger_entries SET amount = amount + 1
        WHERE account = 'sys_topup' AND transaction_id = ${of(books.refundedOrder)}`,
    expected: "0",
    actual: /^-?1$/,
  },
  {
    invariant: "balanced_ledger",
    name: "an entry of no transaction",
    sql: () => `INSERT INTO ledger_entries (transaction_id, line, account, amount)
      VALUES (gen_random_uuid(), 1, 'sys_promo', 5)`,
    expected: "0",
    actual: "5",
  },
  {
    invariant: "wallet_balances",
    name: "a wallet with a credit more",
    sql: () => `UPDATE credit_wallets SET posted = posted + 1 WHERE owner_id = '${books.owner}'`,
    expected: "posted 273, held 5",
    actual: "posted 274, held 5",
  },
  {
    invariant: "lot_balances",
    name: "a lot with a credit less",
    sql: () => "UPDATE credit_lots SET remaining = remaining - 1 WHERE source = 'goodwill'",
    expected: "granted 60, remaining 60, held 0",
    actual: "granted 60, remaining 59, held 0",
  },
  {
    invariant: "lot_balances",
    name: "a lot in another's wallet",
    sql: () => `UPDATE credit_lots SET wallet_id =
      (SELECT id FROM credit_wallets WHERE owner_id = '${books.poorOwner}')
      WHERE source = 'goodwill'`,
    expected: /^(granted 60, remaining 60, held 0|no such lot in this wallet)$/,
    actual: /^(granted 60, remaining 60, held 0|no such lot in this wallet)$/,
  },
  {
    invariant: "nothing_negative",
    name: "more expired than there was",
    sql: () => `
      ALTER TABLE credit_wallets DROP CONSTRAINT credit_wallets_amounts;
      ALTER TABLE credit_lots DROP CONSTRAINT credit_lots_amounts;
      ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_after;
      UPDATE credit_wallets SET posted = -3 WHERE owner_id = '${books.poorOwner}';
      UPDATE credit_lots SET remaining = -3 WHERE wallet_id =
        (SELECT id FROM credit_wallets WHERE owner_id = '${books.poorOwner}');
      UPDATE ledger_entries SET amount = sign(amount) * 8,
        available_after = available_after - 3 WHERE transaction_id = ${lastOfPoor()};
      UPDATE ledger_transactions SET amount = 8, available_after = -3 WHERE id = ${lastOfPoor()}`,
    expected: "0 or more",
    actual: "-3",
  },
  {
    invariant: "reservations",
    name: "a line that holds more than was taken",
    sql: () => `UPDATE reservation_lines SET amount = amount + 1 WHERE component = 'translate:ja'`,
    expected: "held 25, captured 15, released 5",
    actual: "held 26, captured 15, released 5",
  },
  {
    invariant: "reservations",
    name: "a lot that is held more than once",
    sql: () => `UPDATE reservation_lots SET released = released - 1, captured = captured + 1
      WHERE released > 0`,
    expected: "held 25, captured 15, released 5",
    actual: "held 25, captured 16, released 4",
  },
  {
    invariant: "prices",
    name: "a longer video for the same price",
    sql: () => `UPDATE reservation_lines SET units = units + 60000
      WHERE component = 'translate:en' AND state = 'captured'`,
    expected: "10",
    actual: "5",
  },
  {
    invariant: "prices",
    name: "a rule that nobody knows",
    sql: () => `UPDATE credit_reservations SET rule_version = '2020-01' WHERE amount = 12`,
    expected: "a known rule, not 2020-01",
    actual: "12",
  },
  {
    invariant: "prices",
    name: "a job that ended and still holds credits",
    sql: () => `UPDATE jobs SET status = 'failed' WHERE id = '${books.openJob}'`,
    expected: "failed, nothing held",
    actual: "5 held",
  },
  {
    invariant: "prices",
    name: "a second attempt that is charged again",
    sql: () => `UPDATE credit_reservations SET subject_id = '${books.openJob}', attempt = 2
      WHERE subject_id = '${books.doneJob}'`,
    expected: "captured once",
    actual: "captured 2 times",
  },
  {
    invariant: "order_grants",
    name: "credits of an order that isn't paid",
    sql: () => `UPDATE top_up_orders SET state = 'created' WHERE order_id = '${books.paidOrder}'`,
    expected: "no topup, as no such order is paid",
    actual: "topup of 100",
  },
  {
    invariant: "order_grants",
    name: "a paid order without credits",
    sql: () => `UPDATE ledger_transactions SET kind = 'grant' WHERE id = ${of(books.paidOrder)}`,
    expected: "topup of 100",
    actual: "no topup",
  },
  {
    invariant: "order_balances",
    name: "a refund of another amount",
    sql: () => `UPDATE refunds SET amount_krw = amount_krw + 1 WHERE state = 'done'`,
    expected: "989 KRW left",
    actual: "990 KRW left",
  },
  {
    invariant: "order_balances",
    name: "a payment that the provider has given back",
    sql: () => `UPDATE top_up_orders SET provider = '{"balanceAmount": 0}'
      WHERE order_id = '${books.refundedOrder}'`,
    expected: "990 KRW left",
    actual: "990 KRW left, the provider says 0",
  },
  {
    invariant: "order_credits",
    name: "a refund of other credits than were taken",
    sql: () => `UPDATE refunds SET paid_credits = paid_credits + 1 WHERE state = 'done'`,
    expected: "120 given, 11 of them refunded",
    actual: /^10 refunded, \d+ used, \d+ left$/,
  },
  {
    invariant: "wallet_sequences",
    name: "a balance that doesn't follow from the one before",
    sql: () => `
      UPDATE ledger_entries SET available_after = available_after + 1
        WHERE transaction_id = ${goodwill} AND wallet_id IS NOT NULL;
      UPDATE ledger_transactions SET available_after = available_after + 1 WHERE id = ${goodwill}`,
    expected: /^number \d+, available \d+, held \d+$/,
    actual: /^number \d+, available \d+, held \d+$/,
  },
  {
    invariant: "wallet_sequences",
    name: "a movement that is missing at the end",
    sql: () => `UPDATE credit_wallets SET seq = seq + 1 WHERE owner_id = '${books.poorOwner}'`,
    expected: "number 2",
    actual: "number 3",
  },
  {
    invariant: "promotion_caps",
    name: "a use that nobody made",
    sql: () => "UPDATE promotions SET uses = 2",
    expected: "1 used",
    actual: "2 used",
  },
  {
    invariant: "promotion_caps",
    name: "more uses than allowed",
    sql: () => `ALTER TABLE promotions DROP CONSTRAINT promotions_uses;
      UPDATE promotions SET max_uses = 0`,
    expected: "1 used, at most 0",
    actual: "1 used",
  },
  {
    invariant: "reservations_alive",
    name: "credits held for a job that is gone",
    sql: () => `
      DELETE FROM jobs WHERE id = '${books.openJob}';
      UPDATE credit_reservations SET expires_at = '2026-01-01' WHERE state = 'held'`,
    expected: "a live job or nothing held",
    actual: /^5 held since .*Z for job /,
  },
  {
    invariant: "expiries",
    name: "credits that should have expired",
    sql: () => "UPDATE credit_lots SET expires_at = '2026-01-01' WHERE source = 'goodwill'",
    expected: "0 left",
    actual: "60 left, expired 2026-01-01T00:00Z",
  },
  {
    invariant: "answers",
    name: "an answer that isn't what was done",
    sql: () => `UPDATE ledger_transactions SET amount = 61 WHERE id = ${goodwill}`,
    expected: /^61 moved, \d+ available$/,
    actual: /^60 moved, \d+ available$/,
  },
  {
    invariant: "answers",
    name: "a refusal that gave something",
    sql: () => `UPDATE ledger_transactions SET outcome = 'refused', refusal = 'wallet_frozen'
      WHERE id = ${goodwill}`,
    expected: "nothing moved",
    actual: /^60 moved/,
  },
];

describe("the ledger's checks", () => {
  it("find nothing where everything is right", async () => {
    expect(await verifyLedger()).toEqual({
      wallets: 3,
      transactions: 18,
      entries: expect.any(Number),
      reservations: 2,
      orders: 2,
      failures: [],
    });
  });

  it.each(mutants)("$invariant: $name", async ({ invariant, sql, expected, actual }) => {
    const { failures } = await reportAfter(sql());
    expect([...new Set(failures.map((failure) => failure.invariant))]).toEqual([invariant]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ expected: like(expected), actual: like(actual) });
    }
  });

  it("each have something that breaks them alone", () => {
    expect(new Set(mutants.map(({ invariant }) => invariant))).toEqual(new Set(invariantNames));
  });
});

function like(text: string | RegExp) {
  return typeof text === "string" ? text : expect.stringMatching(text);
}
