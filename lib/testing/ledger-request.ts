import type { LotSource } from "@/lib/credits/lots";

/** One request to the ledger, with the time it is made at. */
export type Op = { nowMs: number } & (
  | {
      kind: "grant";
      owner: string;
      source: LotSource;
      amount: number;
      /** Null: never. */
      expiresAtMs: number | null;
      orderId: string | null;
      key: string;
    }
  | {
      kind: "reserve";
      owner: string;
      subject: string;
      lines: { component: string; amount: number }[];
      key: string;
    }
  | { kind: "capture"; subject: string; component: string }
  | { kind: "release"; subject: string; component: string | null; ours: boolean }
  | { kind: "take"; owner: string; orderId: string; refundId: string; paid: number; bonus: number }
  | { kind: "putBack"; owner: string; refundId: string }
  | { kind: "claim"; from: string; to: string; key: string }
  | { kind: "sweep" }
);

/** What a request comes to. */
export interface Answer {
  /** `nothing`: there was nothing to do; `error`: it mustn't have been asked. */
  outcome: "applied" | "refused" | "nothing" | "error";
  refusal?: string | null;
  amount?: number;
  available?: number;
}

/** By which the ledger knows a request again. */
export function keyOf(op: Op): string | undefined {
  switch (op.kind) {
    case "grant":
    case "reserve":
    case "claim":
      return op.key;
    case "take":
      return `refund:${op.refundId}`;
    case "putBack":
      return `put-back:${op.refundId}`;
    default:
      return undefined;
  }
}
