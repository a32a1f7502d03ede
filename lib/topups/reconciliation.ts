import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { paymentProvider } from "@/lib/payments";
import { hasSupportedVersion, type Payment, type TransactionRow } from "@/lib/payments/schema";
import { transaction } from "@/lib/transaction";
import { applyProviderState } from "./apply-provider-state";
import { raiseFinding } from "./findings";
import type { FindingRequest } from "./findings-schema";
import { compareWithPayment, compareWithRows, type OurOrder } from "./reconciliation-compare";
import {
  comparedUntil,
  endRun,
  findRunning,
  firstApproval,
  insertRun,
  lockRuns,
  type RunRow,
  readCreditDifferences,
  readOrdersOf,
  readOurOrders,
  readVersions,
} from "./reconciliation-repo";

const dayMs = 24 * 3_600_000;
/** Each run looks so far back: what came late, or was changed behind our backs, is met again. */
const lookBackMs = 3 * dayMs;
/** What was compared is compared once more, because lists of the newest past may be incomplete. */
const overlapMs = dayMs;
/** A run without an end after this has died. */
const runMs = 15 * 60_000;
/** More credit differences than this need no list but a person. */
const maxCreditDifferences = 500;

/**
 * Compares what the provider lists with what we have, both ways, and the orders with the ledger;
 * every difference becomes a finding. Nothing is mended but by `applyProviderState`, which takes
 * over what the provider says of orders that differ; what still differs then is the finding. From
 * where the last whole run ended, less a day, so that a run that broke off leaves no gap.
 * @throws {AppError} `conflict` while another run is under way, `payments_unavailable`, and what
 * broke it off, which is noted with the run and as a finding
 */
export async function reconcilePayments(nowMs = Date.now()): Promise<RunRow> {
  // Asked first: where nothing can be paid there is nothing to compare.
  paymentProvider();
  const run = await startRun(nowMs);
  try {
    const { ours, theirs, differences } = await compareAll(run, nowMs);
    const findings = differences.length;
    const endedAt = new Date();
    await transaction(async (tx) => {
      for (const each of differences) await raiseFinding(tx, each, nowMs);
      await endRun(tx, run.id, { ours, theirs, findings, endedAt });
    });
    return { ...run, ours, theirs, findings, endedAt };
  } catch (error) {
    await noteFailure(run, error, nowMs);
    throw error;
  }
}

function startRun(nowMs: number): Promise<RunRow> {
  return transaction(async (tx) => {
    await lockRuns(tx);
    if (await findRunning(tx, new Date(nowMs - runMs))) throw new AppError("conflict");
    const until = (await comparedUntil(tx)) ?? (await firstApproval(tx)) ?? new Date(nowMs);
    const fromMs = Math.min(nowMs - lookBackMs, until.getTime() - overlapMs);
    const times = { fromAt: new Date(fromMs), toAt: new Date(nowMs), startedAt: new Date(nowMs) };
    const run = { id: newId(nowMs), ...times };
    await insertRun(tx, run);
    return { ...run, endedAt: null, ours: 0, theirs: 0, findings: 0, failure: null };
  });
}

function noteFailure(run: RunRow, error: unknown, nowMs: number): Promise<void> {
  const failure = failureOf(error);
  const period = `${run.fromAt.toISOString()} to ${run.toAt.toISOString()}`;
  return transaction(async (tx) => {
    await endRun(tx, run.id, { failure, endedAt: new Date() });
    const found = { severity: "warning", subject: "reconciliation", expected: period } as const;
    const broken = { ...found, code: "reconciliation_failed", actual: failure };
    await raiseFinding(tx, broken, nowMs);
  });
}

function failureOf(error: unknown): string {
  return error instanceof AppError ? (error.detail ?? error.code) : "internal";
}

