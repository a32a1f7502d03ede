import "server-only";
import { db, type Tx } from "@/lib/db";
import type { NoteView } from "./schema";

interface NoteRow {
  id: string;
  cueId: string;
  startMs: number;
  text: string;
  at: Date;
  editedAt: Date | null;
  resolvedAt: Date | null;
  authorId: string | null;
  authorName: string | null;
  resolverId: string | null;
  resolverName: string | null;
}

const person = (id: string | null, name: string | null) =>
  id !== null && name !== null ? { id, name } : null;

function view(row: NoteRow, readerId: string): NoteView {
  const { authorId, authorName, resolverId, resolverName, at, editedAt, resolvedAt, ...note } = row;
  return {
    ...note,
    author: person(authorId, authorName),
    mine: authorId === readerId,
    at: at.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    resolved: resolvedAt && {
      at: resolvedAt.toISOString(),
      by: person(resolverId, resolverName),
    },
  };
}

/**
 * In the order of the cues' times as they were, then of writing; one where an id is given.
 * `readerId`: who asks.
 */
export async function readNotes(
  which: { trackId: string; readerId: string; id?: string },
  tx: Tx = db(),
): Promise<NoteView[]> {
  const { trackId, readerId, id = null } = which;
  const rows = await tx.$queryRaw<NoteRow[]>`
    SELECT n.id::text, n.cue_id AS "cueId", n.start_ms AS "startMs", n.text, n.created_at AS at,
           n.edited_at AS "editedAt", n.resolved_at AS "resolvedAt",
           a.id::text AS "authorId", a.name AS "authorName",
           r.id::text AS "resolverId", r.name AS "resolverName"
    FROM cue_notes n
    LEFT JOIN users a ON a.id = n.author_id AND a.erased_at IS NULL
    LEFT JOIN users r ON r.id = n.resolved_by_id AND r.erased_at IS NULL
    WHERE n.track_id = ${trackId}::uuid AND (${id}::uuid IS NULL OR n.id = ${id}::uuid)
    ORDER BY n.start_ms, n.created_at, n.id`;
  return rows.map((row) => view(row, readerId));
}

export async function findNote(
  id: string,
): Promise<{ trackId: string; authorId: string | null } | undefined> {
  const select = { trackId: true, authorId: true };
  return (await db().cueNote.findUnique({ where: { id }, select })) ?? undefined;
}

export function countNotes(tx: Tx, trackId: string): Promise<number> {
  return tx.cueNote.count({ where: { trackId } });
}

export async function insertNote(
  tx: Tx,
  row: {
    id: string;
    trackId: string;
    cueId: string;
    startMs: number;
    authorId: string;
    text: string;
    createdAt: Date;
  },
): Promise<void> {
  await tx.cueNote.create({ data: row });
}

export async function updateNote(
  tx: Tx,
  id: string,
  change: {
    text?: string;
    editedAt?: Date;
    resolvedAt?: Date | null;
    resolvedById?: string | null;
  },
): Promise<void> {
  await tx.cueNote.updateMany({ where: { id }, data: change });
}

export async function deleteNote(tx: Tx, id: string): Promise<boolean> {
  return (await tx.cueNote.deleteMany({ where: { id } })).count === 1;
}
