import "server-only";
import { notificationsSchema } from "@/lib/accounts/schema";
import type { Tx } from "@/lib/transaction";
import { clearLow } from "./low-balance-repo";

/**
 * After more became spendable, or the owner changed their level: from their level on, they are
 * told again the next time that it runs low.
 */
export function afterGrant(tx: Tx, ownerId: string): Promise<void> {
  return clearLow(tx, ownerId, notificationsSchema.parse({}).lowBalance);
}