async function compareAll(
  run: RunRow,
  nowMs: number,
): Promise<{ ours: number; theirs: number; differences: FindingRequest[] }> {
  const { fromAt: from, toAt: to } = run;
  const rows = new Map<string, TransactionRow[]>();
  let theirs = 0;
  for await (const row of paymentProvider().transactions({ startDate: from, endDate: to })) {
    const known = rows.get(row.orderId);
    if (known) known.push(row);
    else rows.set(row.orderId, [row]);
    theirs += 1;
  }
  const orders = new Map<string, OurOrder>();
  for (const order of await readOrdersOf({ from, to })) orders.set(order.orderId, order);
  const others = [...rows.keys()].filter((orderId) => !orders.has(orderId));
  for (const order of await readOurOrders(others)) orders.set(order.orderId, order);

  const differences: FindingRequest[] = [];
  const period = { fromMs: from.getTime(), toMs: to.getTime() };
  for (const orderId of new Set([...orders.keys(), ...rows.keys()])) {
    const listed = rows.get(orderId) ?? [];
    const order = orders.get(orderId);
    const found = compareWithRows(orderId, order, listed, period);
    if (found.length === 0) continue;
    if (!order) differences.push(...found);
    else differences.push(...(await tryLooking(order, listed, { period, nowMs })));
  }
  differences.push(...(await creditDifferences()), ...(await unknownVersions(from)));
  return { ours: orders.size, theirs, differences };
}

/** As `lookAgain`; an order that can't be looked at is a finding, and the others have their turn. */
async function tryLooking(
  order: OurOrder,
  listed: readonly TransactionRow[],
  options: { period: { fromMs: number; toMs: number }; nowMs: number },
): Promise<FindingRequest[]> {
  try {
    return await lookAgain(order, listed, options);
  } catch (err) {
    const { orderId: subject } = order;
    log("payments").error({ err, orderId: subject }, "an order could not be compared");
    const found = { code: "reconciliation_failed", severity: "warning", subject } as const;
    return [{ ...found, expected: "an answer about this order", actual: failureOf(err) }];
  }
}

/** Takes over what the provider says now, and answers what differs all the same. */
async function lookAgain(
  order: OurOrder,
  listed: readonly TransactionRow[],
  options: { period: { fromMs: number; toMs: number }; nowMs: number },
): Promise<FindingRequest[]> {
  const { period, nowMs } = options;
  const { orderId } = order;
  const { now, payment } = await takeOverState(order, nowMs);
  const found = compareWithPayment(now, payment);
  const about = new Set(found.map(({ code }) => code));
  // A cancellation that we learned of late lies before the days that were listed.
  const known = new Set((payment?.cancels ?? []).map(({ transactionKey }) => transactionKey));
  const isEarlier = now.refunds.every(
    ({ state, transactionKey }) => state !== "done" || known.has(transactionKey),
  );
  if (isEarlier) about.add("refund_not_at_toss");
  const stillListed = compareWithRows(orderId, now, listed, period);
  return [...found, ...stillListed.filter(({ code }) => !about.has(code))];
}

/**
 * Asks the provider about an order and lets `applyProviderState` take over what it says.
 * @throws {AppError} `payments_unreachable`
 */
export async function takeOverState(
  order: OurOrder,
  nowMs = Date.now(),
): Promise<{ now: OurOrder; payment: Payment | undefined }> {
  const { orderId, paymentKey } = order;
  const provider = paymentProvider();
  const payment = paymentKey
    ? await provider.paymentByKey(paymentKey)
    : await provider.paymentByOrder(orderId);
  if (payment && payment.orderId === orderId) await applyProviderState(payment, nowMs);
  const [now] = await readOurOrders([orderId]);
  return { now: now ?? order, payment };
}

async function creditDifferences(): Promise<FindingRequest[]> {
  const rows = await readCreditDifferences(maxCreditDifferences);
  return rows.map(({ code, orderId, state, expected, actual }) => ({
    code,
    severity: "critical",
    subject: orderId,
    expected: `${state ?? "–"}, credits ${expected}`,
    actual: `credits ${actual}`,
  }));
}

/** Set at Toss for the whole merchant and at once: somebody has to know. */
async function unknownVersions(since: Date): Promise<FindingRequest[]> {
  const versions = await readVersions(since);
  return versions
    .filter((version) => !hasSupportedVersion({ version }))
    .map((version) => ({
      code: "version_unknown",
      severity: "warning",
      subject: `version ${version ?? "none"}`,
      expected: "2022-11-16 …",
      actual: version ?? "–",
    }));
}
