import "server-only";
import { letVisitorGo } from "@/lib/accounts/deletion";
import { graceMs } from "@/lib/accounts/deletion-policy";
import { seoulDay } from "@/lib/credits/seoul";
import { log } from "@/lib/log";
import { trialDeviceMs } from "./device";
import { deleteAllowances, deleteDevices, unseenVisitors } from "./repo";

const dayMs = 24 * 3_600_000;
/** A visitor nobody has seen for so long is gone, in ms; what was counted of a day is kept longer. */
const visitorKeptMs = 30 * dayMs;
const allowanceKeptMs = 90 * dayMs;

/**
 * Has visitors deleted who don't come back, and forgets old counts and devices whose cookie has
 * run out. Answers how many visitors are let go.
 */
export async function sweepTrials(nowMs = Date.now()): Promise<number> {
  // The deletion takes its time: they are erased when that is over.
  const unseen = await unseenVisitors(new Date(nowMs - visitorKeptMs + graceMs), 500);
  for (const userId of unseen) {
    // One that can't go now must not keep the others here.
    await letVisitorGo(userId, nowMs).catch((err: unknown) => {
      log("trial").error({ err, userId }, "a visitor could not be let go");
    });
  }
  await deleteAllowances(seoulDay(nowMs - allowanceKeptMs));
  await deleteDevices(new Date(nowMs - trialDeviceMs));
  return unseen.length;
}
