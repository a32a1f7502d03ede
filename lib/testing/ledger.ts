import { randomUUID } from "node:crypto";
import type { LedgerResult } from "@/lib/credits/ledger";
import type { LotSource } from "@/lib/credits/lots";
import type { Price, PriceComponent } from "@/lib/credits/price";
import { makeUser } from "./factories";

export const dayMs = 24 * 3_600_000;

/** A price of these amounts that the price rule agrees with: as long a video as costs that much. */
export function priceOf(amounts: Record<string, number>): Price {
  const lines = Object.entries(amounts).map(([component, amount]) => ({
    component: component as PriceComponent,
    units: amount * (component === "transcribe" ? 6_000 : 12_000),
    amount,
  }));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  return { ruleVersion: "2026-11", lines, total };
}

export interface LotState {
  source: LotSource;
  remaining: number;
  held: number;
}

export interface Held {
  of: { purpose: "job"; subjectId: string };
  result: LedgerResult & { reservationId: string };
}

/** The ledger as the product calls it, each movement in a transaction of its own. */
export async function openLedger() {
  const [ledger, sweep, { transaction }, { db }] = await Promise.all([
    import("@/lib/credits/ledger"),
    import("@/lib/credits/sweep"),
    import("@/lib/transaction"),
    import("@/lib/db"),
  ]);
  type GrantOptions = Parameters<typeof ledger.grantCredits>[1];

  const give = (ownerId: string, amount: number, options: Partial<GrantOptions> = {}) =>
    transaction((tx) =>
      ledger.grantCredits(tx, { ownerId, amount, source: "promo", key: randomUUID(), ...options }),
    );
  const hold = async (
    ownerId: string,
    price: Price | number,
    options: { key?: string; subjectId?: string; nowMs?: number } = {},
  ): Promise<Held> => {
    const { subjectId = randomUUID(), key = `job:${subjectId}:1`, ...rest } = options;
    const whole = typeof price === "number" ? priceOf({ transcribe: price }) : price;
    const of = { purpose: "job", subjectId } as const;
    const asked = { ...of, ownerId, attempt: 1, price: whole, key, ...rest };
    return { of, result: await transaction((tx) => ledger.reserveCredits(tx, asked)) };
  };
  const capture = (held: Held, component = "transcribe", nowMs?: number) =>
    transaction((tx) => ledger.captureLine(tx, { ...held.of, component }, nowMs));
  const release = (
    held: Held,
    options: { component?: string; ours?: boolean; nowMs?: number } = {},
  ) =>
    transaction((tx) =>
      ledger.releaseCredits(tx, held.of, { ours: false, reason: "test", ...options }),
    );
  const wallet = async (ownerId: string) => {
    const { posted, held, seq } = await db().creditWallet.findUniqueOrThrow({ where: { ownerId } });
    return { posted, held, seq };
  };
  /** Lots in the order they were made; of the same moment, what was bought comes first. */
  const lots = async (ownerId: string): Promise<LotState[]> => {
    const rows = await db().creditLot.findMany({
      where: { wallet: { ownerId } },
      orderBy: [{ createdAt: "asc" }, { source: "asc" }],
    });
    return rows.map(({ source, remaining, held }) => ({ source, remaining, held }));
  };
  const owner = async () => (await makeUser({ credits: 0 })).id;
  return {
    ledger,
    sweep,
    transaction,
    db,
    owner,
    give,
    hold,
    capture,
    release,
    wallet,
    lots,
  };
}

export type OpenLedger = Awaited<ReturnType<typeof openLedger>>;
