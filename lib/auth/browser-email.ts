import "server-only";
import { currentCaller } from "./caller";
import { finishEmailChange, type PendingEmailChange, pendingEmailChangeOf } from "./email-change";
import { currentPrincipal, renewedPrincipal } from "./principal";
import type { ConfirmEmailChangeInput } from "./schema";

/** What a link confirms; undefined when it is over or used. */
export async function pendingEmailChange(token: string): Promise<PendingEmailChange | undefined> {
  return pendingEmailChangeOf(token, await currentPrincipal());
}

/** @throws {AppError} `token_invalid`, `credentials_rejected`, `rate_limited` */
export async function confirmEmailChange(input: ConfirmEmailChangeInput): Promise<void> {
  const principal = await renewedPrincipal();
  await finishEmailChange({ ...input, principal, caller: await currentCaller() });
}
