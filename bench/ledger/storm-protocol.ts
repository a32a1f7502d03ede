import type { LedgerReport } from "@/lib/credits/invariants";
import type { LotSource } from "@/lib/credits/lots";
import type { WalletState } from "@/lib/testing/ledger-ops";
import type { Answer, Op } from "@/lib/testing/ledger-request";
import type { OrderView, PackageView, RefundQuote, RefundView } from "@/lib/topups/schema";

interface Call<Args, Value> {
  args: Args;
  value: Value;
}

export interface OrderLotRow {
  source: LotSource;
  granted: number;
  remaining: number;
  held: number;
  /** ISO 8601: it came as JSON. */
  expiresAt: string | null;
  createdAt: string;
}

/** What the storm asks of the process that it kills. */
export interface StormCalls {
  op: Call<Op, Answer & { replayed?: boolean }>;
  state: Call<{ owner: string }, WalletState>;
  packages: Call<{ userId: string; code?: string; nowMs: number }, PackageView[]>;
  create: Call<
    {
      userId: string;
      packageId: string;
      code?: string;
      amountKrw: number;
      idempotencyKey: string;
      nowMs: number;
    },
    OrderView
  >;
  confirm: Call<
    { userId: string; orderId: string; paymentKey: string; amountKrw: number; nowMs: number },
    OrderView
  >;
  abandon: Call<{ userId: string; orderId: string; nowMs: number }, OrderView>;
  order: Call<{ userId: string; orderId: string }, OrderView>;
  settle: Call<{ orderId: string; nowMs: number }, null>;
  lots: Call<{ orderId: string }, OrderLotRow[]>;
  webhook: Call<{ headers: Record<string, string>; body: unknown; nowMs: number }, null>;
  refundQuote: Call<{ ownerId: string; orderId: string; nowMs: number }, RefundQuote>;
  refund: Call<
    { ownerId: string; orderId: string; amountKrw: number; idempotencyKey: string; nowMs: number },
    RefundView
  >;
  sweepRefunds: Call<{ nowMs: number }, number>;
  refunds: Call<{ orderId: string }, { id: string; state: RefundView["state"] }[]>;
  barrier: Call<{ nowMs: number; allDead: boolean }, null>;
  verify: Call<{ nowMs: number }, LedgerReport>;
}

/** Half of the jobs are alive when somebody asks; which is the same for everybody. */
export function isAliveInStorm(subject: string): boolean {
  return Number.parseInt(subject.slice(-1), 16) % 2 === 0;
}

/** A refusal of the product's own, by its code. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
