import { makeVideo } from "./factories";
import { dayMs, type OpenLedger, priceOf } from "./ledger";

/** Names of what `fillBooks` writes. */
export const books = {
  /** 100 credits and 20 bonus for 1,100 KRW, of which 110 KRW and 10 credits went back. */
  refundedOrder: "order-refunded",
  /** 100 credits for 1,100 KRW. */
  paidOrder: "order-paid",
  promotion: "00000000-0000-4000-8000-0000000000aa",
  /** Under way: half of it is captured. */
  openJob: "00000000-0000-4000-8000-0000000000b1",
  /** Completed and captured. */
  doneJob: "00000000-0000-4000-8000-0000000000b2",
  /** 60 credits that nothing has touched. */
  goodwillKey: "books:goodwill",
  owner: "",
  /** Had 5 credits, which have expired. */
  poorOwner: "",
};

/** A small ledger in which everything has happened once. */
export async function fillBooks(on: OpenLedger): Promise<void> {
  books.owner = await on.owner();
  books.poorOwner = await on.owner();
  const { owner } = books;
  await fillJobs(on);
  await fillOrders(on);
  const nowMs = Date.now();
  const languages = { "translate:en": 5, "translate:ja": 5, "translate:zh": 5 };
  const open = await on.hold(owner, priceOf({ transcribe: 10, ...languages }), {
    subjectId: books.openJob,
  });
  await on.capture(open);
  await on.capture(open, "translate:en");
  await on.release(open, { component: "translate:zh", ours: true });
  const done = await on.hold(owner, 12, { subjectId: books.doneJob });
  await on.capture(done);
  await on.hold(owner, 100_000);
  const visitor = await on.owner();
  await on.give(visitor, 30, { source: "trial" });
  await on.transaction((tx) =>
    on.ledger.claimCredits(tx, { fromOwnerId: visitor, toOwnerId: owner, key: "books:claim" }),
  );
  await on.give(owner, 60, { source: "goodwill", key: books.goodwillKey });
  const expiresAt = new Date(nowMs - dayMs);
  await on.give(books.poorOwner, 5, { expiresAt, nowMs: nowMs - 2 * dayMs });
  await on.sweep.expireLots(nowMs);
}

async function fillJobs({ db }: OpenLedger): Promise<void> {
  const { id: videoId } = await makeVideo({ ownerId: books.owner });
  const job = { ownerId: books.owner, videoId, language: "ko" };
  await db().job.createMany({
    data: [
      { ...job, id: books.openJob, idempotencyKey: "open", status: "processing" },
      { ...job, id: books.doneJob, idempotencyKey: "done", status: "completed" },
    ],
  });
}

async function fillOrders(on: OpenLedger): Promise<void> {
  const { owner, refundedOrder, paidOrder, promotion } = books;
  const at = new Date();
  const db = on.db();
  const order = {
    ...{ userId: owner, packageId: "test", credits: 100, listKrw: 1_100, amountKrw: 1_100 },
    ...{ suppliedKrw: 1_000, vatKrw: 100, customerKey: "c", createdAt: at, approvedAt: at },
    updatedAt: at,
  };
  const keys = (name: string) => ({ requestKey: name, confirmKey: name, paymentKey: name });
  await db.topUpOrder.createMany({
    data: [
      {
        ...{ ...order, ...keys("a"), orderId: refundedOrder, bonusCredits: 20 },
        ...{ state: "partially_refunded", balanceKrw: 990, provider: { balanceAmount: 990 } },
      },
      {
        ...{ ...order, ...keys("b"), orderId: paidOrder, bonusCredits: 0 },
        ...{ state: "paid", balanceKrw: 1_100, promotionId: promotion },
      },
    ],
  });
  await on.give(owner, 100, { source: "topup", orderId: refundedOrder });
  await on.give(owner, 20, { source: "bonus", orderId: refundedOrder });
  await on.give(owner, 100, { source: "topup", orderId: paidOrder });
  await db.promotion.create({
    data: {
      ...{ id: promotion, nameKo: "시험", nameEn: "Test", kind: "fixed", value: 100 },
      ...{ startsAt: at, maxUses: 5, uses: 1 },
    },
  });
  await db.promotionRedemption.create({
    data: {
      ...{ id: promotion, promotionId: promotion, userId: owner, orderId: paidOrder },
      ...{ state: "used", updatedAt: at },
    },
  });
  await refund(on, "00000000-0000-4000-8000-0000000000c1", "done");
  const rejected = await refund(on, "00000000-0000-4000-8000-0000000000c2", "rejected");
  await on.transaction((tx) =>
    on.ledger.putBackCredits(tx, {
      ...{ ownerId: owner, transactionId: rejected, reason: "rejected" },
    }),
  );
}

async function refund(on: OpenLedger, id: string, state: "done" | "rejected"): Promise<string> {
  const { owner: ownerId, refundedOrder: orderId } = books;
  const what = { ownerId, orderId, refundId: id, paid: 10, bonus: 0, reason: "test" };
  await on.db().refund.create({
    data: {
      ...{ id, orderId, state, amountKrw: 110, paidCredits: 10, bonusCredits: 0 },
      ...{ policy: "rest", reason: "test", requestKey: id, cancelKey: id },
      ...{ balanceBeforeKrw: 1_100, createdAt: new Date(), endedAt: new Date() },
    },
  });
  const taken = await on.transaction((tx) =>
    on.ledger.takeBackCredits(tx, { kind: "refund", ...what }),
  );
  return taken.transactionId;
}
