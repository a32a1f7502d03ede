import "server-only";
import { appendAudit } from "@/lib/audit/service";
import type { Tx } from "@/lib/transaction";
import { setFrozen } from "./ledger-repo";

/** Lets things leave a wallet again that was frozen while a payment was looked into. */
export async function unfreezeWallet(
  tx: Tx,
  options: { ownerId: string; actorId: string; reason: string },
): Promise<void> {
  const { ownerId, actorId, reason } = options;
  await setFrozen(tx, ownerId, null);
  appendAudit(tx, {
    name: "wallet_released",
    level: "warn",
    actorId,
    subjectId: ownerId,
    detail: { reason },
  });
}
