import { z } from "zod";
import { cleanLine } from "@/lib/text";

/** A code as a person types it: spaces around and case don't matter. */
export const promotionCode = z
  .string()
  .transform((value) => value.normalize("NFKC").trim().toUpperCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}_-]{2,40}$/u));

export interface PromotionView {
  id: string;
  code: string | null;
  name: { ko: string; en: string };
  kind: "percent" | "fixed" | "bonus";
  /** Per cent, KRW or credits. */
  value: number;
  endsAt: string | null;
}

/** A package with the price this person would pay now. */
export interface PackageView {
  id: string;
  credits: number;
  bonusCredits: number;
  listKrw: number;
  discountKrw: number;
  /** What is paid, with VAT. */
  amountKrw: number;
  suppliedKrw: number;
  vatKrw: number;
  /** The promotion behind discount or further bonus. */
  promotion: PromotionView | null;
}

export const packagesQuery = z.object({ code: promotionCode.optional() });

/** Answer of `GET /api/v1/packages`. */
export interface PackagesView {
  /** False: nothing to pay with is set up; `reason` of the capability says what is missing. */
  available: boolean;
  /** No money moves. */
  sandbox: boolean;
  packages: PackageView[];
  /** The code that was asked about: known and good for some package, or why not. */
  code: { code: string; good: boolean; problem: string | null } | null;
}

export const cashReceiptKinds = ["none", "deduction", "proof"] as const;
export type CashReceiptKind = (typeof cashReceiptKinds)[number];

export const createOrderInput = z.object({
  packageId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  code: promotionCode.optional(),
  method: z.enum(["CARD", "TRANSFER"]).default("CARD"),
  /** Only for transfers; the payment window asks for the number. */
  cashReceipt: z.enum(cashReceiptKinds).default("none"),
  /** The amount the person saw: an order for another one isn't made. */
  amountKrw: z.number().int().min(0),
  /** Made by the caller; the same key again answers the first order. */
  idempotencyKey: cleanLine(8, 100),
});
export type CreateOrderInput = z.infer<typeof createOrderInput>;

export const orderStates = [
  "created",
  "confirming",
  "unknown",
  "awaiting_deposit",
  "paid",
  "partially_refunded",
  "refunded",
  "failed",
  "expired",
  "cancelled",
  "held_for_review",
] as const;
export type OrderState = (typeof orderStates)[number];

export interface RefundView {
  id: string;
  state: "requested" | "unknown" | "done" | "rejected";
  amountKrw: number;
  paidCredits: number;
  bonusCredits: number;
  policy: string;
  failureMessage: string | null;
  createdAt: string;
  endedAt: string | null;
}

export interface OrderView {
  orderId: string;
  state: OrderState;
  packageId: string;
  credits: number;
  bonusCredits: number;
  listKrw: number;
  discountKrw: number;
  amountKrw: number;
  suppliedKrw: number;
  vatKrw: number;
  /** Not given back so far. */
  balanceKrw: number;
  promotion: PromotionView | null;
  /** As Toss names it, e.g. 카드. */
  method: string | null;
  receiptUrl: string | null;
  cashReceiptKind: CashReceiptKind;
  cashReceiptUrl: string | null;
  /** A sentence of ours for a Toss failure, in the asking person's language. */
  failureCode: string | null;
  failureMessage: string | null;
  refunds: RefundView[];
  /** Ledger transactions that gave the credits. */
  ledgerIds: string[];
  createdAt: string;
  approvedAt: string | null;
}

/** What the browser hands to the payment window. */
export interface PaymentRequest {
  clientKey: string;
  /** Address of the SDK script; null: Toss's own. */
  sdkUrl: string | null;
  sandbox: boolean;
  customerKey: string;
  orderName: string;
  customerEmail: string | null;
  customerName: string | null;
  method: "CARD" | "TRANSFER";
  cashReceipt: CashReceiptKind;
  /** Where the window sends people; absolute. */
  successUrl: string;
  failUrl: string;
}

/** Answer of `POST /api/v1/top-ups`. */
export interface NewOrderView {
  order: OrderView;
  payment: PaymentRequest;
}

/** What the success page brings from the payment window. */
export const confirmOrderInput = z.object({
  paymentKey: cleanLine(1, 200),
  amountKrw: z.number().int().min(0),
});
export type ConfirmOrderInput = z.infer<typeof confirmOrderInput>;

/** The window came back without a payment, or was closed. */
export const abandonOrderInput = z.object({
  code: cleanLine(1, 100).optional(),
  message: cleanLine(0, 500).optional(),
});

/** What giving an order back would give, and why. */
export interface RefundQuote {
  refundable: boolean;
  /** Why not. */
  problem: string | null;
  policy: "full_within_7_days" | "rest" | "none";
  amountKrw: number;
  /** Credits that leave: what is left of what was bought, and of its bonus. */
  paidCredits: number;
  bonusCredits: number;
  /** How it was reckoned. */
  usedCredits: number;
  unitPriceKrw: number;
}

export const refundInput = z.object({
  reason: cleanLine(1, 200),
  /** The amount the person saw. */
  amountKrw: z.number().int().min(0),
  idempotencyKey: cleanLine(8, 100),
});
export type RefundInput = z.infer<typeof refundInput>;

export const listOrdersQuery = z.object({
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{6,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
