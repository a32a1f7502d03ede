import "server-only";
import { db, type Prisma, type Tx, uniqueOr } from "@/lib/db";
import {
  type AccountView,
  type Locale,
  notificationsSchema,
  type Theme,
  themeSchema,
} from "./schema";

const shown = {
  id: true,
  email: true,
  name: true,
  locale: true,
  theme: true,
  notifications: true,
  photoKey: true,
  operator: true,
  visitor: true,
} as const;

type ShownRow = Prisma.UserGetPayload<{ select: typeof shown }>;

function view(row: ShownRow): AccountView {
  const photo = row.photoKey?.split("/").at(-1);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    locale: asLocale(row.locale),
    theme: asTheme(row.theme),
    notifications: notificationsSchema
      .catch(notificationsSchema.parse({}))
      .parse(row.notifications),
    operator: row.operator,
    visitor: row.visitor,
    photoUrl: photo ? `/api/v1/me/photo?v=${encodeURIComponent(photo)}` : null,
  };
}

const asLocale = (locale: string): Locale => (locale === "en" ? "en" : "ko");
const asTheme = (theme: string): Theme => themeSchema.catch("system").parse(theme);

/** Neither disabled nor erased. */
const usable = { disabledAt: null, erasedAt: null };

/** @throws {AppError} `token_invalid` when the address has got an account meanwhile */
export async function insertAccount(
  tx: Tx,
  account: {
    id: string;
    email: string;
    name: string;
    locale: Locale;
    passwordHash: string | null;
  },
): Promise<AccountView> {
  const passwordChangedAt = account.passwordHash ? new Date() : null;
  return uniqueOr("token_invalid", async () =>
    view(await tx.user.create({ data: { ...account, passwordChangedAt }, select: shown })),
  );
}

/** Somebody without an address and without a way to log in. */
export async function insertVisitor(
  tx: Tx,
  visitor: { id: string; locale: Locale },
): Promise<void> {
  await tx.user.create({ data: { ...visitor, name: "", visitor: true } });
}

export async function findAccount(id: string, tx: Tx = db()): Promise<AccountView | undefined> {
  const row = await tx.user.findFirst({ where: { id, ...usable }, select: shown });
  return row ? view(row) : undefined;
}

/** Accounts that may see what concerns the house. */
export async function findOperators(tx: Tx): Promise<AccountView[]> {
  const where = { operator: true, ...usable };
  const rows = await tx.user.findMany({ where, select: shown, orderBy: { id: "asc" } });
  return rows.map(view);
}

/** Who has this address, whatever became of their account. */
export async function findHolder(email: string): Promise<{ id: string } | undefined> {
  return (await db().user.findUnique({ where: { email }, select: { id: true } })) ?? undefined;
}

export interface Credentials {
  id: string;
  email: string | null;
  locale: Locale;
  passwordHash: string | null;
}

const credentials = {
  id: true,
  email: true,
  locale: true,
  passwordHash: true,
} as const;

/** What opens the account with this address or id; nothing for an unknown or disabled one. */
export async function findCredentials(
  which: { email: string } | { id: string },
): Promise<Credentials | undefined> {
  const row = await db().user.findFirst({ where: { ...which, ...usable }, select: credentials });
  return row ? { ...row, locale: asLocale(row.locale) } : undefined;
}

export async function updatePasswordHash(
  tx: Tx,
  id: string,
  password: { hash: string; changedAt: Date },
): Promise<void> {
  const { hash: passwordHash, changedAt: passwordChangedAt } = password;
  await tx.user.update({ where: { id }, data: { passwordHash, passwordChangedAt } });
}

/** Puts another hash of the same password in the place of `from`; false when that is gone. */
export async function replacePasswordHash(
  tx: Tx,
  id: string,
  hashes: { from: string; to: string },
): Promise<boolean> {
  const where = { id, passwordHash: hashes.from };
  const { count } = await tx.user.updateMany({ where, data: { passwordHash: hashes.to } });
  return count === 1;
}

/** Whether this is the account's hash, under a lock that whoever changes it waits for. */
export async function lockPasswordHash(tx: Tx, id: string, hash: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM users WHERE id = ${id}::uuid AND password_hash = ${hash} FOR NO KEY UPDATE`;
  return rows.length === 1;
}

/** @throws {AppError} `token_invalid` when the address has got another account meanwhile */
export async function updateEmail(tx: Tx, id: string, email: string): Promise<void> {
  await uniqueOr("token_invalid", () => tx.user.update({ where: { id }, data: { email } }));
}

export async function updateProfileRow(
  tx: Tx,
  id: string,
  data: Prisma.UserUpdateManyMutationInput,
): Promise<void> {
  await tx.user.updateMany({ where: { id, ...usable }, data });
}
