import "server-only";
import { db, type Tx, uniqueOr } from "@/lib/db";
import type { OwnProfileInput, OwnProfileView, OwnRules } from "./schema";

interface ProfileRow {
  id: string;
  name: string;
  rules: unknown;
  updatedAt: Date;
}

function view({ id, name, rules, updatedAt }: ProfileRow): OwnProfileView {
  return { id, name, rules: rules as OwnRules, updatedAt: updatedAt.toISOString() };
}

const selected = { id: true, name: true, rules: true, updatedAt: true } as const;

/** One new profile of a person at a time, so that there are never too many. */
export async function lockProfiles(tx: Tx, ownerId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${ownerId}, 7342))::text`;
}

/** In the order of their names. */
export async function readProfiles(ownerId: string): Promise<OwnProfileView[]> {
  const rows = await db().ownProfile.findMany({
    where: { ownerId },
    orderBy: { name: "asc" },
    select: selected,
  });
  return rows.map(view);
}

export function countProfiles(tx: Tx, ownerId: string): Promise<number> {
  return tx.ownProfile.count({ where: { ownerId } });
}

/** The profile of this owner, or undefined. */
export async function findProfile(
  ownerId: string,
  id: string,
  tx: Tx = db(),
): Promise<OwnProfileView | undefined> {
  const row = await tx.ownProfile.findFirst({ where: { id, ownerId }, select: selected });
  return row ? view(row) : undefined;
}

/** @throws {AppError} `name_taken` */
export async function insertProfile(
  tx: Tx,
  profile: OwnProfileInput & { id: string; ownerId: string },
  at: Date,
): Promise<OwnProfileView> {
  return uniqueOr("name_taken", async () => {
    const data = { ...profile, createdAt: at, updatedAt: at };
    return view(await tx.ownProfile.create({ data, select: selected }));
  });
}

/** @throws {AppError} `name_taken` */
export async function updateProfile(
  tx: Tx,
  { id, ...profile }: OwnProfileInput & { id: string },
  at: Date,
): Promise<OwnProfileView> {
  return uniqueOr("name_taken", async () => {
    const data = { ...profile, updatedAt: at };
    return view(await tx.ownProfile.update({ where: { id }, data, select: selected }));
  });
}

/** True when there was one. */
export async function deleteProfile(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx.ownProfile.deleteMany({ where: { id, ownerId } });
  return count === 1;
}
