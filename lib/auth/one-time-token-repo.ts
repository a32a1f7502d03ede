import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import type { TokenPurpose } from "./policy";

export interface OneTimeTokenRow {
  hash: string;
  purpose: string;
  userId: string | null;
  sessionId: string | null;
  email: string | null;
  data: unknown;
  expiresAt: Date;
}

export async function insertToken(
  tx: Tx,
  token: {
    hash: string;
    purpose: TokenPurpose;
    userId?: string | undefined;
    sessionId?: string | undefined;
    email?: string | undefined;
    data?: object | undefined;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  const { data, userId = null, sessionId = null, email = null, ...rest } = token;
  await tx.oneTimeToken.create({
    data: { ...rest, userId, sessionId, email, data: (data ?? {}) as Prisma.InputJsonObject },
  });
}

const unused = (purpose: TokenPurpose, now: Date) => ({
  purpose,
  consumedAt: null,
  expiresAt: { gt: now },
});

export async function findToken(
  hash: string,
  purpose: TokenPurpose,
  now: Date,
): Promise<OneTimeTokenRow | undefined> {
  const row = await db().oneTimeToken.findFirst({ where: { hash, ...unused(purpose, now) } });
  return row ?? undefined;
}

/** Takes the token: of many calls at once one gets the row. */
export async function consumeToken(
  tx: Tx,
  hash: string,
  purpose: TokenPurpose,
  now: Date,
): Promise<OneTimeTokenRow | undefined> {
  const [row] = await tx.oneTimeToken.updateManyAndReturn({
    where: { hash, ...unused(purpose, now) },
    data: { consumedAt: now },
  });
  return row;
}

/** The newest unused sign-up that this browser or this address waits for. */
export async function findSignUp(
  which: { email: string } | { browser: string },
  now: Date,
): Promise<OneTimeTokenRow | undefined> {
  const row = await db().oneTimeToken.findFirst({
    where: {
      ...unused("sign_up", now),
      ...("email" in which
        ? { email: which.email }
        : { data: { path: ["browser"], equals: which.browser } }),
    },
    orderBy: { createdAt: "desc" },
  });
  return row ?? undefined;
}

export async function updateTokenData(tx: Tx, hash: string, data: object): Promise<void> {
  await tx.oneTimeToken.update({ where: { hash }, data: { data: data as Prisma.InputJsonObject } });
}

/** Ends tokens that something else made pointless. */
export async function deleteTokens(
  tx: Tx,
  which: { purpose: TokenPurpose } & ({ userId: string } | { email: string }),
): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: which });
}

export async function deleteExpiredTokens(before: Date): Promise<number> {
  const { count } = await db().oneTimeToken.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}
