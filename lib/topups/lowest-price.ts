import "server-only";
import { log } from "@/lib/log";
import { paymentsAreConfigured } from "@/lib/payments";
import { findLowestPrice, type LowestPrice } from "./lowest-price-repo";

/**
 * What topping up starts at, for a page that is about something else: null when nothing can be
 * bought here, and also when the database doesn't answer.
 */
export async function lowestPrice(): Promise<LowestPrice | null> {
  if (!paymentsAreConfigured()) return null;
  try {
    return await findLowestPrice();
  } catch (error) {
    log("payments").warn({ err: error }, "the lowest price couldn't be read");
    return null;
  }
}
