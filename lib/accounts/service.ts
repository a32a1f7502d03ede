import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { afterGrant } from "@/lib/credits/rearm";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type Tx, transaction } from "@/lib/transaction";
import {
  type Credentials,
  findAccount,
  findCredentials,
  findHolder,
  findOperators,
  insertAccount,
  insertVisitor,
  lockPasswordHash,
  replacePasswordHash,
  updateEmail,
  updatePasswordHash,
  updateProfileRow,
} from "./repo";
import {
  type AccountView,
  type Locale,
  notificationsSchema,
  type UpdateProfileInput,
} from "./schema";

export type { Credentials } from "./repo";

/**
 * Makes an account whose address has been confirmed.
 * @throws {AppError} `token_invalid` when the address has got an account meanwhile
 */
export async function createAccount(
  tx: Tx,
  account: { email: string; name: string; locale: Locale; passwordHash: string | null },
): Promise<AccountView> {
  const made = await insertAccount(tx, { id: newId(), ...account });
  appendAudit(tx, { name: "user_created", actorId: made.id, subjectId: made.id });
  return made;
}

/** Makes somebody who tries the product without an account; answers their id. */
export async function createVisitor(tx: Tx, options: { locale: Locale }): Promise<string> {
  const id = newId();
  await insertVisitor(tx, { id, ...options });
  return id;
}

export function getAccount(userId: string, tx?: Tx): Promise<AccountView | undefined> {
  return findAccount(userId, tx);
}

/** Accounts that may see what concerns the house. */
export function listOperators(tx: Tx): Promise<AccountView[]> {
  return findOperators(tx);
}

/** What opens the account with this address or id; nothing for an unknown or disabled one. */
export function getCredentials(
  which: { email: string } | { id: string },
): Promise<Credentials | undefined> {
  return findCredentials(which);
}

/** Whom a mail goes to. */
interface Recipient {
  to: string;
  userId: string;
  locale: Locale;
}

/** Whether some account has this address, also one that can't be used. */
export async function isAddressTaken(email: string): Promise<boolean> {
  return (await findHolder(email)) !== undefined;
}

/**
 * Who has this address: whom to write to, or null when their account can't be used. Undefined when
 * nobody has it.
 */
export async function holderOf(email: string): Promise<Recipient | null | undefined> {
  const holder = await findHolder(email);
  return holder && ((await findRecipient(holder.id)) ?? null);
}

/** Whom to write to, and in which language; nothing for an account without an address. */
export async function findRecipient(userId: string, tx?: Tx): Promise<Recipient | undefined> {
  const account = await findAccount(userId, tx);
  return account?.email
    ? { to: account.email, userId: account.id, locale: account.locale }
    : undefined;
}

/** Whom to tell about their work, and what they want to hear of. */
export async function findNoticed(tx: Tx, userId: string) {
  const account = await findAccount(userId, tx);
  if (!account?.email) return undefined;
  const { email: to, locale, notifications } = account;
  return { to, userId, locale, notifications };
}

/** Stores a new password's hash; what the old one was good for ends at the caller's hand. */
export function setPasswordHash(tx: Tx, options: { userId: string; hash: string }): Promise<void> {
  const { userId, hash } = options;
  return updatePasswordHash(tx, userId, { hash, changedAt: new Date() });
}

/**
 * Stores another hash of the same password. False, and nothing done, when the password was changed
 * since `from` was read: the old one must not come back.
 */
export function renewPasswordHash(
  tx: Tx,
  options: { userId: string; from: string; to: string },
): Promise<boolean> {
  const { userId, ...hashes } = options;
  return replacePasswordHash(tx, userId, hashes);
}

/**
 * Makes sure that a password which was right a moment ago still is; who changes it waits for `tx`.
 * @throws {AppError} `credentials_rejected`
 */
export async function assertPasswordStill(tx: Tx, userId: string, hash: string): Promise<void> {
  if (!(await lockPasswordHash(tx, userId, hash))) throw new AppError("credentials_rejected");
}

/** @throws {AppError} `token_invalid` when the address has got another account meanwhile */
export function setEmail(tx: Tx, userId: string, email: string): Promise<void> {
  return updateEmail(tx, userId, email);
}

/** Changes what the person says about themselves; what is left out stays. */
export async function updateProfile(options: {
  userId: string;
  input: UpdateProfileInput;
}): Promise<AccountView> {
  const { userId, input } = options;
  return transaction(async (tx) => {
    const before = await findAccount(userId, tx);
    if (!before) throw new AppError("not_found");
    const { name, locale, theme, notifications } = input;
    await updateProfileRow(tx, userId, {
      ...(name !== undefined && { name }),
      ...(locale && { locale }),
      ...(theme && { theme }),
      ...(notifications && {
        notifications: notificationsSchema.parse({ ...before.notifications, ...notifications }),
      }),
    });
    if (notifications?.lowBalance !== undefined) await afterGrant(tx, userId);
    const after = await findAccount(userId, tx);
    if (!after) throw new AppError("not_found");
    return after;
  });
}
