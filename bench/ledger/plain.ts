import { createHash, randomUUID } from "node:crypto";
import { notifyCredits } from "@/lib/credits/ledger-repo";
import type { Price } from "@/lib/credits/price";
import { db, type Tx } from "@/lib/db";
import { afterCommit, transaction } from "@/lib/transaction";

/**
 * The same ledger written the plain way, to compare with: SELECT ... FOR UPDATE, then statement by
 * statement, through the same client, pool and retries. Same tables, constraints and balance
 * trigger, in a schema of their own; same promises: one answer a key, lots in their order, entries
 * that add up, the hint after the commit.
 */

const tables = [
  "credit_wallets",
  "credit_lots",
  "ledger_transactions",
  "ledger_entries",
  "credit_reservations",
  "reservation_lines",
  "reservation_lots",
];

/** Makes the tables and fills them with the wallets and lots that the product's have now. */
export async function preparePlain(): Promise<void> {
  const run = (statement: string) => db().$executeRawUnsafe(statement);
  await run("CREATE SCHEMA plain");
  for (const table of tables)
    await run(`CREATE TABLE plain.${table} (LIKE ${table} INCLUDING ALL)`);
  for (const [table, column, to] of [
    ["credit_lots", "wallet_id", "credit_wallets"],
    ["ledger_entries", "transaction_id", "ledger_transactions"],
    ["credit_reservations", "wallet_id", "credit_wallets"],
    ["reservation_lines", "reservation_id", "credit_reservations"],
    ["reservation_lots", "reservation_id", "credit_reservations"],
  ]) {
    await run(`ALTER TABLE plain.${table} ADD FOREIGN KEY (${column}) REFERENCES plain.${to} (id)`);
  }
  await run("ALTER TABLE plain.credit_wallets ADD FOREIGN KEY (owner_id) REFERENCES users (id)");
  for (const table of tables.slice(0, 4)) {
    await run(`INSERT INTO plain.${table} SELECT * FROM ${table}`);
  }
  for (const table of ["ledger_transactions", "ledger_entries"]) {
    await run(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON plain.${table}
      FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()`);
  }
  const [check] = await db().$queryRaw<{ source: string }[]>`
    SELECT pg_get_functiondef('check_ledger_balance'::regproc) AS source`;
  await run(
    (check?.source ?? "")
      .replace("FUNCTION public.", "FUNCTION plain.")
      .replace("FROM ledger_entries", "FROM plain.ledger_entries"),
  );
  await run(`CREATE CONSTRAINT TRIGGER balance AFTER INSERT ON plain.ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plain.check_ledger_balance()`);
}

interface Wallet {
  id: string;
  posted: number;
  held: number;
  seq: number;
  frozenAt: Date | null;
}

const hashOf = (...asked: (string | number)[]) =>
  createHash("sha256").update(JSON.stringify(asked)).digest("base64url");

/** Whether the key has been answered. */
async function isReplay(tx: Tx, key: string, hash: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ hash: string }[]>`
    SELECT request_hash AS hash FROM plain.ledger_transactions WHERE idempotency_key = ${key}`;
  if (row && row.hash !== hash) throw new Error("the key was used for something else");
  return row !== undefined;
}

/** Holds `price` for an owner; answers the reservation, or undefined when there isn't enough. */
export function reservePlain(options: {
  ownerId: string;
  subjectId: string;
  price: Price;
}): Promise<string | undefined> {
  const { ownerId, subjectId, price } = options;
  const key = `job:${subjectId}:1`;
  const hash = hashOf("reserve", ownerId, price.total);
  const at = new Date();
  const [id, reservation] = [randomUUID(), randomUUID()];
  return transaction(async (tx) => {
    if (await isReplay(tx, key, hash)) return undefined;
    const [wallet] = await tx.$queryRaw<Wallet[]>`
      SELECT id, posted, held, seq, frozen_at AS "frozenAt" FROM plain.credit_wallets
      WHERE owner_id = ${ownerId}::uuid FOR UPDATE`;
    if (!wallet) return undefined;
    const lots = await tx.$queryRaw<{ id: string; free: number }[]>`
      SELECT id, remaining - held AS free FROM plain.credit_lots
      WHERE wallet_id = ${wallet.id}::uuid AND remaining > held
        AND (expires_at IS NULL OR expires_at > ${at}::timestamptz)
      ORDER BY expires_at NULLS LAST, lot_rank(source), created_at, id FOR UPDATE`;
    const available = wallet.posted - wallet.held;
    if (wallet.frozenAt !== null || available < price.total) {
      await tx.$executeRaw`
        INSERT INTO plain.ledger_transactions (id, kind, idempotency_key, request_hash, outcome,
          refusal, wallet_id, amount, available_after, created_at)
        VALUES (${id}::uuid, 'reserve', ${key}, ${hash}, 'refused', 'credits_insufficient',
          ${wallet.id}::uuid, ${price.total}::int, ${available}::int, ${at}::timestamptz)`;
      return undefined;
    }
    const after = available - price.total;
    const held = wallet.held + price.total;
    const seq = wallet.seq + 1;
    await tx.$executeRaw`
      UPDATE plain.credit_wallets SET held = ${held}::int, seq = ${seq}::int
      WHERE id = ${wallet.id}::uuid`;
    await tx.$executeRaw`
      INSERT INTO plain.credit_reservations
        (id, wallet_id, purpose, subject_id, attempt, amount, rule_version, quote, expires_at, created_at)
      VALUES (${reservation}::uuid, ${wallet.id}::uuid, 'job', ${subjectId}::uuid, 1,
        ${price.total}::int, ${price.ruleVersion}, ${JSON.stringify(price)}::jsonb,
        ${new Date(at.getTime() + 86_400_000)}::timestamptz, ${at}::timestamptz)`;
    for (const [position, line] of price.lines.entries()) {
      await tx.$executeRaw`
        INSERT INTO plain.reservation_lines (reservation_id, position, component, units, amount)
        VALUES (${reservation}::uuid, ${position}::int, ${line.component}, ${line.units}::int,
          ${line.amount}::int)`;
    }
    await tx.$executeRaw`
      INSERT INTO plain.ledger_transactions (id, kind, idempotency_key, request_hash, wallet_id,
        amount, available_after, reservation_id, created_at)
      VALUES (${id}::uuid, 'reserve', ${key}, ${hash}, ${wallet.id}::uuid, ${price.total}::int,
        ${after}::int, ${reservation}::uuid, ${at}::timestamptz)`;
    let left = price.total;
    for (const [position, lot] of lots.entries()) {
      if (left === 0) break;
      const take = Math.min(left, lot.free);
      left -= take;
      await tx.$executeRaw`
        UPDATE plain.credit_lots SET held = held + ${take}::int WHERE id = ${lot.id}::uuid`;
      await tx.$executeRaw`
        INSERT INTO plain.reservation_lots (reservation_id, lot_id, position, amount)
        VALUES (${reservation}::uuid, ${lot.id}::uuid, ${position}::int, ${take}::int)`;
      await tx.$executeRaw`
        INSERT INTO plain.ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount,
          wallet_seq, available_after, held_after)
        VALUES (${id}::uuid, ${2 * position + 1}::int, 'wallet_available', ${wallet.id}::uuid,
            ${lot.id}::uuid, ${-take}::int, ${seq}::int, ${after}::int, ${held}::int),
          (${id}::uuid, ${2 * position + 2}::int, 'wallet_held', ${wallet.id}::uuid,
            ${lot.id}::uuid, ${take}::int, ${seq}::int, ${after}::int, ${held}::int)`;
    }
    afterCommit(tx, () => notifyCredits(ownerId));
    return reservation;
  });
}

/** Takes a line of a reservation for good. */
export function capturePlain(options: { subjectId: string; component: string }): Promise<void> {
  const { subjectId, component } = options;
  const at = new Date();
  const id = randomUUID();
  return transaction(async (tx) => {
    const [reservation] = await tx.$queryRaw<
      {
        id: string;
        walletId: string;
        ownerId: string;
        amount: number;
        captured: number;
        released: number;
      }[]
    >`
      SELECT r.id, r.wallet_id AS "walletId", w.owner_id AS "ownerId", r.amount, r.captured, r.released
      FROM plain.credit_reservations r JOIN plain.credit_wallets w ON w.id = r.wallet_id
      WHERE purpose = 'job' AND subject_id = ${subjectId}::uuid ORDER BY attempt DESC LIMIT 1
      FOR UPDATE OF r`;
    if (!reservation) return;
    const key = `capture:${reservation.id}:${component}`;
    const hash = hashOf(reservation.id, component);
    if (await isReplay(tx, key, hash)) return;
    const [line] = await tx.$queryRaw<{ amount: number }[]>`
      SELECT amount FROM plain.reservation_lines WHERE reservation_id = ${reservation.id}::uuid
        AND component = ${component} AND state = 'held' FOR UPDATE`;
    if (!line) throw new Error(`${component} isn't held`);
    await tx.$executeRaw`
      UPDATE plain.reservation_lines SET state = 'captured', ended_at = ${at}::timestamptz
      WHERE reservation_id = ${reservation.id}::uuid AND component = ${component}`;
    const [wallet] = await tx.$queryRaw<Wallet[]>`
      SELECT id, posted, held, seq, frozen_at AS "frozenAt" FROM plain.credit_wallets
      WHERE id = ${reservation.walletId}::uuid FOR UPDATE`;
    if (!wallet) throw new Error("no wallet");
    const held = wallet.held - line.amount;
    const posted = wallet.posted - line.amount;
    const seq = wallet.seq + 1;
    await tx.$executeRaw`
      UPDATE plain.credit_wallets SET posted = ${posted}::int, held = ${held}::int, seq = ${seq}::int
      WHERE id = ${wallet.id}::uuid`;
    await tx.$executeRaw`
      INSERT INTO plain.ledger_transactions (id, kind, idempotency_key, request_hash, wallet_id,
        amount, available_after, reservation_id, component, created_at)
      VALUES (${id}::uuid, 'capture', ${key}, ${hash}, ${wallet.id}::uuid, ${line.amount}::int,
        ${posted - held}::int, ${reservation.id}::uuid, ${component}, ${at}::timestamptz)`;
    const lots = await tx.$queryRaw<{ id: string; open: number }[]>`
      SELECT lot_id AS id, amount - captured - released AS open FROM plain.reservation_lots
      WHERE reservation_id = ${reservation.id}::uuid AND amount > captured + released
      ORDER BY position FOR UPDATE`;
    let left = line.amount;
    let lines = 0;
    for (const lot of lots) {
      if (left === 0) break;
      const take = Math.min(left, lot.open);
      left -= take;
      lines += 1;
      await tx.$executeRaw`
        UPDATE plain.credit_lots SET remaining = remaining - ${take}::int, held = held - ${take}::int
        WHERE id = ${lot.id}::uuid`;
      await tx.$executeRaw`
        UPDATE plain.reservation_lots SET captured = captured + ${take}::int
        WHERE reservation_id = ${reservation.id}::uuid AND lot_id = ${lot.id}::uuid`;
      await tx.$executeRaw`
        INSERT INTO plain.ledger_entries (transaction_id, line, account, wallet_id, lot_id, amount,
          wallet_seq, available_after, held_after)
        VALUES (${id}::uuid, ${lines}::int, 'wallet_held', ${wallet.id}::uuid, ${lot.id}::uuid,
          ${-take}::int, ${seq}::int, ${posted - held}::int, ${held}::int)`;
    }
    await tx.$executeRaw`
      INSERT INTO plain.ledger_entries (transaction_id, line, account, amount)
      VALUES (${id}::uuid, ${lines + 1}::int, 'sys_revenue', ${line.amount}::int)`;
    const captured = reservation.captured + line.amount;
    await tx.$executeRaw`
      UPDATE plain.credit_reservations SET captured = ${captured}::int,
        state = reservation_state_of(amount, ${captured}::int, released),
        ended_at = CASE WHEN ${captured}::int + released = amount THEN ${at}::timestamptz END
      WHERE id = ${reservation.id}::uuid`;
    afterCommit(tx, () => notifyCredits(reservation.ownerId));
  });
}
