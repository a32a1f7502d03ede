import type { LotSource } from "@/lib/credits/lots";
import { dayMs } from "./ledger";
import { LedgerModel } from "./ledger-model";
import type { Op } from "./ledger-request";

/** A whole number from 0, below `below`. */
export type Pick = (below: number) => number;

export type OpKind = Op["kind"];

const sources = ["promo", "signup", "goodwill", "trial"] as const satisfies LotSource[];
const languages = ["en", "ja", "zh"];

/**
 * Some people and their model, and the next request that makes sense among them. All choices come
 * from `pick`, and all names are counted, so that the same choices make the same requests.
 */
export class LedgerWorld {
  readonly model = new LedgerModel();
  readonly owners: readonly string[];
  nowMs: number;
  private readonly id: (n: number) => string;
  private readonly buying: "by itself" | "elsewhere";
  private count = 0;
  private readonly subjects: string[] = [];
  private readonly orders: { owner: string; orderId: string }[] = [];
  private readonly withoutBonus: { owner: string; orderId: string }[] = [];
  private readonly refunds: { owner: string; refundId: string }[] = [];
  private readonly asked: Op[] = [];

  /**
   * @param owners two or more
   * @param id makes an id of its own for each number
   * @param buying whether bought credits are given by themselves, without an order
   */
  constructor(
    owners: readonly string[],
    id: (n: number) => string,
    startMs: number,
    buying: "by itself" | "elsewhere" = "by itself",
  ) {
    this.owners = owners;
    this.id = id;
    this.buying = buying;
    this.nowMs = startMs;
  }

  /** The next request of a kind. Its time is its own. */
  next(kind: OpKind, pick: Pick): Op {
    this.nowMs += 1;
    const op = this.make(kind, pick);
    this.asked.push(op);
    return op;
  }

  /** Notes a request that was made up elsewhere, so that it may come again. */
  note(op: Op): void {
    this.asked.push(op);
  }

  /** A request that was made before; undefined before the first. */
  again(pick: Pick): Op | undefined {
    return this.asked[pick(this.asked.length)];
  }

  /** Requests of one person for the same amount, to be made at once. */
  rush(pick: Pick, count: number): Op[] {
    const first = this.next("reserve", pick);
    if (first.kind !== "reserve") throw new Error("not a reservation");
    const others = Array.from({ length: count - 1 }, () => {
      const subject = this.subject();
      return { ...first, subject, key: `job:${subject}:1` };
    });
    this.asked.push(...others);
    return [first, ...others];
  }

  /** Days pass. */
  wait(days: number): void {
    this.nowMs += days * dayMs;
  }

  private newId(): string {
    this.count += 1;
    return this.id(this.count);
  }

  private subject(): string {
    const subject = this.newId();
    this.subjects.push(subject);
    return subject;
  }

  private owner(pick: Pick): string {
    return this.owners[pick(this.owners.length)] ?? "";
  }

  private make(kind: OpKind, pick: Pick): Op {
    const { nowMs } = this;
    switch (kind) {
      case "grant":
        return this.grant(pick);
      case "reserve": {
        const subject = this.subject();
        const components = ["transcribe", ...languages.map((to) => `translate:${to}`)];
        const lines = components
          .slice(0, 1 + pick(components.length))
          .map((component) => ({ component, amount: 1 + pick(12) }));
        const owner = this.owner(pick);
        return { kind, nowMs, owner, subject, lines, key: `job:${subject}:1` };
      }
      case "capture": {
        const subject = this.someSubject(pick);
        return { kind, nowMs, subject, component: this.component(subject, pick) };
      }
      case "release": {
        const subject = this.someSubject(pick);
        const component = pick(2) === 0 ? null : this.component(subject, pick);
        return { kind, nowMs, subject, component, ours: pick(2) === 0 };
      }
      case "take":
        return this.take(pick);
      case "putBack": {
        const refund = this.refunds[pick(this.refunds.length || 1)];
        const { owner = this.owner(pick), refundId = this.newId() } = refund ?? {};
        return { kind, nowMs, owner, refundId };
      }
      case "claim": {
        const [from, to] = [this.owner(pick), this.owner(pick)];
        return { kind, nowMs, from, to, key: `claim:${this.newId()}` };
      }
      case "sweep":
        return { kind, nowMs };
    }
  }

  private grant(pick: Pick): Op {
    const { nowMs } = this;
    const owner = this.owner(pick);
    const what = { kind: "grant", nowMs, owner, key: `grant:${this.newId()}` } as const;
    const amount = 1 + pick(60);
    // Half a day beside the days that pass, so that nothing expires at the very moment it is used.
    const expiresAtMs = pick(8) === 0 ? null : nowMs + (pick(20) + 0.5) * dayMs;
    const order = pick(4) === 0 ? this.withoutBonus.pop() : undefined;
    if (order) {
      return { ...what, ...order, amount, expiresAtMs, source: "bonus" };
    }
    if (this.buying === "by itself" && pick(3) === 0) {
      const orderId = this.newId();
      this.orders.push({ owner, orderId });
      this.withoutBonus.push({ owner, orderId });
      return { ...what, source: "topup", amount, expiresAtMs, orderId };
    }
    const source = sources[pick(sources.length)] ?? "promo";
    return { ...what, source, amount, expiresAtMs, orderId: null };
  }

  private take(pick: Pick): Op {
    const { nowMs } = this;
    const refundId = this.newId();
    const order = this.orders[pick(this.orders.length || 1)];
    const { owner = this.owner(pick), orderId = "no-order" } = order ?? {};
    if (order) this.refunds.push({ owner, refundId });
    const some = (paid: boolean) => pick(this.model.freeOf(owner, orderId, paid) + 2);
    return { kind: "take", nowMs, owner, orderId, refundId, paid: some(true), bonus: some(false) };
  }

  /** Mostly one of the last ones. */
  private someSubject(pick: Pick): string {
    const recent = pick(4) > 0 ? this.subjects.slice(-12) : this.subjects;
    return recent[pick(recent.length || 1)] ?? this.subject();
  }

  /** Mostly one that is still held. */
  private component(subject: string, pick: Pick): string {
    const held = this.model.heldComponents(subject);
    return (pick(6) > 0 ? held[pick(held.length || 1)] : undefined) ?? "transcribe";
  }
}
