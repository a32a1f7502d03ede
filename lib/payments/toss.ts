import "server-only";
import { AppError } from "@/lib/errors";
import { classifyTossError } from "./classify";
import { kstLocalTime } from "./kst";
import type { CancelRequest, ConfirmRequest, PaymentOutcome, PaymentProvider } from "./provider";
import {
  type Payment,
  paymentSchema,
  type TransactionRow,
  tossErrorSchema,
  transactionSchema,
} from "./schema";

/** Toss recommends no figure; its own card approvals may take most of this. */
const defaultTimeoutMs = 20_000;
/** Toss's limit of the header. */
const maxIdempotencyKeyLength = 300;
const maxReasonLength = 200;
/** Rows of one page of transactions; Toss takes up to 10,000. */
const defaultPageSize = 1_000;

export interface TossOptions {
  /** Without a slash at the end, e.g. https://api.tosspayments.com */
  apiUrl: string;
  secretKey: string;
  /** Default: 20 s. */
  timeoutMs?: number;
  /** Default: 1,000. */
  pageSize?: number;
}

type Reply =
  | { kind: "answer"; status: number; body: unknown }
  /** Nobody knows whether the request arrived. */
  | { kind: "silence"; reason: string; cause: unknown };

/** Toss Payments' core API; with another `apiUrl` the built-in sandbox, by the same protocol. */
export class TossPayments implements PaymentProvider {
  readonly #apiUrl: string;
  readonly #authorization: string;
  readonly #timeoutMs: number;
  readonly #pageSize: number;

  constructor(options: TossOptions) {
    this.#apiUrl = options.apiUrl.replace(/\/+$/, "");
    this.#authorization = `Basic ${Buffer.from(`${options.secretKey}:`).toString("base64")}`;
    this.#timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    this.#pageSize = options.pageSize ?? defaultPageSize;
  }

  confirm(request: ConfirmRequest): Promise<PaymentOutcome> {
    const { paymentKey, orderId, amountKrw, idempotencyKey } = request;
    return this.#change("/v1/payments/confirm", idempotencyKey, {
      paymentKey,
      orderId,
      amount: amountKrw,
    });
  }

  cancel(request: CancelRequest): Promise<PaymentOutcome> {
    const { paymentKey, reason, amountKrw, expectedBalanceKrw, idempotencyKey } = request;
    const path = `/v1/payments/${encodeURIComponent(paymentKey)}/cancel`;
    return this.#change(path, idempotencyKey, {
      cancelReason: reason.slice(0, maxReasonLength),
      ...(amountKrw !== undefined && { cancelAmount: amountKrw }),
      ...(expectedBalanceKrw !== undefined && { refundableAmount: expectedBalanceKrw }),
    });
  }

  paymentByKey(paymentKey: string): Promise<Payment | undefined> {
    return this.#payment(`/v1/payments/${encodeURIComponent(paymentKey)}`);
  }

  paymentByOrder(orderId: string): Promise<Payment | undefined> {
    return this.#payment(`/v1/payments/orders/${encodeURIComponent(orderId)}`);
  }

  async *transactions(period: { startDate: Date; endDate: Date }): AsyncIterable<TransactionRow> {
    let after: string | undefined;
    for (;;) {
      const page = await this.#transactionPage(period, after);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < this.#pageSize) return;
      // A page that ends where the one before it did would go on for ever.
      if (last.transactionKey === after) throw unreachable("transactions don't advance");
      after = last.transactionKey;
    }
  }

  async #transactionPage(
    { startDate, endDate }: { startDate: Date; endDate: Date },
    after: string | undefined,
  ): Promise<TransactionRow[]> {
    const query = new URLSearchParams({
      startDate: kstLocalTime(startDate.getTime()),
      endDate: kstLocalTime(endDate.getTime()),
      limit: String(this.#pageSize),
      ...(after !== undefined && { startingAfter: after }),
    });
    const reply = await this.#call("GET", `/v1/transactions?${query}`);
    const body = answered(reply);
    const rows = transactionSchema.array().safeParse(body);
    if (!rows.success) throw unreachable("transactions can't be read", rows.error);
    return rows.data;
  }

  async #payment(path: string): Promise<Payment | undefined> {
    const reply = await this.#call("GET", path);
    if (reply.kind === "answer" && reply.status === 404) {
      if (errorCode(reply.body)?.code === "NOT_FOUND_PAYMENT") return undefined;
    }
    const payment = paymentSchema.safeParse(answered(reply));
    if (!payment.success) throw unreachable("the payment can't be read", payment.error);
    return payment.data;
  }

  async #change(path: string, idempotencyKey: string, body: object): Promise<PaymentOutcome> {
    if (idempotencyKey.length === 0 || idempotencyKey.length > maxIdempotencyKeyLength) {
      throw new RangeError(`an idempotency key has 1 to ${maxIdempotencyKeyLength} characters`);
    }
    const reply = await this.#call("POST", path, { idempotencyKey, body });
    if (reply.kind === "silence") return { outcome: "unknown", reason: reply.reason };
    if (isSuccess(reply.status)) {
      const payment = paymentSchema.safeParse(reply.body);
      if (!payment.success) return { outcome: "unknown", reason: "unreadable" };
      return { outcome: "done", payment: payment.data };
    }
    const error = errorCode(reply.body);
    const verdict = classifyTossError(reply.status, error?.code);
    return verdict.outcome === "refused" ? { ...verdict, message: error?.message ?? "" } : verdict;
  }

  async #call(
    method: "GET" | "POST",
    path: string,
    change?: { idempotencyKey: string; body: object },
  ): Promise<Reply> {
    try {
      const response = await fetch(`${this.#apiUrl}${path}`, {
        method,
        headers: {
          authorization: this.#authorization,
          ...(change && {
            "content-type": "application/json",
            "idempotency-key": change.idempotencyKey,
          }),
        },
        ...(change && { body: JSON.stringify(change.body) }),
        // The secret key goes where it was meant to go, and nowhere else.
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return { kind: "answer", status: response.status, body: parsed(await response.text()) };
    } catch (cause) {
      const isTimeout = cause instanceof DOMException && cause.name === "TimeoutError";
      return { kind: "silence", reason: isTimeout ? "timeout" : "connection", cause };
    }
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorCode(body: unknown) {
  return tossErrorSchema.safeParse(body).data;
}

/** The body of a good answer. */
function answered(reply: Reply): unknown {
  if (reply.kind === "silence") throw unreachable(reply.reason, reply.cause);
  if (isSuccess(reply.status)) return reply.body;
  throw unreachable(errorCode(reply.body)?.code ?? `http_${reply.status}`);
}

function unreachable(detail: string, cause?: unknown): AppError {
  return new AppError("payments_unreachable", { detail, ...(cause !== undefined && { cause }) });
}
