import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import type { Tx } from "@/lib/transaction";
import { readAvailable } from "./ledger-repo";
import { setLow } from "./low-balance-repo";

/**
 * After credits were spent or held: tells the owner once when less than their level is left, in
 * the app and, if they want mails about credits, by mail. They are told again only after they had
 * their level or more (`afterGrant`). In the transaction of the reservation.
 */
export async function afterSpend(tx: Tx, ownerId: string, nowMs = Date.now()): Promise<void> {
  const owner = await getAccount(ownerId, tx);
  const level = owner?.notifications.lowBalance ?? 0;
  if (!owner || level === 0) return;
  const available = await readAvailable(ownerId, new Date(nowMs), tx);
  if (available >= level || !(await setLow(tx, ownerId, new Date(nowMs)))) return;
  const values = { available, level };
  const dedupeKey = `credits-low:${nowMs}`;
  await addNotice(tx, { userId: ownerId, kind: "credits-low", values, dedupeKey }, nowMs);
  if (!owner.email || !owner.notifications.credits) return;
  await queueMail(tx, {
    kind: "credits-low",
    to: owner.email,
    userId: ownerId,
    locale: owner.locale,
    values: { ...values, link: routes.topUp() },
  });
}
