import type { PaymentStatus } from "../schema";

export const sandboxMethods = ["CARD", "TRANSFER", "VIRTUAL_ACCOUNT"] as const;
export type SandboxMethod = (typeof sandboxMethods)[number];

export type CashReceiptKind = "소득공제" | "지출증빙" | "미발행";

export interface SandboxCancel {
  transactionKey: string;
  amountKrw: number;
  reason: string;
  atMs: number;
  /** What was left afterwards. */
  refundableKrw: number;
}

/** An approval or a cancellation, as `/v1/transactions` lists it. */
export interface SandboxTransaction {
  transactionKey: string;
  status: Extract<PaymentStatus, "DONE" | "CANCELED" | "PARTIAL_CANCELED" | "WAITING_FOR_DEPOSIT">;
  amountKrw: number;
  atMs: number;
}

/** A payment as the sandbox keeps it. Amounts in KRW, times in ms since 1970. */
export interface SandboxPayment {
  paymentKey: string;
  /** Names the payment window's page; the key itself is told only after authentication. */
  windowId: string;
  receiptKey: string;
  orderId: string;
  orderName: string;
  customerKey: string;
  method: SandboxMethod;
  /** Paid by easy pay in the card window. */
  easyPay: boolean;
  cashReceipt: CashReceiptKind;
  amountKrw: number;
  balanceKrw: number;
  status: Exclude<PaymentStatus, "UNKNOWN">;
  requestedAtMs: number;
  authenticatedAtMs: number | null;
  approvedAtMs: number | null;
  /** What the card company will answer when the payment is confirmed. */
  refuseAtConfirm: string | null;
  failureCode: string | null;
  cancels: SandboxCancel[];
  transactions: SandboxTransaction[];
  /** For DEPOSIT_CALLBACK. */
  secret: string;
  successUrl: string;
  failUrl: string;
}

/** What the payment window is asked for. */
export type PaymentRequest = Pick<
  SandboxPayment,
  | "orderId"
  | "orderName"
  | "customerKey"
  | "method"
  | "cashReceipt"
  | "amountKrw"
  | "successUrl"
  | "failUrl"
>;

export type PaymentKeys = Pick<SandboxPayment, "paymentKey" | "windowId" | "receiptKey" | "secret">;

export function newPayment(
  request: PaymentRequest,
  keys: PaymentKeys,
  nowMs: number,
): SandboxPayment {
  return {
    ...request,
    ...keys,
    easyPay: false,
    balanceKrw: request.amountKrw,
    status: "READY",
    requestedAtMs: nowMs,
    authenticatedAtMs: null,
    approvedAtMs: null,
    refuseAtConfirm: null,
    failureCode: null,
    cancels: [],
    transactions: [],
  };
}
