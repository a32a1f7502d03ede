import "server-only";
import { db } from "@/lib/db";

export interface LowestPrice {
  /** Without bonus. */
  credits: number;
  /** With VAT, before any promotion. */
  priceKrw: number;
}

/** The cheapest package on sale; null when nothing is. */
export async function findLowestPrice(): Promise<LowestPrice | null> {
  return db().creditPackage.findFirst({
    where: { active: true },
    orderBy: { priceKrw: "asc" },
    select: { credits: true, priceKrw: true },
  });
}
