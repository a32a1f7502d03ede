import { z } from "zod";

/**
 * What of Toss Payments' objects the product reads (core API 2022-11-16). Toss adds fields and
 * values as it goes: fields we don't know are kept, values we don't know read as `UNKNOWN`, and
 * what is absent reads as `null`.
 */

/** States of a payment; `UNKNOWN` is one that Toss has added since. */
export const paymentStatuses = [
  "READY",
  "IN_PROGRESS",
  "WAITING_FOR_DEPOSIT",
  "DONE",
  "CANCELED",
  "PARTIAL_CANCELED",
  "ABORTED",
  "EXPIRED",
  "UNKNOWN",
] as const;

export const paymentStatusSchema = z.enum(paymentStatuses).catch("UNKNOWN");
export type PaymentStatus = z.output<typeof paymentStatusSchema>;

/** Whole KRW. Some of Toss's descriptions call amounts strings, so digits in a string will do. */
const amountKrw = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.int());
const text = z.string().nullable().default(null);
const flag = z.boolean().nullable().default(null);

const cancelSchema = z.looseObject({
  /** In KRW. */
  cancelAmount: amountKrw,
  cancelReason: text,
  /** ISO 8601. */
  canceledAt: text,
  transactionKey: text,
  /** `DONE` once the money is on its way back. */
  cancelStatus: text,
  /** What could still be given back after this one, in KRW. */
  refundableAmount: amountKrw.nullable().default(null),
  receiptKey: text,
});

const cashReceiptSchema = z.looseObject({
  /** 소득공제 or 지출증빙. */
  type: text,
  receiptKey: text,
  issueNumber: text,
  receiptUrl: text,
});

const cardSchema = z.looseObject({
  issuerCode: text,
  acquirerCode: text,
  /** Masked. */
  number: text,
  approveNo: text,
  installmentPlanMonths: z.number().nullable().default(null),
  cardType: text,
  acquireStatus: text,
});

const virtualAccountSchema = z.looseObject({
  accountNumber: text,
  bankCode: text,
  customerName: text,
  /** ISO 8601. */
  dueDate: text,
  expired: flag,
  refundStatus: text,
});

export const paymentSchema = z.looseObject({
  /** A date since 2022-06-08, e.g. `2022-11-16`. */
  version: text,
  paymentKey: z.string().min(1).max(200),
  orderId: z.string().min(1).max(64),
  orderName: text,
  mId: text,
  /** NORMAL, BILLING or BRANDPAY. */
  type: text,
  currency: z.string(),
  /** Toss's Korean label, e.g. 카드, 계좌이체, 간편결제, 가상계좌. */
  method: text,
  /** In KRW; never changes. */
  totalAmount: amountKrw,
  /** What can still be cancelled, in KRW. */
  balanceAmount: amountKrw,
  status: paymentStatusSchema,
  /** ISO 8601. */
  requestedAt: text,
  /** ISO 8601; null until paid. */
  approvedAt: text,
  /** Of the newest approval or cancellation. */
  lastTransactionKey: text,
  /** Without VAT, of what isn't cancelled, in KRW. */
  suppliedAmount: amountKrw.nullable().default(null),
  vat: amountKrw.nullable().default(null),
  taxFreeAmount: amountKrw.nullable().default(null),
  isPartialCancelable: flag,
  cancels: z
    .array(cancelSchema)
    .nullish()
    .transform((cancels) => cancels ?? []),
  card: cardSchema.nullable().default(null),
  easyPay: z.looseObject({ provider: text }).nullable().default(null),
  virtualAccount: virtualAccountSchema.nullable().default(null),
  /** Proves that a DEPOSIT_CALLBACK is Toss's. */
  secret: text,
  receipt: z.looseObject({ url: text }).nullable().default(null),
  cashReceipt: cashReceiptSchema.nullable().default(null),
  failure: z.looseObject({ code: text, message: text }).nullable().default(null),
});

export type Payment = z.output<typeof paymentSchema>;
export type PaymentCancel = z.output<typeof cancelSchema>;

/** One line of `GET /v1/transactions`: an approval, or a cancellation of one. */
export const transactionSchema = z
  .looseObject({
    mId: text,
    transactionKey: z.string(),
    paymentKey: z.string(),
    orderId: z.string(),
    method: text,
    status: paymentStatusSchema,
    /** ISO 8601. */
    transactionAt: text,
    currency: z.string(),
    amount: amountKrw,
    receiptUrl: text,
  })
  .transform((row) => ({
    ...row,
    kind: isCancelStatus(row.status) ? ("cancel" as const) : ("payment" as const),
    // Whether Toss writes cancellations with a minus isn't documented; `kind` says which it is.
    amount: Math.abs(row.amount),
  }));

export type TransactionRow = z.output<typeof transactionSchema>;

function isCancelStatus(status: PaymentStatus): boolean {
  return status === "CANCELED" || status === "PARTIAL_CANCELED";
}

/** The body of every refusal. */
export const tossErrorSchema = z.looseObject({
  code: z.string().min(1),
  message: z.string().default(""),
});

const statusHookSchema = z.looseObject({
  eventType: z.literal("PAYMENT_STATUS_CHANGED"),
  createdAt: text,
  data: z.looseObject({
    paymentKey: z.string(),
    orderId: z.string(),
    status: paymentStatusSchema,
  }),
});

/** Flat and without `eventType`: known by its shape. */
const depositHookSchema = z.looseObject({
  createdAt: text,
  secret: z.string(),
  status: paymentStatusSchema,
  transactionKey: text,
  orderId: z.string(),
});

/** A webhook as far as anybody may believe it: what to ask Toss about. */
export type WebhookHint =
  | { kind: "payment_status"; paymentKey: string; orderId: string; status: PaymentStatus }
  | { kind: "deposit"; orderId: string; secret: string; status: PaymentStatus }
  /** An event that we don't act on. */
  | { kind: "other"; eventType: string };

/**
 * What a webhook's body is about; undefined when it is none of Toss's. Payment webhooks are
 * unsigned: nothing here is true before Toss was asked.
 */
export function readWebhook(body: unknown): WebhookHint | undefined {
  const status = statusHookSchema.safeParse(body);
  if (status.success) {
    const { paymentKey, orderId, status: now } = status.data.data;
    return { kind: "payment_status", paymentKey, orderId, status: now };
  }
  const deposit = depositHookSchema.safeParse(body);
  if (deposit.success) {
    const { orderId, secret, status: now } = deposit.data;
    return { kind: "deposit", orderId, secret, status: now };
  }
  const other = z.looseObject({ eventType: z.string() }).safeParse(body);
  return other.success ? { kind: "other", eventType: other.data.eventType } : undefined;
}

/** The oldest version of the Payment object that this product was written against. */
const oldestVersion = "2022-11-16";

/**
 * Whether the answer's version is the one we know or a newer one. It is set at Toss, for the whole
 * merchant and at once: what isn't supported is still worked with, but somebody should know.
 */
export function hasSupportedVersion({ version }: Pick<Payment, "version">): boolean {
  return version !== null && /^\d{4}-\d{2}-\d{2}$/.test(version) && version >= oldestVersion;
}

/** What the browser needs to open the payment window. */
export interface PaymentClientConfig {
  clientKey: string;
  /** Address of the script for `loadTossPayments`; null: the SDK's own. */
  sdkSrc: string | null;
  /** No money moves: the built-in practice provider, or Toss with test keys. */
  sandbox: boolean;
}
