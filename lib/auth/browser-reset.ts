import "server-only";
import { after } from "next/server";
import type { Locale } from "@/lib/accounts/schema";
import { currentCaller } from "./caller";
import {
  countPasswordReset,
  pendingResetOf,
  resetPasswordBy,
  sendPasswordReset,
} from "./password-reset";

/**
 * Sends a link to reset the password, if the address has an account; the answer is the same.
 * @throws {AppError} `rate_limited`
 */
export async function requestPasswordReset(input: {
  email: string;
  locale: Locale;
}): Promise<void> {
  const caller = await currentCaller();
  await countPasswordReset(input.email, caller);
  // After the answer: known and unknown addresses take the same time.
  after(() => sendPasswordReset(input.email, caller));
}

/** Whose password a link resets; undefined when it is over or used. */
export function pendingPasswordReset(token: string): Promise<{ email: string } | undefined> {
  return pendingResetOf(token);
}

/** @throws {AppError} `token_invalid`, `password_too_weak`, `password_leaked` */
export async function resetPassword(input: { token: string; password: string }): Promise<void> {
  await resetPasswordBy({ ...input, caller: await currentCaller() });
}
