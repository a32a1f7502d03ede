import "server-only";
import { db, isUniqueViolation, type Prisma, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
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
  try {
    return view(await tx.user.create({ data: { ...account, passwordChangedAt }, select: shown }));
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("token_invalid", { cause: error });
    throw error;
  }
}

export async function findAccount(id: string, tx: Tx = db()): Promise<AccountView | undefined> {
  const row = await tx.user.findFirst({ where: { id, ...usable }, select: shown });
  return row ? view(row) : undefined;
}

export interface Credentials {
  id: string;
  email: string | null;
  locale: Locale;
  passwordHash: string | null;
  deletionRequestedAt: Date | null;
}

const credentials = {
  id: true,
  email: true,
  locale: true,
  passwordHash: true,
  deletionRequestedAt: true,
} as const;

/** What opens the account with this address or id; nothing for an unknown or disabled one. */
export async function findCredentials(
  which: { email: string } | { id: string },
): Promise<Credentials | undefined> {
  const row = await db().user.findFirst({ where: { ...which, ...usable }, select: credentials });
  return row ? { ...row, locale: asLocale(row.locale) } : undefined;
}

/** Sets the password; `changedAt` is left out when only its hash is made anew. */
export async function updatePasswordHash(
  tx: Tx,
  id: string,
  password: { hash: string; changedAt?: Date },
): Promise<void> {
  await tx.user.update({
    where: { id },
    data: {
      passwordHash: password.hash,
      ...(password.changedAt && { passwordChangedAt: password.changedAt }),
    },
  });
}

/** @throws {AppError} `token_invalid` when the address has got another account meanwhile */
export async function updateEmail(tx: Tx, id: string, email: string): Promise<void> {
  try {
    await tx.user.update({ where: { id }, data: { email } });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("token_invalid", { cause: error });
    throw error;
  }
}

export async function updateProfileRow(
  tx: Tx,
  id: string,
  data: Prisma.UserUpdateManyMutationInput,
): Promise<void> {
  await tx.user.updateMany({ where: { id, ...usable }, data });
}
