import { randomUUID } from "node:crypto";
import type { OrderView } from "@/lib/topups/schema";
import { expect, makeOrder, pay, type Shop } from "./storm-order";
import type { MortalProcess } from "./storm-process";
import { Refused, type StormCalls } from "./storm-protocol";

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
  if (mischief === "abandoned") {
    const { state } = await product.call("abandon", { userId: owner, orderId, nowMs: nowMs() });
    expect(state === "cancelled", "an abandoned order goes on", order, state);
    return undefined;
  }
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
