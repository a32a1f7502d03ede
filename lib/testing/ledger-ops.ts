import { isErrorCode } from "@/lib/errors";
import type { OpenLedger } from "./ledger";
import { priceOf } from "./ledger";
import type { LedgerModel, ModelLot } from "./ledger-model";
import type { Answer, Op } from "./ledger-request";

/** Carries a request out with the product's own functions. */
export async function perform(on: OpenLedger, op: Op): Promise<Answer & { replayed?: boolean }> {
  const { ledger, transaction, db } = on;
  const { nowMs } = op;
  switch (op.kind) {
    case "grant": {
      const { owner: ownerId, source, amount, key, orderId, expiresAtMs } = op;
      const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs);
      const what = { ownerId, source, amount, key, expiresAt, nowMs, ...(orderId && { orderId }) };
      return told(await transaction((tx) => ledger.grantCredits(tx, what)));
    }
    case "reserve": {
      const { owner: ownerId, subject: subjectId, key, lines } = op;
      const price = priceOf(Object.fromEntries(lines.map((line) => [line.component, line.amount])));
      const what = { ownerId, subjectId, key, price, purpose: "job", attempt: 1, nowMs } as const;
      return told(await transaction((tx) => ledger.reserveCredits(tx, what)));
    }
    case "capture": {
      const { subject: subjectId, component } = op;
      return quiet(
        transaction((tx) =>
          ledger.captureLine(tx, { purpose: "job", subjectId, component }, nowMs),
        ),
      );
    }
    case "release": {
      const { subject: subjectId, component, ours } = op;
      const how = { ours, reason: "test", nowMs, ...(component !== null && { component }) };
      return quiet(
        transaction((tx) => ledger.releaseCredits(tx, { purpose: "job", subjectId }, how)),
      );
    }
    case "take": {
      const { owner: ownerId, orderId, refundId, paid, bonus } = op;
      const what = { ownerId, orderId, refundId, paid, bonus, kind: "refund", nowMs } as const;
      return told(
        await transaction((tx) => ledger.takeBackCredits(tx, { ...what, reason: "test" })),
      );
    }
    case "putBack": {
      const idempotencyKey = `refund:${op.refundId}`;
      const taken = await db().ledgerTransaction.findUnique({ where: { idempotencyKey } });
      if (taken?.outcome !== "applied") return { outcome: "nothing" };
      const what = { ownerId: op.owner, transactionId: taken.id, reason: "test", nowMs };
      return told(await transaction((tx) => ledger.putBackCredits(tx, what)));
    }
    case "claim": {
      const { from: fromOwnerId, to: toOwnerId, key } = op;
      const what = { fromOwnerId, toOwnerId, key, nowMs };
      return told(await transaction((tx) => ledger.claimCredits(tx, what)));
    }
    case "sweep":
      await on.sweep.expireLots(nowMs);
      return { outcome: "nothing" };
  }
}

interface Told {
  outcome: "applied" | "refused";
  refusal: string | null;
  amount: number;
  available: number;
  replayed: boolean;
}

function told({ outcome, refusal, amount, available, replayed }: Told): Answer & Told {
  return { outcome, refusal, amount, available, replayed };
}

/** Of requests that answer nothing, and throw when they mustn't have been made. */
async function quiet(work: Promise<void>): Promise<Answer> {
  try {
    await work;
    return { outcome: "nothing" };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!isErrorCode(code)) throw error;
    return { outcome: "error" };
  }
}

export interface WalletState {
  posted: number;
  held: number;
  seq: number;
  lots: Omit<ModelLot, "createdAtMs">[];
}

const inOrder = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function lotState({ source, orderId, granted, remaining, held, expiresAtMs }: ModelLot) {
  return { source, orderId, granted, remaining, held, expiresAtMs };
}

/** A wallet as the model has it; lots in an order that depends on nothing but themselves. */
export function modelState(model: LedgerModel, owner: string): WalletState {
  const { lots, seq } = model.wallet(owner);
  const states = lots.map(lotState).sort(inOrder);
  return { posted: model.posted(owner), held: model.held(owner), seq, lots: states };
}

/** The same as the database has it. */
export async function databaseState(on: OpenLedger, ownerId: string): Promise<WalletState> {
  const row = await on.db().creditWallet.findUnique({
    where: { ownerId },
    include: { lots: true },
  });
  const { posted = 0, held = 0, seq = 0, lots = [] } = row ?? {};
  const states = lots.map(({ expiresAt, createdAt, ...lot }) =>
    lotState({ ...lot, expiresAtMs: expiresAt?.getTime() ?? null, createdAtMs: 0 }),
  );
  return { posted, held, seq, lots: states.sort(inOrder) };
}
