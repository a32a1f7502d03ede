import "server-only";
import { passwordFits } from "@/lib/accounts/password";
import {
  findRecipient,
  getAccount,
  getCredentials,
  holderOf,
  setEmail,
} from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { routes } from "@/lib/client/routes";
import { AppError } from "@/lib/errors";
import { countCall } from "@/lib/http/rate";
import { queueMail } from "@/lib/mail/service";
import { type Tx, transaction } from "@/lib/transaction";
import { type Caller, whence } from "./caller";
import { deleteTokens } from "./one-time-token-repo";
import { issueToken, readToken, takeToken } from "./one-time-tokens";
import { authRates } from "./policy";

/**
 * Sends a link to the new address and tells the old one. An address that has another account gets
 * no link; whoever asks sees no difference.
 * @throws {AppError} `email_unchanged`, `rate_limited`
 */
export async function beginEmailChange(options: {
  userId: string;
  email: string;
  caller: Caller;
}): Promise<void> {
  const { userId, email, caller } = options;
  await countCall({ name: "emailChange", who: userId, rate: authRates.emailChange });
  const account = await getAccount(userId);
  if (!account) throw new AppError("unauthenticated");
  if (account.email === email) throw new AppError("email_unchanged");
  const holder = await holderOf(email);
  await transaction(async (tx) => {
    const { locale } = account;
    if (holder) await queueMail(tx, { kind: "sign-up-taken", ...holder, values: {} });
    else if (holder === undefined) {
      await deleteTokens(tx, { purpose: "email_change", userId });
      const token = await issueToken(tx, { purpose: "email_change", userId, email });
      const values = { link: routes.emailConfirm(token) };
      await queueMail(tx, { kind: "email-change", to: email, userId, locale, values });
    }
    const owner = await findRecipient(userId, tx);
    if (owner) {
      await queueMail(tx, { kind: "email-change-asked", ...owner, values: { newEmail: email } });
    }
    noteChange(tx, { userId, caller, what: "email_asked" });
  });
}

export interface PendingEmailChange {
  email: string;
  /** Opened by somebody who is signed in to the account: nothing more is needed. */
  signedIn: boolean;
  /** The account has a password to ask for. */
  password: boolean;
}

/** What a link confirms, without using it up. */
export async function pendingEmailChangeOf(
  token: string,
  principal: { userId: string } | undefined,
): Promise<PendingEmailChange | undefined> {
  const row = await readToken(token, "email_change");
  if (!row?.email || !row.userId) return undefined;
  const account = await getCredentials({ id: row.userId });
  return {
    email: row.email,
    signedIn: principal?.userId === row.userId,
    password: Boolean(account?.passwordHash),
  };
}

/**
 * Puts the confirmed address in the old one's place and tells the old one. Links to reset the
 * password that went to the old address end with it.
 * The mail alone isn't enough: somebody could be led to give their address to a stranger's account.
 * @throws {AppError} `token_invalid`, `credentials_rejected`, `rate_limited`
 */
export async function finishEmailChange(options: {
  token: string;
  /** Of somebody who isn't signed in to the account. */
  password?: string | undefined;
  principal: { userId: string } | undefined;
  caller: Caller;
}): Promise<void> {
  const { token, caller } = options;
  await assertOwner(options);
  await transaction(async (tx) => {
    const { userId, email } = await takeToken(tx, token, "email_change");
    if (!userId || !email) throw new AppError("token_invalid");
    const old = await findRecipient(userId, tx);
    await setEmail(tx, userId, email);
    await deleteTokens(tx, { purpose: "password_reset", userId });
    noteChange(tx, { userId, caller, what: "email" });
    if (old) await queueMail(tx, { kind: "email-changed", ...old, values: { newEmail: email } });
  });
}

/** Whoever opens the link is signed in to the account, or knows its password. */
async function assertOwner(options: {
  token: string;
  password?: string | undefined;
  principal: { userId: string } | undefined;
}): Promise<void> {
  const row = await readToken(options.token, "email_change");
  if (!row?.userId) throw new AppError("token_invalid");
  if (options.principal?.userId === row.userId) return;
  await countCall({ name: "confirmEmail", who: row.hash, rate: authRates.confirm });
  const account = await getCredentials({ id: row.userId });
  const fits = await passwordFits(options.password ?? "", account?.passwordHash ?? undefined);
  if (!fits) throw new AppError("credentials_rejected");
}

function noteChange(tx: Tx, change: { userId: string; caller: Caller; what: string }): void {
  const { userId, caller, what } = change;
  appendAudit(tx, {
    name: "user_updated",
    actorId: userId,
    subjectId: userId,
    ...whence(caller),
    detail: { what },
  });
}
