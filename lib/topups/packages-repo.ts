import "server-only";
import { db, type Tx } from "@/lib/db";
import type { PricedPackage } from "./pricing";

const fields = { id: true, credits: true, bonusCredits: true, priceKrw: true } as const;

/** What is on sale, in the order of the shop. */
export async function readPackages(): Promise<PricedPackage[]> {
  const rows = await db().creditPackage.findMany({
    where: { active: true },
    orderBy: { position: "asc" },
    select: fields,
  });
  return rows.map(({ priceKrw: listKrw, ...rest }) => ({ ...rest, listKrw }));
}

/** One package, if it is on sale. */
export async function findPackage(tx: Tx, id: string): Promise<PricedPackage | undefined> {
  const row = await tx.creditPackage.findFirst({ where: { id, active: true }, select: fields });
  if (!row) return undefined;
  const { priceKrw: listKrw, ...rest } = row;
  return { ...rest, listKrw };
}
