import "server-only";
import { db, isUniqueViolation, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { AccountView, Locale } from "./schema";

interface AccountRow {
  id: string;
  email: string | null;
  name: string;
  locale: string;
}

function view(row: AccountRow): AccountView {
  return { id: row.id, email: row.email, name: row.name, locale: row.locale as Locale };
}

const shown = { id: true, email: true, name: true, locale: true } as const;

/** @throws {AppError} `email_taken` when the address has an account. */
export async function insertAccount(
  tx: Tx,
  account: { id: string; email: string; name: string; locale: Locale; passwordHash: string },
): Promise<AccountView> {
  try {
    return view(await tx.user.create({ data: account, select: shown }));
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("email_taken", { cause: error });
    throw error;
  }
}

export async function findAccount(id: string): Promise<AccountView | undefined> {
  const row = await db().user.findFirst({ where: { id, disabledAt: null }, select: shown });
  return row ? view(row) : undefined;
}

/** Id and password hash for a log-in; nothing for an unknown or disabled account. */
export async function findCredentials(
  email: string,
): Promise<{ id: string; passwordHash: string } | undefined> {
  const row = await db().user.findFirst({
    where: { email, disabledAt: null },
    select: { id: true, passwordHash: true },
  });
  return row?.passwordHash ? { id: row.id, passwordHash: row.passwordHash } : undefined;
}

export async function updatePasswordHash(id: string, passwordHash: string): Promise<void> {
  await db().user.update({ where: { id }, data: { passwordHash } });
}
