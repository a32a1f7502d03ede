import "server-only";
import { db, Prisma, sqlState, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { LotSource } from "./lots";
import type { PriceLine } from "./price";

/** Channel whose payload names an account whose credits have changed. */
export const creditsChannel = "credits_changed";

/** What a movement came to; the same key is answered the same for ever. */
export interface LedgerResult {
  outcome: "applied" | "refused";
  /** credits_insufficient, wallet_frozen, line_not_held, credits_in_use */
  refusal: string | null;
  transactionId: string;
  amount: number;
  /** What the wallet can spend afterwards. */
  available: number;
  /** It had happened before; nothing was done now. */
  replayed: boolean;
}

/** What every movement carries. */
export interface Movement {
  id: string;
  key: string;
  /** Of everything asked for under the key. */
  hash: string;
  at: Date;
}

const { sql } = Prisma;

/** Runs one of the migration's functions, which all answer a `ledger_result`. */
async function move(tx: Tx, call: Prisma.Sql): Promise<LedgerResult> {
  const query = sql`
    SELECT outcome, refusal, transaction_id AS "transactionId", amount, available, replayed
    FROM ${call}`;
  const rows = await tx.$queryRaw<LedgerResult[]>(query).catch((error: unknown) => {
    throw translated(error);
  });
  const [result] = rows;
  if (!result) throw new AppError("internal", { detail: "the ledger didn't answer" });
  return result;
}

function translated(error: unknown): unknown {
  const state = sqlState(error);
  if (state === "AX409") return new AppError("idempotency_conflict", { cause: error });
  if (state === "AX404") return new AppError("not_found", { cause: error });
  return error;
}

export function grant(
  tx: Tx,
  by: Movement,
  to: {
    kind: "topup" | "bonus" | "grant";
    ownerId: string;
    lotId: string;
    source: LotSource;
    amount: number;
    expiresAt: Date | null;
    orderId: string | null;
    actorId: string | null;
    reason: string | null;
  },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_grant(${by.id}::uuid, ${by.key}, ${by.hash}, ${to.kind}::ledger_kind,
      ${to.ownerId}::uuid, ${to.lotId}::uuid, ${to.source}::lot_source, ${to.amount}::int,
      ${to.expiresAt}::timestamptz, ${to.orderId}::text, ${to.actorId}::uuid, ${to.reason}::text,
      ${by.at}::timestamptz)`,
  );
}

export function reserve(
  tx: Tx,
  by: Movement,
  from: {
    ownerId: string;
    reservationId: string;
    purpose: "job" | "retention";
    subjectId: string;
    attempt: number;
    ruleVersion: string;
    quote: object;
    lines: PriceLine[];
    expiresAt: Date;
  },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_reserve(${by.id}::uuid, ${by.key}, ${by.hash}, ${from.ownerId}::uuid,
      ${from.reservationId}::uuid, ${from.purpose}, ${from.subjectId}::uuid, ${from.attempt}::int,
      ${from.ruleVersion}, ${JSON.stringify(from.quote)}::jsonb,
      ${JSON.stringify(from.lines)}::jsonb, ${from.expiresAt}::timestamptz, ${by.at}::timestamptz)`,
  );
}

export function capture(
  tx: Tx,
  by: Movement,
  what: { reservationId: string; component: string },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_capture(${by.id}::uuid, ${by.key}, ${by.hash}, ${what.reservationId}::uuid,
      ${what.component}, ${by.at}::timestamptz)`,
  );
}

export function release(
  tx: Tx,
  by: Movement,
  what: {
    reservationId: string;
    /** Null: every line that is still held. */
    component: string | null;
    /** What expired while it was held is good for another seven days. */
    extend: boolean;
    reason: string;
  },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_release(${by.id}::uuid, ${by.key}, ${by.hash}, ${what.reservationId}::uuid,
      ${what.component}::text, ${what.extend}, ${what.reason}, ${by.at}::timestamptz)`,
  );
}

export function takeBack(
  tx: Tx,
  by: Movement,
  what: {
    kind: "refund" | "clawback";
    ownerId: string;
    orderId: string;
    refundId: string;
    paid: number;
    bonus: number;
    actorId: string | null;
    reason: string;
  },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_take_back(${by.id}::uuid, ${by.key}, ${by.hash}, ${what.kind}::ledger_kind,
      ${what.ownerId}::uuid, ${what.orderId}, ${what.refundId}::uuid, ${what.paid}::int,
      ${what.bonus}::int, ${what.actorId}::uuid, ${what.reason}, ${by.at}::timestamptz)`,
  );
}

export function putBack(
  tx: Tx,
  by: Movement,
  what: { transactionId: string; reason: string },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_put_back(${by.id}::uuid, ${by.key}, ${by.hash}, ${what.transactionId}::uuid,
      ${what.reason}, ${by.at}::timestamptz)`,
  );
}

export function claim(
  tx: Tx,
  by: Movement,
  between: { fromOwnerId: string; toOwnerId: string },
): Promise<LedgerResult> {
  return move(
    tx,
    sql`credits_claim(${by.id}::uuid, ${by.key}, ${by.hash}, ${between.fromOwnerId}::uuid,
      ${between.toOwnerId}::uuid, ${by.at}::timestamptz)`,
  );
}

