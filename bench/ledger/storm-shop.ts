import { randomUUID } from "node:crypto";
import type { Sandbox } from "@/lib/payments/sandbox/sandbox";
import type { LedgerModel } from "@/lib/testing/ledger-model";
import type { Pick } from "@/lib/testing/ledger-world";
import type { OrderView } from "@/lib/topups/schema";
import type { MortalProcess } from "./storm-process";
import { Refused, type StormCalls } from "./storm-protocol";

/** What the packages of the migration give: bought and bonus credits, and their price in KRW. */
const packages: Record<string, [credits: number, bonus: number, krw: number]> = {
  light: [300, 0, 3_300],
  standard: [1_000, 50, 11_000],
  plus: [3_000, 300, 33_000],
  studio: [10_000, 1_500, 110_000],
};

/** Codes that people try, and what they are good for. */
export const codes = {
  STORM10: { kind: "percent", value: 10, maxUses: 12 },
  STORM500: { kind: "fixed", value: 500, maxUses: 12 },
  STORMBONUS: { kind: "bonus", value: 77, maxUses: 12 },
} as const;

export interface Shop {
  product: MortalProcess;
  toss: Sandbox;
  model: LedgerModel;
  pick: Pick;
  /** Counts a request. */
  counted: (name: string) => void;
  /** The time, a little later each time it is asked. */
  nowMs: () => number;
}

const faults = [
  "reset_before",
  "reset_after",
  "error_before",
  "error_after",
  "garbage_after",
] as const;

type Mischief =
  | "none"
  | "fault"
  | "refused"
  | "twice"
  | "tampered"
  | "stolen"
  | "unpaid"
  | "unconfirmed"
  | "abandoned";

/** As often as each is named. */
const mischiefs: Mischief[] = [
  ...(["none", "none", "none", "fault", "fault", "fault", "refused", "twice", "twice"] as const),
  ...(["tampered", "stolen", "unpaid", "unconfirmed", "abandoned"] as const),
];

function expect(isTrue: boolean, what: string, ...seen: unknown[]): asserts isTrue {
  if (!isTrue) throw new Error(`${what}: ${JSON.stringify(seen)}`);
}

/** Buys credits, in one of the ways that people and networks come up with; answers a paid order. */
export async function topUp(
  shop: Shop,
  owner: string,
  stranger: string,
): Promise<string | undefined> {
  const { product, toss, pick, counted, nowMs } = shop;
  const order = await makeOrder(shop, owner);
  if (!order) return undefined;
  const { orderId, amountKrw } = order;
  const mischief = mischiefs[pick(mischiefs.length)] ?? "none";
  counted(`top-up ${mischief}`);
  if (mischief === "unpaid") return undefined;
  const paymentKey = pay(toss, { orderId, amountKrw, isRefused: mischief === "refused" });
  if (mischief === "unconfirmed") return undefined;
  if (mischief === "fault") {
    const kind = faults[pick(faults.length)] ?? "reset_after";
    toss.faults.add({
      endpoint: "confirm",
      kind,
      times: 1 + pick(2),
      code: "",
      delayMs: 0,
      orderId,
    });
    if (pick(3) === 0) {
      toss.faults.add({
        endpoint: "get",
        kind: "error_before",
        times: 1,
        code: "",
        delayMs: 0,
        orderId,
      });
    }
  }
  const asked = { userId: owner, orderId, paymentKey, amountKrw, nowMs: nowMs() };
  if (mischief === "tampered") {
    await refusal(product, "confirm", { ...asked, amountKrw: amountKrw - 100 }, "order_mismatch");
  } else if (mischief === "stolen") {
    await refusal(product, "confirm", { ...asked, userId: stranger }, "not_found");
    await confirm(product, asked);
  } else if (mischief === "twice") {
    await Promise.all([confirm(product, asked), confirm(product, asked)]);
  } else {
    await confirm(product, asked);
  }
  const ended = await settled(shop, owner, orderId);
  const shouldPay = mischief !== "refused" && mischief !== "tampered";
  expect(
    ended.state === (shouldPay ? "paid" : "failed"),
    `an order that was ${mischief} ended`,
    ended,
  );
  if (!shouldPay) return undefined;
  // The success page is opened again.
  if (pick(3) === 0) await confirm(product, { ...asked, nowMs: nowMs() });
  await takeOver(shop, owner, order);
  return orderId;
}

async function makeOrder(shop: Shop, owner: string): Promise<OrderView | undefined> {
  const { product, pick, nowMs } = shop;
  const names = Object.keys(codes);
  const code = pick(2) === 0 ? names[pick(names.length)] : undefined;
  const at = nowMs();
  const offers = await product.call("packages", {
    userId: owner,
    nowMs: at,
    ...(code && { code }),
  });
  const offer = offers[pick(offers.length)];
  if (!offer) throw new Error("nothing is on sale");
  const isGood = offer.promotion !== null;
  const asked = {
    userId: owner,
    packageId: offer.id,
    amountKrw: offer.amountKrw,
    idempotencyKey: randomUUID(),
    nowMs: at,
    ...(isGood && code && { code }),
  };
  try {
    const order = await product.call("create", asked);
    const again = await product.call("create", asked);
    expect(again.orderId === order.orderId, "one request made two orders", order, again);
    const [credits, bonus, krw] = packages[order.packageId] ?? [0, 0, 0];
    const gift = isGood && code === "STORMBONUS" ? codes.STORMBONUS.value : 0;
    expect(
      order.credits === credits && order.bonusCredits === bonus + gift && order.listKrw === krw,
      "an order differs from its package",
      order,
    );
    return order;
  } catch (error) {
    // Somebody else was faster.
    const isGone = error instanceof Refused && /^(promotion_|price_changed)/.test(error.code);
    if (isGone) return undefined;
    throw error;
  }
}

