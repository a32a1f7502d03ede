import "server-only";
import { log } from "@/lib/log";
import { carryOutRefund } from "./refund-carry-out";
import { dueRefunds } from "./refund-repo";

/** So many refunds are looked at in one run; the rest a minute later. */
const batch = 50;

/** Looks after refunds whose outcome isn't known; answers how many were looked at. */
export async function sweepRefunds(nowMs = Date.now()): Promise<number> {
  const due = await dueRefunds(new Date(nowMs), batch);
  for (const refundId of due) {
    // One that can't be looked at now must not keep the others waiting.
    await carryOutRefund(refundId, nowMs).catch((err: unknown) => {
      log("refunds").error({ err, refundId }, "a refund could not be looked at");
    });
  }
  return due.length;
}
