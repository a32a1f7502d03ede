import "server-only";
import { hashPassword } from "@/lib/accounts/password";
import { assertStrongPassword } from "@/lib/accounts/password-strength";
import { findRecipient, getAccount, getCredentials, setPasswordHash } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { forgetDevices } from "./devices";
import { forgetFailures } from "./lockout";
import { deleteTokens } from "./one-time-token-repo";
import { issueToken, readToken, takeToken } from "./one-time-tokens";
import { authRates } from "./policy";
import type { Principal } from "./principal";
import { forgiveWrongCodes } from "./second-factor";
import { endSessions } from "./sessions";

/**
 * Counts a request to reset a password.
 * @throws {AppError} `rate_limited`, alike for unknown addresses
 */
export async function countPasswordReset(email: string, caller: Caller): Promise<void> {
  const { resetNetwork, resetAddress } = authRates;
  if (caller.network) await countCall({ name: "reset", who: caller.network, rate: resetNetwork });
  await countCall({ name: "resetAddress", who: email, rate: resetAddress });
}

/**
 * Sends the link, if the address has an account. Done after the answer has gone out, so that its
 * time tells nothing. A locked account can be reset like any other.
 */
export async function sendPasswordReset(email: string, caller: Caller): Promise<void> {
  const account = await getCredentials({ email });
  if (!account) return;
  const { id: userId, locale } = account;
  await transaction(async (tx) => {
    const token = await issueToken(tx, { purpose: "password_reset", userId, email });
    const values = { link: routes.resetConfirm(token) };
    await queueMail(tx, { kind: "password-reset", to: email, userId, locale, values });
    appendAudit(tx, {
      name: "authn_password_reset_requested",
      subjectId: userId,
      ...whence(caller),
    });
  });
}

/** Whose password a link resets, without using it up. */
export async function pendingResetOf(token: string): Promise<{ email: string } | undefined> {
  const row = await readToken(token, "password_reset");
  return row?.email ? { email: row.email } : undefined;
}

/**
 * Sets a new password by a link. Every sign-in ends, log-in is unlocked, and nobody is logged in:
 * the link may have been read by somebody else, and a second factor stays needed.
 * @throws {AppError} `token_invalid`, `password_too_weak`, `password_leaked`
 */
export async function resetPasswordBy(options: {
  token: string;
  password: string;
  caller: Caller;
}): Promise<void> {
  const { token, password, caller } = options;
  const row = await readToken(token, "password_reset");
  const account = row?.userId ? await getAccount(row.userId) : undefined;
  // A link made for an address that the account has left in the same moment went to the old one.
  if (!row?.userId || !account || account.email !== row.email) throw new AppError("token_invalid");
  const { userId } = row;
  await assertStrongPassword({ password, context: contextOf(account) });
  const hash = await hashPassword(password);
  await transaction(async (tx) => {
    await takeToken(tx, token, "password_reset");
    await setPasswordHash(tx, { userId, hash });
    await endOpenTokens(tx, userId);
    await forgetDevices(tx, userId);
    await endSessions(tx, { userId, reason: "password_reset", from: whence(caller) });
    appendAudit(tx, {
      name: "authn_password_change",
      subjectId: userId,
      ...whence(caller),
      detail: { by: "reset" },
    });
    const owner = await findRecipient(userId, tx);
    if (owner) await queueMail(tx, { kind: "password-changed", ...owner, values: {} });
  });
  if (account.email) await forgetFailures({ email: account.email });
  await forgiveWrongCodes(userId);
}

/**
 * Sets the password of somebody who is signed in; their other sign-ins end. The caller has made
 * sure that it is them.
 * @throws {AppError} `password_too_weak`, `password_leaked`
 */
export async function changePassword(options: {
  principal: Principal;
  newPassword: string;
  caller: Caller;
}): Promise<void> {
  const { principal, newPassword, caller } = options;
  const { userId, sessionId } = principal;
  const account = await getAccount(userId);
  if (!account) throw new AppError("unauthenticated");
  await assertStrongPassword({ password: newPassword, context: contextOf(account) });
  const hash = await hashPassword(newPassword);
  await transaction(async (tx) => {
    await setPasswordHash(tx, { userId, hash });
    await endOpenTokens(tx, userId);
    await forgetDevices(tx, userId, caller);
    await endSessions(tx, {
      userId,
      except: sessionId,
      reason: "password_change",
      from: whence(caller),
    });
    appendAudit(tx, {
      name: "authn_password_change",
      actorId: userId,
      subjectId: userId,
      sessionId,
      ...whence(caller),
      detail: { by: "owner" },
    });
    const owner = await findRecipient(userId, tx);
    if (owner) await queueMail(tx, { kind: "password-changed", ...owner, values: {} });
  });
}

/** What somebody who knew the old password may have begun: it must not outlast it. */
async function endOpenTokens(tx: Tx, userId: string): Promise<void> {
  for (const purpose of ["password_reset", "email_change", "challenge"] as const) {
    await deleteTokens(tx, { purpose, userId });
  }
}

function contextOf(account: { email: string | null; name: string }): string[] {
  return [account.email ?? "", account.name];
}
