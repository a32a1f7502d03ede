import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { kstTime, parseKst } from "../kst";
import type { Endpoint, Fault } from "./faults";
import { refusedAtConfirm } from "./machine";
import type { SandboxPayment } from "./payment";
import { type ApiAnswer, refusal } from "./refusals";
import type { Sandbox } from "./sandbox";
import { methodLabel, sandboxMid } from "./view";

/** A call of the core API, without its authorization, which was checked. */
export interface ApiCall {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Parsed JSON; undefined when there was none to read. */
  body: unknown;
  idempotencyKey: string | undefined;
  /** The header `TossPayments-Test-Code`: the error to answer with, before anything is checked. */
  testCode: string | undefined;
}

/** An answer, or none: the connection stays open or is cut. */
export type ApiOutcome = ApiAnswer | "hang" | "reset" | "garbage";

interface Work {
  endpoint: Endpoint;
  orderId: string | undefined;
  run(): ApiAnswer;
  /** What a refusal by `code` changes. */
  refuse?(code: string): void;
}

export async function callApi(sandbox: Sandbox, call: ApiCall): Promise<ApiOutcome> {
  const work = workOf(sandbox, call);
  if (!work)
    return { status: 404, body: { code: "NOT_FOUND", message: "존재하지 않는 주소입니다." } };
  const fault = sandbox.faults.take(work.endpoint, work.orderId);
  if (fault?.kind === "timeout_before") return "hang";
  if (fault?.kind === "reset_before") return "reset";
  if (fault?.kind === "error_before") return refusal("FAILED_INTERNAL_SYSTEM_PROCESSING");
  const answer = await idempotent(sandbox, call, () => carryOut(work, call, fault));
  if (fault?.kind === "timeout_after") return "hang";
  if (fault?.kind === "reset_after") return "reset";
  if (fault?.kind === "error_after") return refusal("FAILED_INTERNAL_SYSTEM_PROCESSING");
  if (fault?.kind === "garbage_after") return "garbage";
  return answer;
}

async function carryOut(work: Work, call: ApiCall, fault: Fault | undefined): Promise<ApiAnswer> {
  if (call.testCode) return refusal(call.testCode);
  if (fault?.kind === "slow") await wait(fault.delayMs);
  if (fault?.kind !== "code") return work.run();
  work.refuse?.(fault.code);
  return refusal(fault.code);
}

function idempotent(sandbox: Sandbox, call: ApiCall, work: () => Promise<ApiAnswer>) {
  if (call.method !== "POST" || call.idempotencyKey === undefined) return work();
  const { method, path: url, idempotencyKey: key } = call;
  const apiKey = sandbox.options.secretKey;
  return sandbox.answers.answer({ key, apiKey, method, url }, sandbox.now(), work);
}

function workOf(sandbox: Sandbox, call: ApiCall): Work | undefined {
  const { method, path } = call;
  if (method === "POST" && path === "/v1/payments/confirm") return confirmWork(sandbox, call.body);
  if (method === "GET" && path === "/v1/transactions") {
    const run = () => transactions(sandbox, call.query);
    return { endpoint: "transactions", orderId: undefined, run };
  }
  const order = decoded(/^\/v1\/payments\/orders\/([^/]+)$/.exec(path)?.[1]);
  if (method === "GET" && order) return getWork(sandbox, sandbox.byOrder(order), order);
  const key = decoded(/^\/v1\/payments\/([^/]+)$/.exec(path)?.[1]);
  if (method === "GET" && key) return getWork(sandbox, sandbox.byKey(key));
  const cancelled = decoded(/^\/v1\/payments\/([^/]+)\/cancel$/.exec(path)?.[1]);
  if (method === "POST" && cancelled) return cancelWork(sandbox, cancelled, call.body);
  return undefined;
}

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment && decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function getWork(sandbox: Sandbox, found: SandboxPayment | undefined, orderId?: string): Work {
  const run = () =>
    found ? { status: 200, body: sandbox.view(found) } : refusal("NOT_FOUND_PAYMENT");
  return { endpoint: "get", orderId: found?.orderId ?? orderId, run };
}

