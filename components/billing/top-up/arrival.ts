import { safeNextPath } from "@/lib/client/routes";

/** What the payment window's address of success brings: a claim that the server checks. */
export interface Arrival {
  orderId: string;
  paymentKey: string;
  amountKrw: number;
}

/** What an address of return says, as Next hands it over. */
export type ReturnQuery = Record<string, string | string[] | undefined>;

/** What to confirm; null when the address isn't whole. */
export function readArrival(query: ReturnQuery): Arrival | null {
  const orderId = orderIdOf(query);
  const paymentKey = one(query.paymentKey);
  const amount = one(query.amount);
  if (!orderId || !paymentKey || paymentKey.length > 200) return null;
  if (!amount || !/^\d{1,10}$/.test(amount)) return null;
  return { orderId, paymentKey, amountKrw: Number(amount) };
}

/** The order that an address of return speaks of, in Toss's alphabet. */
export function orderIdOf(query: ReturnQuery): string | null {
  const orderId = one(query.orderId);
  return orderId && /^[A-Za-z0-9\-_=]{6,64}$/.test(orderId) ? orderId : null;
}

/** Where to lead on: a path of this site, or null. */
export function backOf(query: ReturnQuery): string | null {
  const back = one(query.back);
  return back ? safeNextPath(back, "") || null : null;
}

/** Credits that are lacking: what somebody came for; 0 when nothing is. */
export function needOf(query: ReturnQuery): number {
  const need = one(query.need);
  return need && /^\d{1,7}$/.test(need) ? Number(need) : 0;
}

/** The same address with what it was asked with, to come back to after a log-in. */
export function withQuery(path: string, query: ReturnQuery): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const first = one(value);
    return first === null ? [] : [[name, first]];
  });
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** The first of several, as the rest isn't ours. */
export function one(value: string | string[] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === "" ? null : first;
}
