import { z } from "zod";
import { cleanLine } from "@/lib/text";
import { type HistoryKind, historyKinds } from "./history-kinds";
import type { LotSource } from "./lots";
import type { Price, RetentionDays } from "./price";

/** Days before an expiry at which its owner is told. */
export const expiryNoticeDays = [30, 7, 1] as const;

/** What starting something costs and leaves, as it is shown before the button. */
export interface QuoteView extends Price {
  /** Spendable now and afterwards; `balanceAfter` is negative by what is lacking. */
  balance: number;
  balanceAfter: number;
  affordable: boolean;
}

export interface LotView {
  id: string;
  source: LotSource;
  paid: boolean;
  granted: number;
  /** What is left, also what is held by jobs. */
  remaining: number;
  held: number;
  /** ISO 8601; null: never. */
  expiresAt: string | null;
  createdAt: string;
  orderId: string | null;
}

export interface CreditsView {
  /** Spendable. */
  available: number;
  /** Held by jobs under way. */
  held: number;
  /** Both. */
  posted: number;
  /** Grows with every change: the newer of two views is the one with more. */
  seq: number;
  lots: LotView[];
  /** What expires next, if anything does. */
  nextExpiry: { at: string; credits: number } | null;
  /** The level below which the owner wants to be told; 0: never. */
  lowLevel: number;
}

/**
 * What the live stream tells, first and at every change: event `balance` with this, and event
 * `notice` with a `NoticeView`.
 */
export interface BalanceFrame
  extends Pick<CreditsView, "available" | "held" | "posted" | "seq" | "lowLevel"> {
  /** Notices that haven't been read. */
  unread: number;
  /** The server's time; ISO 8601. Given back as `since`, the next stream misses no notice. */
  at: string;
}

export const creditsEventsQuery = z.object({
  /** Notices from here on are told again; left out: only new ones. */
  since: z.iso
    .datetime()
    .refine((text) => text >= "2000-01-01")
    .optional(),
});

/** What the ledger calls the movements that change what there is. */
export type HistoryMovement =
  | "topup"
  | "bonus"
  | "grant"
  | "claim"
  | "reversal"
  | "capture"
  | "refund"
  | "clawback"
  | "expire";

/** One movement that changed what there is. */
export interface HistoryEntry {
  /** The ledger's transaction id. */
  id: string;
  seq: number;
  kind: HistoryKind;
  movement: HistoryMovement;
  /** Positive: more; negative: less. */
  amount: number;
  /** Posted credits afterwards. */
  balanceAfter: number;
  /** transcribe, translate:<language>, retention:<days> */
  component: string | null;
  /** Source of what was charged. */
  source: LotSource | null;
  /** The job it paid for; null when it wasn't one, or is gone. */
  job: { id: string; videoId: string; videoTitle: string } | null;
  /** The video that a retention extension was for; null when it is gone. */
  video: { id: string; title: string } | null;
  orderId: string | null;
  amountKrw: number | null;
  /** ISO 8601. */
  at: string;
}

/** A day (YYYY-MM-DD) as the person's calendar in Seoul has it. */
const day = z.iso.date().refine((text) => text >= "2000-01-01");

export const historyChoice = z.object({
  kind: z.enum(historyKinds).optional(),
  from: day.optional(),
  /** Included. */
  to: day.optional(),
  /** Part of a video's title or an order number. */
  q: cleanLine(0, 100).optional(),
});
/** What a history is asked for, the page aside. */
export type HistoryChoice = z.infer<typeof historyChoice>;

export const historyQuery = historyChoice.extend({
  /** A number of the wallet's own; the database counts to 2^31 - 1. */
  cursor: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const statisticsQuery = z.object({
  months: z.coerce.number().int().min(1).max(24).default(12),
});

/** A month in Seoul. */
export interface MonthStatistics {
  /** YYYY-MM */
  month: string;
  charged: number;
  used: number;
  /** Of `used`. */
  transcription: number;
  translation: number;
  retention: number;
  expired: number;
  refunded: number;
  /** Paid in that month, less what was given back. */
  spentKrw: number;
  /** Jobs that took credits. */
  jobs: number;
}

/** A step in the life of a job's credits, with the number of its ledger transaction. */
export interface ReceiptStep {
  transactionId: string;
  kind: "reserve" | "capture" | "release";
  component: string | null;
  amount: number;
  reason: string | null;
  at: string;
  lots: { lotId: string; source: LotSource; amount: number }[];
}

export interface ReceiptAttempt {
  reservationId: string;
  attempt: number;
  state: "held" | "captured" | "partially_captured" | "released";
  quote: Price;
  amount: number;
  captured: number;
  released: number;
  lines: {
    component: string;
    units: number;
    amount: number;
    state: "held" | "captured" | "released";
    endedAt: string | null;
  }[];
  steps: ReceiptStep[];
  createdAt: string;
  endedAt: string | null;
}

/** Everything that a job did with credits. */
export interface ReceiptView {
  jobId: string;
  videoTitle: string | null;
  jobStatus: string | null;
  captured: number;
  released: number;
  held: number;
  attempts: ReceiptAttempt[];
}

export const retentionInput = z.object({
  days: z.literal([7, 30, 90] satisfies RetentionDays[]),
  /** The same key again answers the first request. */
  idempotencyKey: cleanLine(8, 100),
});
