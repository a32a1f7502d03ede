import "server-only";
import { currentCaller } from "./caller";
import { finishEmailChange, pendingEmailChangeOf } from "./email-change";

/** The address that a link confirms; undefined when it is over or used. */
export function pendingEmailChange(token: string): Promise<{ email: string } | undefined> {
  return pendingEmailChangeOf(token);
}

/** @throws {AppError} `token_invalid` */
export async function confirmEmailChange(input: { token: string }): Promise<void> {
  await finishEmailChange({ ...input, caller: await currentCaller() });
}
