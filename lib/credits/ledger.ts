import "server-only";
import { createHash } from "node:crypto";
import { appendAudit } from "@/lib/audit/service";
import { AppError, isErrorCode } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { afterCommit, type Tx } from "@/lib/transaction";
import {
  capture,
  claim,
  findReservation,
  grant,
  type LedgerResult,
  type Movement,
  notifyCredits,
  putBack,
  type ReservationRow,
  release,
  reserve,
  setFrozen,
  takeBack,
} from "./ledger-repo";
import { type LotSource, lotLifeMs } from "./lots";
import type { Price } from "./price";
import { afterGrant } from "./rearm";

export type { LedgerResult } from "./ledger-repo";

/**
 * The ways credits move. Each works inside the caller's transaction, does nothing the second time
 * its key comes, and answers then what it answered first, refusals too; the same key for something
 * else is `idempotency_conflict`. The database holds what no bug may break (docs/architecture.md).
 */

/** How long a reservation lasts without a sign of life of its job, in ms. */
export const reservationMs = 24 * 3_600_000;

function movement(key: string, nowMs: number, ...asked: (string | number | null)[]): Movement {
  const hash = createHash("sha256").update(JSON.stringify(asked)).digest("base64url");
  return { id: newId(nowMs), key, hash, at: new Date(nowMs) };
}

/** Hints to every open page of the owner, once the movement holds. */
function tell(tx: Tx, ownerId: string, result: LedgerResult): LedgerResult {
  if (result.outcome === "applied" && !result.replayed) {
    afterCommit(tx, () => notifyCredits(ownerId).catch(() => undefined));
  }
  return result;
}

/**
 * Gives credits as a lot of their own.
 * @param options `amount` whole credits from 1; `key` unique for what they are given for;
 * `expiresAt` left out: as long as lots of this source live
 */
export async function grantCredits(
  tx: Tx,
  options: {
    ownerId: string;
    source: LotSource;
    amount: number;
    key: string;
    expiresAt?: Date | null;
    orderId?: string;
    actorId?: string;
    reason?: string;
    nowMs?: number;
  },
): Promise<LedgerResult> {
  const { ownerId, source, amount, key, orderId, actorId, reason, nowMs = Date.now() } = options;
  const { expiresAt = new Date(nowMs + lotLifeMs[source]) } = options;
  const kind = source === "topup" || source === "bonus" ? source : "grant";
  const by = movement(key, nowMs, kind, ownerId, source, amount, orderId ?? null);
  const result = await grant(tx, by, {
    kind,
    ownerId,
    lotId: newId(nowMs),
    source,
    amount,
    expiresAt,
    orderId: orderId ?? null,
    actorId: actorId ?? null,
    reason: reason ?? null,
  });
  if (!result.replayed) {
    const detail = { source, amount, orderId: orderId ?? null };
    const { transactionId } = result;
    appendAudit(tx, {
      name: "credits_granted",
      actorId,
      subjectId: ownerId,
      detail: { ...detail, transactionId },
    });
    await afterGrant(tx, ownerId);
  }
  return tell(tx, ownerId, result);
}

/**
 * Holds what `price` says for a job or a retention extension, soonest expiry first. Refused when
 * the wallet lacks it (`credits_insufficient`) or is frozen; a refusal is kept too, so let the
 * transaction commit before throwing (`assertApplied`).
 */
export async function reserveCredits(
  tx: Tx,
  options: {
    ownerId: string;
    purpose: "job" | "retention";
    /** The job's or the video's id. */
    subjectId: string;
    attempt: number;
    price: Price;
    key: string;
    nowMs?: number;
  },
): Promise<LedgerResult & { reservationId: string }> {
  const { ownerId, purpose, subjectId, attempt, price, key, nowMs = Date.now() } = options;
  const reservationId = newId(nowMs);
  const lines = price.lines.flatMap(({ component, units, amount }) => [component, units, amount]);
  const { ruleVersion } = price;
  const by = movement(key, nowMs, ownerId, purpose, subjectId, ruleVersion, ...lines);
  const result = await reserve(tx, by, {
    ownerId,
    reservationId,
    purpose,
    subjectId,
    attempt,
    ruleVersion,
    quote: price,
    lines: price.lines,
    expiresAt: new Date(nowMs + reservationMs),
  });
  return { ...tell(tx, ownerId, result), reservationId };
}

/**
 * The refusal of a movement as an error.
 * @throws {AppError} `credits_insufficient`, `wallet_frozen`, `credits_in_use`
 */
export function assertApplied(result: LedgerResult): void {
  if (result.outcome === "applied") return;
  const code = result.refusal && isErrorCode(result.refusal) ? result.refusal : "internal";
  const { amount, available } = result;
  throw new AppError(code, { data: { amount, available } });
}

