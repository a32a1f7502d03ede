import "server-only";
import { notificationsSchema } from "@/lib/accounts/schema";
import { getAccount } from "@/lib/accounts/service";
import { type LotRow, openLots, readWallet } from "./overview-repo";
import type { CreditsView, LotView } from "./schema";
import { seoulDay } from "./seoul";

/** What there is in all, as every open page shows it. */
export type BalanceView = Pick<CreditsView, "available" | "held" | "posted" | "seq" | "lowLevel">;

/** The balance: what has expired doesn't count, swept or not. */
export async function readBalance(ownerId: string, nowMs = Date.now()): Promise<BalanceView> {
  const [wallet, account] = await Promise.all([
    readWallet(ownerId, new Date(nowMs)),
    getAccount(ownerId),
  ]);
  const { lowBalance: lowLevel } = account?.notifications ?? notificationsSchema.parse({});
  if (!wallet) return { available: 0, held: 0, posted: 0, seq: 0, lowLevel };
  const { held, seq, expired } = wallet;
  const posted = wallet.posted - expired;
  return { available: posted - held, held, posted, seq, lowLevel };
}

/** Everything about an account's credits, lot by lot, in the order in which they are spent. */
export async function getCredits(ownerId: string, nowMs = Date.now()): Promise<CreditsView> {
  const [balance, rows] = await Promise.all([readBalance(ownerId, nowMs), openLots(ownerId)]);
  const lots = rows.flatMap((row) => lotView(row, nowMs));
  return { ...balance, lots, nextExpiry: nextExpiry(lots) };
}

/** Of a lot that has expired, what a job holds is all there is. */
function lotView(row: LotRow, nowMs: number): LotView[] {
  const { expiresAt, createdAt, held } = row;
  const over = expiresAt !== null && expiresAt.getTime() <= nowMs;
  const remaining = over ? held : row.remaining;
  if (remaining === 0) return [];
  const times = {
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
  return [{ ...row, ...times, remaining }];
}

/** The free credits that go on the first day (in Seoul) on which any go, and when the first go. */
export function nextExpiry(
  lots: readonly Pick<LotView, "remaining" | "held" | "expiresAt">[],
): CreditsView["nextExpiry"] {
  const free = lots.flatMap(({ remaining, held, expiresAt }) =>
    expiresAt !== null && remaining > held ? [{ at: expiresAt, credits: remaining - held }] : [],
  );
  const [first] = free.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (!first) return null;
  const day = seoulDay(Date.parse(first.at));
  const sameDay = free.filter(({ at }) => seoulDay(Date.parse(at)) === day);
  return { at: first.at, credits: sameDay.reduce((sum, { credits }) => sum + credits, 0) };
}
