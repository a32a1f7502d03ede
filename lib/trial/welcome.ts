import "server-only";
import { grantCredits } from "@/lib/credits/ledger";
import { signUpCredits } from "@/lib/credits/lots";
import type { Tx } from "@/lib/transaction";
import { deviceHashes, readTrialCookie } from "./device";
import { findDevice } from "./repo";

/**
 * Gives a new account its credits, once, less what its browser was given for trying: that can be
 * taken over.
 * @param options `trialCookie`: the browser's, if it has one
 */
export async function welcomeAccount(
  tx: Tx,
  options: { userId: string; trialCookie?: string | undefined; nowMs?: number },
): Promise<void> {
  const { userId: ownerId, trialCookie, ...when } = options;
  const id = readTrialCookie(trialCookie);
  const device = id ? await findDevice(deviceHashes(id), tx) : undefined;
  const tried = device && !device.claimedAt ? device.granted : 0;
  const amount = Math.max(0, signUpCredits - tried);
  if (amount === 0) return;
  const key = `signup:${ownerId}`;
  await grantCredits(tx, { ownerId, source: "signup", amount, key, reason: "sign-up", ...when });
}