/** A reservation by what it is for. */
export interface ReservationOf {
  purpose: "job" | "retention";
  subjectId: string;
  attempt?: number;
}

/**
 * Takes a finished line's credits for good; in the transaction that stores the result, so that
 * both hold or none does. Work without a reservation (an operator's, one from before there were
 * credits) takes nothing.
 * @throws {AppError} `internal` when the line isn't held: then the result must not be stored
 */
export async function captureLine(
  tx: Tx,
  of: ReservationOf & { component: string },
  nowMs = Date.now(),
): Promise<void> {
  const { component, ...which } = of;
  const reservation = await findReservation(tx, which);
  if (!reservation) return;
  const { id: reservationId, ownerId } = reservation;
  const by = movement(`capture:${reservationId}:${component}`, nowMs, reservationId, component);
  const result = tell(tx, ownerId, await capture(tx, by, { reservationId, component }));
  if (result.outcome === "refused") {
    throw new AppError("internal", { detail: `${component} isn't held by ${reservationId}` });
  }
}

/**
 * Gives back what a reservation still holds, or one line of it; nothing when nothing is held.
 * @param options `ours`: not the person's wish, so what expired meanwhile lives on for seven days
 */
export async function releaseCredits(
  tx: Tx,
  of: ReservationOf,
  options: { component?: string; ours: boolean; reason: string; nowMs?: number },
): Promise<void> {
  const reservation = await findReservation(tx, of);
  if (reservation) await releaseReservation(tx, reservation, options);
}

/** The same for a reservation that has been read. */
export async function releaseReservation(
  tx: Tx,
  reservation: ReservationRow,
  options: { component?: string; ours: boolean; reason: string; nowMs?: number },
): Promise<void> {
  const { component = null, ours, reason, nowMs = Date.now() } = options;
  const { id: reservationId, ownerId, state } = reservation;
  if (state !== "held") return;
  const by = movement(`release:${reservationId}:${component ?? "rest"}`, nowMs, reservationId);
  const what = { reservationId, component, extend: ours, reason };
  tell(tx, ownerId, await release(tx, by, what));
  await afterGrant(tx, ownerId);
}

/**
 * Takes credits of an order out of its owner's wallet, for a refund or because the payment was
 * taken back. Refused (`credits_in_use`) when that much isn't free.
 */
export async function takeBackCredits(
  tx: Tx,
  options: {
    kind: "refund" | "clawback";
    ownerId: string;
    orderId: string;
    refundId: string;
    paid: number;
    bonus: number;
    actorId?: string;
    reason: string;
    nowMs?: number;
  },
): Promise<LedgerResult> {
  const { kind, ownerId, orderId, refundId, paid, bonus, reason, nowMs = Date.now() } = options;
  const by = movement(`${kind}:${refundId}`, nowMs, kind, ownerId, orderId, paid, bonus);
  const actorId = options.actorId ?? null;
  const what = { kind, ownerId, orderId, refundId, paid, bonus, actorId, reason };
  return tell(tx, ownerId, await takeBack(tx, by, what));
}

/** Puts back what a refund took that came to nothing. */
export async function putBackCredits(
  tx: Tx,
  options: { ownerId: string; transactionId: string; reason: string; nowMs?: number },
): Promise<LedgerResult> {
  const { ownerId, transactionId, reason, nowMs = Date.now() } = options;
  const by = movement(`put-back:${transactionId}`, nowMs, transactionId);
  return tell(tx, ownerId, await putBack(tx, by, { transactionId, reason }));
}

/**
 * Moves everything a visitor has to an account and closes the visitor's wallet. Refused
 * (`credits_in_use`) while a job of theirs holds some.
 */
export async function claimCredits(
  tx: Tx,
  options: { fromOwnerId: string; toOwnerId: string; key: string; nowMs?: number },
): Promise<LedgerResult> {
  const { fromOwnerId, toOwnerId, key, nowMs = Date.now() } = options;
  const by = movement(key, nowMs, fromOwnerId, toOwnerId);
  const result = await claim(tx, by, { fromOwnerId, toOwnerId });
  tell(tx, fromOwnerId, result);
  return tell(tx, toOwnerId, result);
}

/** Stops everything from leaving a wallet while a payment is looked into. */
export async function freezeWallet(
  tx: Tx,
  options: { ownerId: string; reason: string; nowMs?: number },
): Promise<void> {
  const { ownerId, reason, nowMs = Date.now() } = options;
  await setFrozen(tx, ownerId, new Date(nowMs));
  appendAudit(tx, {
    name: "wallet_frozen",
    level: "critical",
    subjectId: ownerId,
    detail: { reason },
  });
}
