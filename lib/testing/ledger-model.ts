import type { LotSource } from "@/lib/credits/lots";
import { dayMs } from "./ledger";
import { type Answer, keyOf, type Op } from "./ledger-request";

export interface ModelLot {
  source: LotSource;
  orderId: string | null;
  granted: number;
  remaining: number;
  held: number;
  expiresAtMs: number | null;
  createdAtMs: number;
}

export interface ModelWallet {
  lots: ModelLot[];
  seq: number;
  closed: boolean;
}

interface ModelReservation {
  owner: string;
  lines: Map<string, { amount: number; state: "held" | "captured" | "released" }>;
  /** In the order they were taken. */
  parts: { lot: ModelLot; left: number }[];
}

const rank = (source: LotSource) => (source === "topup" ? 2 : source === "bonus" ? 1 : 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const free = (lot: ModelLot) => lot.remaining - lot.held;
const isExpired = (lot: ModelLot, nowMs: number) =>
  lot.expiresAtMs !== null && lot.expiresAtMs <= nowMs;

function byUse(a: ModelLot, b: ModelLot): number {
  const never = Number.POSITIVE_INFINITY;
  const [ea, eb] = [a.expiresAtMs ?? never, b.expiresAtMs ?? never];
  if (ea !== eb) return ea < eb ? -1 : 1;
  return rank(a.source) - rank(b.source) || a.createdAtMs - b.createdAtMs;
}

/**
 * What the ledger should come to, written a second time without a database: lots in memory, one
 * request after the other. Requests on one wallet must differ in time, else the order of their
 * lots is open.
 */
export class LedgerModel {
  readonly wallets = new Map<string, ModelWallet>();
  private readonly reservations = new Map<string, ModelReservation>();
  private readonly taken = new Map<string, { owner: string; parts: [ModelLot, number][] }>();
  private readonly answers = new Map<string, Answer>();

  /** What a request with this one's key was answered; undefined: it would be the first. */
  earlier(op: Op): Answer | undefined {
    const key = keyOf(op);
    return key === undefined ? undefined : this.answers.get(key);
  }

  /** Carries a request out and answers what the ledger should. */
  apply(op: Op): Answer {
    const before = this.earlier(op);
    if (before) return before;
    const answer = this.carryOut(op);
    const key = keyOf(op);
    if (key !== undefined && (answer.outcome === "applied" || answer.outcome === "refused")) {
      this.answers.set(key, answer);
    }
    return answer;
  }

  wallet(owner: string): ModelWallet {
    let wallet = this.wallets.get(owner);
    if (!wallet) {
      wallet = { lots: [], seq: 0, closed: false };
      this.wallets.set(owner, wallet);
    }
    return wallet;
  }

  posted(owner: string): number {
    return sum(this.wallet(owner).lots.map(({ remaining }) => remaining));
  }

  held(owner: string): number {
    return sum(this.wallet(owner).lots.map(({ held }) => held));
  }

  /** Components of a reservation that are still held. */
  heldComponents(subject: string): string[] {
    const lines = [...(this.reservations.get(subject)?.lines ?? [])];
    return lines.filter(([, { state }]) => state === "held").map(([component]) => component);
  }

  /** Reservations that still hold something. */
  heldSubjects(): string[] {
    return [...this.reservations.keys()].filter((key) => this.heldComponents(key).length > 0);
  }

  /** What of an order's credits is free in a wallet. */
  freeOf(owner: string, orderId: string, paid: boolean): number {
    const lots = this.wallet(owner).lots.filter(
      (lot) => lot.orderId === orderId && (lot.source === "topup") === paid,
    );
    return sum(lots.map(free));
  }

  private carryOut(op: Op): Answer {
    switch (op.kind) {
      case "grant":
        return this.grant(op);
      case "reserve":
        return this.reserve(op);
      case "capture":
        return this.capture(op);
      case "release":
        return this.release(op);
      case "take":
        return this.take(op);
      case "putBack":
        return this.putBack(op);
      case "claim":
        return this.claim(op);
      case "sweep":
        for (const wallet of this.wallets.values()) expire(wallet, op.nowMs);
        return { outcome: "nothing" };
    }
  }

  private result(owner: string, outcome: Answer["outcome"], amount: number, refusal?: string) {
    const available = this.posted(owner) - this.held(owner);
    return { outcome, refusal: refusal ?? null, amount, available };
  }

  private grant({ owner, nowMs, ...op }: Op & { kind: "grant" }): Answer {
    const wallet = this.wallet(owner);
    const { source, orderId, amount, expiresAtMs } = op;
    wallet.lots.push({
      ...{ source, orderId, expiresAtMs, granted: amount, remaining: amount, held: 0 },
      createdAtMs: nowMs,
    });
    wallet.seq += 1;
    return this.result(owner, "applied", amount);
  }

  private reserve({ owner, subject, lines, nowMs }: Op & { kind: "reserve" }): Answer {
    const wallet = this.wallet(owner);
    expire(wallet, nowMs);
    const total = sum(lines.map(({ amount }) => amount));
    if (wallet.closed) return this.result(owner, "refused", total, "wallet_frozen");
    if (this.posted(owner) - this.held(owner) < total) {
      return this.result(owner, "refused", total, "credits_insufficient");
    }
    const parts: ModelReservation["parts"] = [];
    let left = total;
    for (const lot of [...wallet.lots].sort(byUse)) {
      const take = Math.min(left, free(lot));
      if (take === 0) continue;
      lot.held += take;
      parts.push({ lot, left: take });
      left -= take;
    }
    const states = lines.map(
      ({ component, amount }) => [component, { amount, state: "held" as const }] as const,
    );
    this.reservations.set(subject, { owner, lines: new Map(states), parts });
    wallet.seq += 1;
    return this.result(owner, "applied", total);
  }

  private capture({ subject, component }: Op & { kind: "capture" }): Answer {
    const reservation = this.reservations.get(subject);
    if (!reservation) return { outcome: "nothing" };
    const line = reservation.lines.get(component);
    if (line?.state === "captured") return { outcome: "nothing" };
    if (line?.state !== "held") return { outcome: "error" };
    line.state = "captured";
    let left = line.amount;
    for (const part of reservation.parts) {
      const take = Math.min(left, part.left);
      part.left -= take;
      part.lot.remaining -= take;
      part.lot.held -= take;
      left -= take;
    }
    this.wallet(reservation.owner).seq += 1;
    return { outcome: "nothing" };
  }

  private release({ subject, component, ours, nowMs }: Op & { kind: "release" }): Answer {
    const reservation = this.reservations.get(subject);
    if (!reservation) return { outcome: "nothing" };
    const lines = [...reservation.lines].filter(
      ([name, { state }]) => state === "held" && (component === null || name === component),
    );
    if (lines.length === 0) return { outcome: "nothing" };
    const wallet = this.wallet(reservation.owner);
    if (ours) expire(wallet, nowMs);
    let left = sum(lines.map(([, { amount }]) => amount));
    for (const [, line] of lines) line.state = "released";
    for (const part of [...reservation.parts].reverse()) {
      const take = Math.min(left, part.left);
      if (take === 0) continue;
      part.left -= take;
      part.lot.held -= take;
      left -= take;
      if (ours) prolong(part.lot, nowMs);
    }
    wallet.seq += 1;
    return { outcome: "nothing" };
  }

  private take({ owner, orderId, refundId, paid, bonus }: Op & { kind: "take" }): Answer {
    const wallet = this.wallet(owner);
    const amount = paid + bonus;
    if (wallet.closed) return this.result(owner, "refused", amount, "wallet_frozen");
    const enough =
      this.freeOf(owner, orderId, true) >= paid && this.freeOf(owner, orderId, false) >= bonus;
    if (!enough || amount === 0) return this.result(owner, "refused", amount, "credits_in_use");
    const left = { paid, bonus };
    const parts: [ModelLot, number][] = [];
    for (const lot of wallet.lots.filter((each) => each.orderId === orderId)) {
      const kind = lot.source === "topup" ? "paid" : "bonus";
      const take = Math.min(left[kind], free(lot));
      if (take === 0) continue;
      lot.remaining -= take;
      left[kind] -= take;
      parts.push([lot, take]);
    }
    this.taken.set(refundId, { owner, parts });
    wallet.seq += 1;
    return this.result(owner, "applied", amount);
  }

  private putBack({ refundId, nowMs }: Op & { kind: "putBack" }): Answer {
    const taken = this.taken.get(refundId);
    if (!taken) return { outcome: "nothing" };
    const wallet = this.wallet(taken.owner);
    expire(wallet, nowMs);
    for (const [lot, amount] of taken.parts) {
      lot.remaining += amount;
      prolong(lot, nowMs);
    }
    wallet.seq += 1;
    return this.result(taken.owner, "applied", sum(taken.parts.map(([, amount]) => amount)));
  }

  private claim({ from, to, nowMs }: Op & { kind: "claim" }): Answer {
    const [source, target] = [this.wallet(from), this.wallet(to)];
    expire(source, nowMs);
    const amount = this.posted(from);
    if (this.held(from) > 0) return this.result(to, "refused", amount, "credits_in_use");
    if (source.closed || from === to) return this.result(to, "refused", amount, "wallet_frozen");
    for (const lot of source.lots.filter(({ remaining }) => remaining > 0)) {
      target.lots.push({ ...lot, granted: lot.remaining });
      lot.remaining = 0;
    }
    if (amount > 0) {
      source.seq += 1;
      target.seq += 1;
    }
    source.closed = true;
    return this.result(to, "applied", amount);
  }
}

function expire(wallet: ModelWallet, nowMs: number): void {
  for (const lot of wallet.lots) {
    if (!isExpired(lot, nowMs) || free(lot) === 0) continue;
    lot.remaining = lot.held;
    wallet.seq += 1;
  }
}

/** What expired on the way is good for seven more days. */
function prolong(lot: ModelLot, nowMs: number): void {
  if (isExpired(lot, nowMs)) lot.expiresAtMs = nowMs + 7 * dayMs;
}
