import { z } from "zod";
import { cleanLine } from "@/lib/text";

export const findingStates = ["open", "acknowledged", "fixed"] as const;
export type FindingState = (typeof findingStates)[number];

export const findingSeverities = ["warning", "critical"] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** What somebody found that doesn't add up. */
export interface FindingRequest {
  /** What kind of difference, e.g. `order_amount_mismatch`; at most 100 characters. */
  code: string;
  severity: FindingSeverity;
  /** What it is about: an order's number where there is one, else a payment's key, an invariant. */
  subject: string;
  /** The number or state that ought to be, and the one that is; both for a person to read. */
  expected: string;
  actual: string;
}

export interface FindingView extends FindingRequest {
  id: string;
  state: FindingState;
  note: string | null;
  /** ISO 8601. */
  firstSeen: string;
  lastSeen: string;
}

/** An order as an operator sees it behind a finding. */
export interface FindingOrderView {
  orderId: string;
  state: string;
  amountKrw: number;
  balanceKrw: number;
  credits: number;
  bonusCredits: number;
  paymentKey: string | null;
  /** What Toss said last. */
  providerStatus: string | null;
  providerBalanceKrw: number | null;
  createdAt: string;
  approvedAt: string | null;
  /** Since when nothing may leave its owner's wallet. */
  frozenAt: string | null;
  refunds: { id: string; state: string; amountKrw: number; credits: number; policy: string }[];
  /** Movements of the order's credits in the ledger, oldest first. */
  ledger: { transactionId: string; kind: string; amount: number; outcome: string; at: string }[];
}

export interface FindingDetail {
  finding: FindingView;
  /** Null: it isn't about an order that we know. */
  order: FindingOrderView | null;
}

/** Answer of looking again at what a finding is about. */
export interface RecheckView extends FindingDetail {
  /** Differences that are still there; both sides in words. */
  differences: FindingRequest[];
}

export interface ReconciliationRunView {
  id: string;
  /** The period that was compared; ISO 8601. */
  fromAt: string;
  toAt: string;
  startedAt: string;
  endedAt: string | null;
  /** Orders of ours, and rows of theirs, that were compared. */
  ours: number;
  theirs: number;
  findings: number;
  /** Why it broke off. */
  failure: string | null;
}

export interface LedgerCheckView {
  id: string;
  startedAt: string;
  endedAt: string;
  ok: boolean;
}

/** What waits for somebody, by kind. */
export interface WaitingView {
  /** Orders whose outcome isn't known for ten minutes. */
  openOrders: number;
  heldOrders: number;
  paidWithoutCredits: number;
  /** Refunds whose outcome isn't known for an hour. */
  stuckRefunds: number;
  /** Webhooks that the provider sent more than three times. */
  failedWebhooks: number;
  frozenWallets: number;
}

/** Answer of `GET /api/v1/admin/reconciliation`. */
export interface ReconciliationView {
  runs: ReconciliationRunView[];
  ledgerChecks: LedgerCheckView[];
  waiting: WaitingView;
}

export const listFindingsQuery = z.object({
  state: z.enum(findingStates).optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const changeFindingInput = z.object({
  state: z.enum(["acknowledged", "fixed"]),
  /** What was found out or done. */
  note: cleanLine(3, 1_000),
});
export type ChangeFindingInput = z.infer<typeof changeFindingInput>;