const confirmSchema = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: z.string().min(6).max(64),
  amount: z.int().min(1),
});

function confirmWork(sandbox: Sandbox, body: unknown): Work {
  const parsed = confirmSchema.safeParse(body);
  const run = () => {
    if (!parsed.success) return refusal("INVALID_REQUEST");
    const { paymentKey, orderId, amount: amountKrw } = parsed.data;
    const payment = sandbox.byKey(paymentKey);
    if (!payment) return refusal("NOT_FOUND_PAYMENT_SESSION");
    const transactionKey = sandbox.newTransactionKey();
    const moved = sandbox.act(payment, { type: "confirm", orderId, amountKrw, transactionKey });
    return moved.ok ? { status: 200, body: sandbox.view(moved.payment) } : refusal(moved.code);
  };
  const refuse = (code: string) => {
    const payment = parsed.success ? sandbox.byKey(parsed.data.paymentKey) : undefined;
    if (payment?.status !== "IN_PROGRESS" || !code.startsWith("REJECT_")) return;
    sandbox.settle(refusedAtConfirm(payment, code));
  };
  return { endpoint: "confirm", orderId: parsed.data?.orderId, run, refuse };
}

const cancelSchema = z.object({
  cancelReason: z.string().min(1).max(200),
  cancelAmount: z.int().min(1).optional(),
  refundableAmount: z.int().optional(),
  refundReceiveAccount: z
    .object({ bank: z.string(), accountNumber: z.string(), holderName: z.string() })
    .optional(),
});

function cancelWork(sandbox: Sandbox, paymentKey: string, body: unknown): Work {
  const run = () => {
    const payment = sandbox.byKey(paymentKey);
    if (!payment) return refusal("NOT_FOUND_PAYMENT");
    const parsed = cancelSchema.safeParse(body);
    if (!parsed.success) return refusal("INVALID_REQUEST");
    const { cancelReason, cancelAmount, refundableAmount, refundReceiveAccount } = parsed.data;
    const moved = sandbox.act(payment, {
      type: "cancel",
      reason: cancelReason,
      amountKrw: cancelAmount,
      expectedBalanceKrw: refundableAmount,
      hasRefundAccount: refundReceiveAccount !== undefined,
      transactionKey: sandbox.newTransactionKey(),
    });
    return moved.ok ? { status: 200, body: sandbox.view(moved.payment) } : refusal(moved.code);
  };
  return { endpoint: "cancel", orderId: sandbox.byKey(paymentKey)?.orderId, run };
}

const periodSchema = z.object({
  startDate: z.string().transform(parseKst).pipe(z.number()),
  endDate: z.string().transform(parseKst).pipe(z.number()),
  startingAfter: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
});

function transactions(sandbox: Sandbox, query: URLSearchParams): ApiAnswer {
  const parsed = periodSchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) return refusal("INVALID_REQUEST");
  const { startDate, endDate, startingAfter, limit } = parsed.data;
  const rows = sandbox
    .payments()
    .flatMap((payment) => payment.transactions.map((transaction) => ({ payment, transaction })))
    .filter(({ transaction: { atMs } }) => atMs >= startDate && atMs < endDate)
    .sort((one, other) => one.transaction.atMs - other.transaction.atMs);
  const after = rows.findIndex(({ transaction }) => transaction.transactionKey === startingAfter);
  if (startingAfter !== undefined && after < 0) return refusal("INVALID_REQUEST");
  const body = rows.slice(after + 1, after + 1 + limit).map(({ payment, transaction }) => ({
    mId: sandboxMid,
    transactionKey: transaction.transactionKey,
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    method: methodLabel(payment),
    customerKey: payment.customerKey,
    useEscrow: false,
    receiptUrl: `${sandbox.origin}/receipts/${payment.receiptKey}`,
    status: transaction.status,
    transactionAt: kstTime(transaction.atMs),
    currency: "KRW",
    amount: transaction.amountKrw,
  }));
  return { status: 200, body };
}
