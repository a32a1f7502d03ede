import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { transaction } from "@/lib/transaction";
import { hashPassword, passwordFits } from "./password";
import { findAccount, findCredentials, insertAccount } from "./repo";
import type { AccountView, SignUpInput } from "./schema";

/** @throws {AppError} `email_taken` */
export async function createAccount(input: SignUpInput): Promise<AccountView> {
  const passwordHash = await hashPassword(input.password);
  const { email, name, locale } = input;
  return transaction((tx) => insertAccount(tx, { id: newId(), email, name, locale, passwordHash }));
}

/**
 * The account that e-mail and password open.
 * @throws {AppError} `credentials_rejected`, alike and in like time for an unknown account and a
 * wrong password.
 */
export async function checkCredentials(options: {
  email: string;
  password: string;
}): Promise<{ userId: string }> {
  const found = await findCredentials(options.email);
  if (!(await passwordFits(options.password, found?.passwordHash)) || !found) {
    throw new AppError("credentials_rejected");
  }
  return { userId: found.id };
}

export function getAccount(userId: string): Promise<AccountView | undefined> {
  return findAccount(userId);
}
