import "server-only";
import { db } from "@/lib/db";
import type { KnownOwner, KnownVideo } from "./orphan-rules";

/** A column that refers to something, by the names the catalogue gives, quoted by Postgres. */
interface Reference {
  table: string;
  column: string;
}

interface ForeignKey extends Reference {
  parent: string;
  parentColumn: string;
}

export interface Dangling {
  table: string;
  column: string;
  /** What is referred to and isn't there. */
  value: string;
  rows: number;
}

export async function findOwners(ids: string[]): Promise<Map<string, KnownOwner>> {
  const rows = await db().user.findMany({
    where: { id: { in: ids } },
    select: { id: true, photoKey: true, deletionRequestedAt: true, erasedAt: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findVideos(ids: string[]): Promise<Map<string, KnownVideo>> {
  const [rows, events] = await Promise.all([
    db().video.findMany({
      where: { id: { in: ids } },
      select: { id: true, ownerId: true, sourceKey: true, status: true, mediaDeletedAt: true },
    }),
    db().outbox.findMany({
      where: { id: { in: ids.map((id) => `video-delete-${id}`) } },
      select: { id: true, createdAt: true },
    }),
  ]);
  const asked = new Map(events.map((event) => [event.id, event.createdAt]));
  return new Map(
    rows.map((row) => [
      row.id,
      { ...row, deletionAskedAt: asked.get(`video-delete-${row.id}`) ?? null },
    ]),
  );
}

/** Columns that name an account whether the database knows it or not. */
const accountColumns = ["owner_id", "user_id", "actor_id", "subject_id"];

/**
 * References that outlive an account on purpose: records know it by its pseudonym, and what it did
 * to somebody else's track, by an edit, a note or a decision, stays with the track. A
 * reservation's subject is a job or a video, not an account.
 */
const keptReferences = new Set([
  "audit_events.actor_id",
  "audit_events.subject_id",
  "track_operations.actor_id",
  "track_versions.actor_id",
  "cue_notes.author_id",
  "ignored_findings.actor_id",
  "credit_reservations.subject_id",
  "credit_wallets.owner_id",
  "ledger_transactions.actor_id",
  "top_up_orders.user_id",
  "promotion_redemptions.user_id",
  "trial_devices.user_id",
]);

/**
 * Rows that refer to an account that is erased or was never there: in every table with a foreign
 * key to `users` or a column that by its name refers to one.
 */
export async function rowsOfErased(settledBefore: Date): Promise<Dangling[]> {
  const found: Dangling[] = [];
  for (const { table, column } of await accountReferences()) {
    if (keptReferences.has(`${table}.${column}`)) continue;
    const rows = await db().$queryRawUnsafe<{ value: string; rows: number }[]>(
      `SELECT t.${column}::text AS value, count(*)::int AS rows
       FROM ${table} t LEFT JOIN users u ON u.id = t.${column}
       WHERE t.${column} IS NOT NULL AND (u.id IS NULL OR (u.erased_at IS NOT NULL
         AND (u.deletion_requested_at IS NULL OR u.erased_at < $1)))
       GROUP BY 1 ORDER BY 1`,
      settledBefore,
    );
    found.push(...rows.map((row) => ({ table, column, ...row })));
  }
  return found;
}

async function accountReferences(): Promise<Reference[]> {
  return db().$queryRaw`
    SELECT a.attrelid::regclass::text AS "table", quote_ident(a.attname) AS "column"
    FROM pg_attribute a
    JOIN pg_class t ON t.oid = a.attrelid AND t.relkind IN ('r', 'p')
    WHERE t.relnamespace = current_schema()::regnamespace AND NOT a.attisdropped AND (
      (a.attname = ANY(${accountColumns}) AND a.atttypid = 'uuid'::regtype)
      OR EXISTS (SELECT 1 FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = t.oid
                 AND c.confrelid = 'users'::regclass AND a.attnum = ANY(c.conkey)))
    ORDER BY 1, 2`;
}

/**
 * Rows whose parent is missing, e.g. refresh tokens without their session. The database refuses
 * them, but not in a copy restored without its constraints being checked.
 */
export async function rowsWithoutParent(): Promise<Dangling[]> {
  const keys = await db().$queryRaw<ForeignKey[]>`
    SELECT c.conrelid::regclass::text AS "table", quote_ident(a.attname) AS "column",
           c.confrelid::regclass::text AS "parent", quote_ident(p.attname) AS "parentColumn"
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute p ON p.attrelid = c.confrelid AND p.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid <> 'users'::regclass
      AND c.connamespace = current_schema()::regnamespace
    ORDER BY 1, 2`;
  const found: Dangling[] = [];
  for (const { table, column, parent, parentColumn } of keys) {
    const rows = await db().$queryRawUnsafe<{ value: string; rows: number }[]>(
      `SELECT t.${column}::text AS value, count(*)::int AS rows
       FROM ${table} t LEFT JOIN ${parent} p ON p.${parentColumn} = t.${column}
       WHERE t.${column} IS NOT NULL AND p.${parentColumn} IS NULL GROUP BY 1 ORDER BY 1`,
    );
    found.push(...rows.map((row) => ({ table, column, ...row })));
  }
  return found;
}

/** Accounts asked to be deleted before `before` that still aren't erased. */
export async function overdueAccounts(before: Date): Promise<string[]> {
  const where = { deletionRequestedAt: { lt: before } };
  const rows = await db().user.findMany({ where, orderBy: { id: "asc" }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Erased accounts whose row still tells something about the person. */
export async function speakingTombstones(): Promise<string[]> {
  const rows = await db().user.findMany({
    where: {
      erasedAt: { not: null },
      OR: [
        { email: { not: null } },
        { name: { not: "" } },
        { passwordHash: { not: null } },
        { photoKey: { not: null } },
      ],
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
