import "server-only";
import { db, type Tx, uniqueOr } from "@/lib/db";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import type { StylePresetInput, StylePresetView } from "./schema";

interface PresetRow {
  id: string;
  name: string;
  style: unknown;
  updatedAt: Date;
}

function view({ id, name, style, updatedAt }: PresetRow): StylePresetView {
  return { id, name, style: style as SubtitleStyle, updatedAt: updatedAt.toISOString() };
}

const selected = { id: true, name: true, style: true, updatedAt: true } as const;

/** One new look of a person at a time, so that there are never too many. */
export async function lockPresets(tx: Tx, ownerId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${ownerId}, 7343))::text`;
}

/** In the order of their names. */
export async function readPresets(ownerId: string): Promise<StylePresetView[]> {
  const rows = await db().stylePreset.findMany({
    where: { ownerId },
    orderBy: { name: "asc" },
    select: selected,
  });
  return rows.map(view);
}

export function countPresets(tx: Tx, ownerId: string): Promise<number> {
  return tx.stylePreset.count({ where: { ownerId } });
}

/** The look of this owner, or undefined. */
export async function findPreset(
  tx: Tx,
  ownerId: string,
  id: string,
): Promise<StylePresetView | undefined> {
  const row = await tx.stylePreset.findFirst({ where: { id, ownerId }, select: selected });
  return row ? view(row) : undefined;
}

/** @throws {AppError} `name_taken` */
export function insertPreset(
  tx: Tx,
  { id, ownerId, name, style }: StylePresetInput & { id: string; ownerId: string },
  at: Date,
): Promise<StylePresetView> {
  const data = { id, ownerId, name, style: { ...style }, createdAt: at, updatedAt: at };
  return uniqueOr("name_taken", async () =>
    view(await tx.stylePreset.create({ data, select: selected })),
  );
}

/** @throws {AppError} `name_taken` */
export function updatePreset(
  tx: Tx,
  { id, name, style }: StylePresetInput & { id: string },
  at: Date,
): Promise<StylePresetView> {
  const data = { name, style: { ...style }, updatedAt: at };
  return uniqueOr("name_taken", async () =>
    view(await tx.stylePreset.update({ where: { id }, data, select: selected })),
  );
}

/** True when there was one. */
export async function deletePreset(tx: Tx, ownerId: string, id: string): Promise<boolean> {
  const { count } = await tx.stylePreset.deleteMany({ where: { id, ownerId } });
  return count === 1;
}