/** Somebody pays in the window. */
function pay(
  toss: Sandbox,
  { orderId, amountKrw, isRefused }: { orderId: string; amountKrw: number; isRefused: boolean },
): string {
  const payment = toss.open({
    ...{ orderId, amountKrw, orderName: "storm", customerKey: "storm-customer", method: "CARD" },
    ...{ cashReceipt: "미발행", successUrl: `${toss.origin}/`, failUrl: `${toss.origin}/` },
  });
  const refuseAtConfirm = isRefused ? "REJECT_CARD_PAYMENT" : null;
  toss.act(payment, { type: "authenticate", easyPay: false, refuseAtConfirm });
  return payment.paymentKey;
}

/** Confirming may be refused, or be left open; what became of it is asked afterwards. */
async function confirm(
  product: MortalProcess,
  asked: StormCalls["confirm"]["args"],
): Promise<void> {
  await product.call("confirm", asked).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
}

async function refusal<Name extends keyof StormCalls>(
  product: MortalProcess,
  name: Name,
  args: StormCalls[Name]["args"],
  code: string,
): Promise<void> {
  const told = await product.call(name, args).then(
    () => "done",
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  );
  expect(told === code, `${name} should have been refused with ${code}`, told);
}

const openStates = new Set(["created", "confirming", "unknown"]);

/** Asks until nothing about an order is open any more. */
async function settled(shop: Shop, userId: string, orderId: string): Promise<OrderView> {
  const { product, nowMs } = shop;
  for (let n = 0; n < 12; n++) {
    const order = await product.call("order", { userId, orderId });
    if (!openStates.has(order.state)) return order;
    // A lost confirmation is asked for again half a minute later.
    await product.call("settle", { orderId, nowMs: nowMs() + 40_000 + n * 1_000 });
  }
  throw new Error(`order ${orderId} stays open`);
}

/** The lots that an order gave come into the model, if they are what was bought. */
async function takeOver(shop: Shop, owner: string, order: OrderView): Promise<void> {
  const { orderId, credits, bonusCredits } = order;
  const lots = await shop.product.call("lots", { orderId });
  const given = lots.map(({ source, granted, remaining, held }) => [
    source,
    granted,
    remaining,
    held,
  ]);
  const due = [
    ["topup", credits, credits, 0],
    ...(bonusCredits > 0 ? [["bonus", bonusCredits, bonusCredits, 0]] : []),
  ];
  const sorted = (rows: unknown[]) =>
    rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join();
  expect(sorted(given) === sorted(due), "an order gave other credits than were bought", given, due);
  for (const lot of lots) {
    shop.model.wallet(owner).lots.push({
      ...{ source: lot.source, orderId, granted: lot.granted },
      ...{ remaining: lot.remaining, held: lot.held },
      expiresAtMs: lot.expiresAt === null ? null : Date.parse(lot.expiresAt),
      createdAtMs: Date.parse(lot.createdAt),
    });
  }
}

/** Gives an order back, if it may be; answers whether it was. */
export async function refundOrder(shop: Shop, owner: string, orderId: string): Promise<boolean> {
  const { product, toss, model, pick, counted, nowMs } = shop;
  const about = { ownerId: owner, orderId };
  const quote = await product.call("refundQuote", { ...about, nowMs: nowMs() });
  counted(`refund ${quote.problem ?? "asked"}`);
  if (!quote.refundable) return false;
  const { paidCredits: paid, bonusCredits: bonus, amountKrw } = quote;
  const left = [model.freeOf(owner, orderId, true), model.freeOf(owner, orderId, false)];
  expect(
    paid <= (left[0] ?? 0) && bonus <= (left[1] ?? 0),
    "more to refund than is there",
    quote,
    left,
  );
  const mishap = pick(3);
  if (mishap === 0) {
    const kind = faults[pick(faults.length)] ?? "reset_after";
    toss.faults.add({
      endpoint: "cancel",
      kind,
      times: 1 + pick(2),
      code: "",
      delayMs: 0,
      orderId,
    });
  } else if (mishap === 1 && pick(2) === 0) {
    const code = "NOT_CANCELABLE_PAYMENT";
    toss.faults.add({ endpoint: "cancel", kind: "code", times: 1, code, delayMs: 0, orderId });
  }
  const known = new Set((await product.call("refunds", { orderId })).map(({ id }) => id));
  const asked = { ...about, amountKrw, idempotencyKey: randomUUID() };
  const at = nowMs();
  const ask = () =>
    product.call("refund", { ...asked, nowMs: at }).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return undefined;
    });
  await Promise.all(pick(3) === 0 ? [ask(), ask()] : [ask()]);
  const refund = await refundEnd(shop, orderId, known);
  expect(refund !== undefined, "a refund left nothing behind", asked);
  const refundId = refund.id;
  const taken = model.apply({ kind: "take", nowMs: at, owner, orderId, refundId, paid, bonus });
  expect(taken.outcome === "applied", "the model has no such credits", taken, asked);
  if (refund.state === "rejected") {
    model.apply({ kind: "putBack", nowMs: nowMs(), owner, refundId });
    return false;
  }
  return true;
}

/** Asks until a refund is done or refused. */
async function refundEnd(shop: Shop, orderId: string, known: ReadonlySet<string>) {
  const { product, nowMs } = shop;
  for (let n = 0; n < 12; n++) {
    const refund = (await product.call("refunds", { orderId })).find(({ id }) => !known.has(id));
    if (!refund || refund.state === "done" || refund.state === "rejected") return refund;
    await product.call("sweepRefunds", { nowMs: nowMs() + (n + 1) * 3_600_000 });
  }
  throw new Error(`a refund of ${orderId} stays open`);
}
