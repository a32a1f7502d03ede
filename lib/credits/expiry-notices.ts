import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { log } from "@/lib/log";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import { type Tx, transaction } from "@/lib/transaction";
import { type ExpiringRow, untoldExpiries } from "./expiry-notices-repo";
import { expiryNoticeDays } from "./schema";

const dayMs = 24 * 3_600_000;
/** Read at a time. */
const batch = 200;

/**
 * Tells everybody whose free credits expire within 30, 7 and 1 days, once for each of the three
 * and each day of expiry: in the app, and by mail if they want mails about credits. Answers how
 * many were told.
 */
export async function tellExpiries(nowMs = Date.now()): Promise<number> {
  let told = 0;
  for (;;) {
    const rows = await untoldExpiries(new Date(nowMs), expiryNoticeDays, batch);
    const before = told;
    for (const row of rows) {
      if (await tryTelling(row, nowMs)) told += 1;
    }
    // A batch in which nothing worked would come again for ever.
    if (rows.length < batch || told === before) return told;
  }
}

/** One that can't be told must not keep the others waiting. */
async function tryTelling(row: ExpiringRow, nowMs: number): Promise<boolean> {
  try {
    return await transaction((tx) => tellExpiry(tx, row, nowMs));
  } catch (err) {
    log("credits").error({ err, ownerId: row.ownerId }, "an expiry could not be told");
    return false;
  }
}

async function tellExpiry(tx: Tx, row: ExpiringRow, nowMs: number): Promise<boolean> {
  const { ownerId: userId, credits, expiresAt, day, threshold } = row;
  const days = Math.ceil((expiresAt.getTime() - nowMs) / dayMs);
  const at = expiresAt.toISOString();
  const news = await addNotice(
    tx,
    {
      userId,
      kind: "credits-expiring",
      values: { credits, days, expiresAt: at },
      dedupeKey: `expiring:${day}:${threshold}`,
    },
    nowMs,
  );
  const owner = news ? await getAccount(userId, tx) : undefined;
  if (owner?.email && owner.notifications.credits) {
    await queueMail(tx, {
      kind: "credits-expiring",
      to: owner.email,
      userId,
      locale: owner.locale,
      values: { credits, days, at, link: routes.credits() },
    });
  }
  return news;
}
