import "server-only";
import { listOperators } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { seoulDay } from "@/lib/credits/seoul";
import { queueMail } from "@/lib/mail/service";
import type { Tx } from "@/lib/transaction";
import type { NoticeValues } from "./schema";
import { addNotice } from "./service";

/**
 * Tells every operator, in the app and by mail, that the money doesn't add up somewhere. The same
 * finding again is told once a day (in Seoul).
 */
export async function noticeOperators(
  tx: Tx,
  values: NoticeValues["money-finding"],
  nowMs = Date.now(),
): Promise<void> {
  const dedupeKey = `finding:${values.code}:${values.subject}:${seoulDay(nowMs)}`;
  for (const { id: userId, email: to, locale } of await listOperators(tx)) {
    const kind = "money-finding";
    const news = await addNotice(tx, { userId, kind, values, dedupeKey }, nowMs);
    if (!news || !to) continue;
    await queueMail(tx, {
      kind,
      to,
      userId,
      locale,
      values: { ...values, link: routes.findings() },
    });
  }
}