/** Lets go of what has expired in a wallet; answers how many credits that was. */
export async function expire(tx: Tx, walletId: string, at: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ credits: number }[]>`
    SELECT credits_expire(${walletId}::uuid, ${at}::timestamptz) AS credits`;
  return row?.credits ?? 0;
}

/** Wallets that hold something which has expired. */
export function walletsWithExpired(
  at: Date,
  limit: number,
): Promise<{ walletId: string; ownerId: string }[]> {
  return db().$queryRaw`
    SELECT DISTINCT w.id AS "walletId", w.owner_id AS "ownerId"
    FROM credit_lots l JOIN credit_wallets w ON w.id = l.wallet_id
    WHERE l.remaining > l.held AND l.expires_at <= ${at}::timestamptz LIMIT ${limit}::int`;
}

/** Owners that the next hint names, and when it has gone out. */
let nextHint: { owners: Set<string>; sent: Promise<void> } | undefined;
let lastHint: Promise<void> = Promise.resolve();

/**
 * Tells whoever listens that an account's credits have changed: a hint to look. Those that come
 * while one is on its way go out together: hints queue for one lock of the whole server.
 */
export function notifyCredits(ownerId: string): Promise<void> {
  if (!nextHint) {
    const owners = new Set<string>();
    const sent = lastHint.then(() => {
      nextHint = undefined;
      return sendHints([...owners]);
    });
    nextHint = { owners, sent };
    lastHint = sent.catch(() => undefined);
  }
  nextHint.owners.add(ownerId);
  return nextHint.sent;
}

/** A hint needn't outlive a crash, so nobody waits for the disk. */
async function sendHints(ownerIds: readonly string[]): Promise<void> {
  await db().$queryRaw`
    SELECT set_config('synchronous_commit', 'off', true), count(pg_notify(${creditsChannel}, owner))
    FROM unnest(${[...ownerIds]}::text[]) AS owner`;
}

export interface ReservationRow {
  id: string;
  walletId: string;
  ownerId: string;
  purpose: string;
  subjectId: string;
  attempt: number;
  state: "held" | "captured" | "partially_captured" | "released";
}

/** The newest reservation for a subject, or that of one attempt. */
export async function findReservation(
  tx: Tx,
  of: { purpose: "job" | "retention"; subjectId: string; attempt?: number | undefined },
): Promise<ReservationRow | undefined> {
  const { purpose, subjectId, attempt = null } = of;
  const [row] = await tx.$queryRaw<ReservationRow[]>`
    SELECT r.id, r.wallet_id AS "walletId", w.owner_id AS "ownerId", r.purpose,
      r.subject_id AS "subjectId", r.attempt, r.state::text AS state
    FROM credit_reservations r JOIN credit_wallets w ON w.id = r.wallet_id
    WHERE r.purpose = ${purpose} AND r.subject_id = ${subjectId}::uuid
      AND (${attempt}::int IS NULL OR r.attempt = ${attempt}::int)
    ORDER BY r.attempt DESC LIMIT 1`;
  return row;
}

/** Components of a subject that have been captured, whatever the attempt. */
export async function capturedComponents(
  tx: Tx,
  of: { purpose: "job" | "retention"; subjectId: string },
): Promise<string[]> {
  const rows = await tx.reservationLine.findMany({
    where: { state: "captured", reservation: of },
    select: { component: true },
  });
  return rows.map(({ component }) => component);
}

/** Reservations still held past their time. */
export async function staleReservations(at: Date, limit: number): Promise<ReservationRow[]> {
  const rows = await db().creditReservation.findMany({
    where: { state: "held", expiresAt: { lt: at } },
    orderBy: { expiresAt: "asc" },
    take: limit,
    include: { wallet: { select: { ownerId: true } } },
  });
  return rows.map((row) => ({ ...row, ownerId: row.wallet.ownerId }));
}

export async function prolongReservation(tx: Tx, id: string, expiresAt: Date): Promise<void> {
  await tx.creditReservation.updateMany({ where: { id, state: "held" }, data: { expiresAt } });
}

/** What an account can spend: whatever has expired doesn't count, swept or not. */
export async function readAvailable(ownerId: string, at: Date, tx: Tx = db()): Promise<number> {
  const [row] = await tx.$queryRaw<{ available: number }[]>`
    SELECT w.posted - w.held - coalesce((
      SELECT sum(l.remaining - l.held) FROM credit_lots l
      WHERE l.wallet_id = w.id AND l.remaining > l.held AND l.expires_at <= ${at}::timestamptz), 0)::int
      AS available
    FROM credit_wallets w WHERE w.owner_id = ${ownerId}::uuid`;
  return row?.available ?? 0;
}

/** Nothing leaves the wallet while it is frozen; one that isn't there yet is made, frozen. */
export async function setFrozen(tx: Tx, ownerId: string, at: Date | null): Promise<void> {
  if (at) {
    await tx.$queryRaw`SELECT credits_wallet(${ownerId}::uuid, ${at}::timestamptz)::text`;
  }
  await tx.creditWallet.updateMany({ where: { ownerId }, data: { frozenAt: at } });
}
