import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Sandbox } from "@/lib/payments/sandbox/sandbox";
import { modelState, type WalletState } from "@/lib/testing/ledger-ops";
import type { Answer, Op } from "@/lib/testing/ledger-request";
import { LedgerWorld, type Pick } from "@/lib/testing/ledger-world";
import type { Shop } from "./storm-order";
import type { MortalProcess } from "./storm-process";
import { isAliveInStorm } from "./storm-protocol";
import { refundOrder, topUp } from "./storm-shop";

export interface Delivery {
  headers: Record<string, string>;
  body: unknown;
}

/** What all workers of a storm share. */
export interface Weather {
  product: MortalProcess;
  toss: Sandbox;
  /** Webhooks as Toss sent them. */
  deliveries: Delivery[];
  /** Ids of visitors that nobody has claimed yet. */
  visitors: string[];
  nowMs: () => number;
  counted: (name: string, times?: number) => void;
}

const steps = [
  ...Array<"reserve">(26).fill("reserve"),
  ...Array<"capture">(26).fill("capture"),
  ...Array<"release">(12).fill("release"),
  ...Array<"grant">(8).fill("grant"),
  ...Array<"again">(10).fill("again"),
  ...Array<"rush">(3).fill("rush"),
  ...Array<"claim">(3).fill("claim"),
  ...Array<"topUp">(4).fill("topUp"),
  ...Array<"refund">(2).fill("refund"),
  ...Array<"webhook">(8).fill("webhook"),
];

const told = ({ outcome, refusal, amount, available }: Answer) =>
  outcome === "nothing" || outcome === "error"
    ? { outcome }
    : { outcome, refusal, amount, available };

/** Some accounts of its own, one request after the other, each held against the model. */
export class StormWorker {
  private readonly world: LedgerWorld;
  private readonly orders: { owner: string; orderId: string }[] = [];
  private readonly weather: Weather;
  private readonly pick: Pick;
  private readonly shop: Shop;

  constructor(weather: Weather, owners: readonly string[], pick: Pick) {
    this.weather = weather;
    this.pick = pick;
    this.world = new LedgerWorld(owners, () => randomUUID(), weather.nowMs(), "elsewhere");
    const { product, toss, counted, nowMs } = weather;
    this.shop = { product, toss, counted, nowMs, pick, model: this.world.model };
  }

  /** So many steps, most of them one request. */
  async run(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const kind = steps[this.pick(steps.length)] ?? "reserve";
      this.world.nowMs = Math.max(this.world.nowMs, this.weather.nowMs());
      await this.step(kind);
      if (n % 40 === 39) await this.compare();
    }
  }

  /** After the background work at `nowMs`, which `allDead` tells apart. */
  async passBarrier(nowMs: number, allDead: boolean): Promise<void> {
    const { model } = this.world;
    this.world.nowMs = nowMs;
    model.apply({ kind: "sweep", nowMs });
    for (const subject of model.heldSubjects()) {
      if (!allDead && isAliveInStorm(subject)) continue;
      model.apply({ kind: "release", nowMs, subject, component: null, ours: true });
    }
    model.apply({ kind: "sweep", nowMs });
    await this.compare();
  }

  private async step(kind: (typeof steps)[number]): Promise<void> {
    const { world, pick } = this;
    const { counted } = this.weather;
    const owner = world.owners[pick(world.owners.length)] ?? "";
    switch (kind) {
      case "topUp": {
        const stranger = world.owners.find((each) => each !== owner) ?? "";
        const orderId = await topUp(this.shop, owner, stranger);
        if (orderId) this.orders.push({ owner, orderId });
        return;
      }
      case "refund": {
        const order = this.orders[pick(this.orders.length || 1)];
        if (order) await refundOrder(this.shop, order.owner, order.orderId);
        return;
      }
      case "webhook":
        return this.webhook();
      case "claim":
        return this.claim(owner);
      case "rush":
        return this.rush();
      case "again": {
        const op = world.again(pick);
        counted("again");
        return op ? this.both({ ...op, nowMs: this.tick() }) : undefined;
      }
      default:
        counted(kind);
        return this.both(world.next(kind, pick));
    }
  }

  private tick(): number {
    this.world.nowMs += 1;
    return this.world.nowMs;
  }

  private async both(op: Op): Promise<void> {
    const answer = await this.weather.product.call("op", op);
    this.hold(op, answer);
  }

  /** An answer against the model's. */
  private hold(op: Op, answer: Answer): void {
    const due = told(this.world.model.apply(op));
    if (isDeepStrictEqual(told(answer), due)) return;
    throw new Error(`${JSON.stringify({ op, due, answer: told(answer) })}`);
  }

  /** Several reservations on one wallet at once; the order they came in shows in what was left. */
  private async rush(): Promise<void> {
    const ops = this.world.rush(this.pick, 2 + this.pick(7));
    this.weather.counted("rush", ops.length);
    const done = await Promise.all(
      ops.map(async (op) => ({ op, answer: await this.weather.product.call("op", op) })),
    );
    const rank = ({ answer }: (typeof done)[number]) => (answer.outcome === "applied" ? 0 : 1);
    done.sort((a, b) => rank(a) - rank(b) || (b.answer.available ?? 0) - (a.answer.available ?? 0));
    for (const { op, answer } of done) this.hold(op, answer);
  }

  /** A visitor tries, uses some of it, and becomes an account. */
  private async claim(owner: string): Promise<void> {
    const { pick, world } = this;
    const from = this.weather.visitors.pop();
    if (!from) return;
    this.weather.counted("claim", 4);
    const id = randomUUID();
    const given = { source: "trial", amount: 30, orderId: null, owner: from } as const;
    const grant: Op = {
      ...{ ...given, kind: "grant", key: `trial:${id}`, nowMs: this.tick() },
      expiresAtMs: this.world.nowMs + 14.5 * 24 * 3_600_000,
    };
    await this.both(grant);
    const lines = [{ component: "transcribe", amount: 1 + pick(30) }];
    const key = `job:${id}:1`;
    await this.both({ kind: "reserve", nowMs: this.tick(), owner: from, subject: id, lines, key });
    if (pick(4) > 0) {
      const nowMs = this.tick();
      await this.both({ kind: "capture", nowMs, subject: id, component: "transcribe" });
    }
    const claim: Op = { kind: "claim", nowMs: this.tick(), from, to: owner, key: `claim:${id}` };
    await this.both(claim);
    for (const op of [grant, claim]) world.note(op);
  }

  /** One that Toss sent, however long ago and however often it has been delivered. */
  private async webhook(): Promise<void> {
    const { deliveries, product, counted, nowMs } = this.weather;
    const recent = this.pick(3) > 0 ? Math.max(0, deliveries.length - 20) : 0;
    const delivery = deliveries[recent + this.pick(deliveries.length - recent || 1)];
    if (!delivery) return;
    counted("webhook");
    await product.call("webhook", { ...delivery, nowMs: nowMs() });
  }

  /** All wallets against the model. */
  private async compare(): Promise<void> {
    for (const owner of this.world.owners) {
      const database = alive(await this.weather.product.call("state", { owner }));
      const due = alive(modelState(this.world.model, owner));
      if (isDeepStrictEqual(database, due)) continue;
      throw new Error(`wallet of ${owner}: ${JSON.stringify({ due, database })}`);
    }
  }
}

/** Without what is used up; movements of orders and refunds aren't counted by the model. */
function alive({ posted, held, lots }: WalletState) {
  return { posted, held, lots: lots.filter(({ remaining }) => remaining > 0) };
}
