import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { trackAccess } from "@/lib/sharing/access";
import { notifyTrack } from "@/lib/tracks/notify";
import { transaction } from "@/lib/transaction";
import { maxNotes } from "./limits";
import { countNotes, deleteNote, findNote, insertNote, readNotes, updateNote } from "./repo";
import type { AddNoteInput, ChangeNoteInput, NoteView } from "./schema";

/**
 * What was remarked on a track's cues, by their times.
 * @throws {AppError} `not_found`
 */
export async function listNotes(options: { userId: string; trackId: string }): Promise<NoteView[]> {
  await trackAccess({ ...options, need: "viewer" });
  return readNotes({ trackId: options.trackId, readerId: options.userId });
}

/** @throws {AppError} `not_found`, `forbidden`, `limit_reached` */
export async function addNote(options: {
  userId: string;
  trackId: string;
  input: AddNoteInput;
  nowMs?: number;
}): Promise<NoteView> {
  const { userId, trackId, input, nowMs = Date.now() } = options;
  await trackAccess({ userId, trackId, need: "editor" });
  return transaction(async (tx) => {
    if ((await countNotes(tx, trackId)) >= maxNotes) throw new AppError("limit_reached");
    const id = newId(nowMs);
    const createdAt = new Date(nowMs);
    await insertNote(tx, { id, trackId, authorId: userId, createdAt, ...input });
    await notifyTrack(tx, trackId, "notes");
    const [note] = await readNotes({ trackId, readerId: userId, id }, tx);
    if (!note) throw new AppError("not_found");
    return note;
  });
}

/**
 * Settles a note, or opens it again; its author may change what it says.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function changeNote(options: {
  userId: string;
  noteId: string;
  change: ChangeNoteInput;
  nowMs?: number;
}): Promise<NoteView> {
  const { userId, noteId, change, nowMs = Date.now() } = options;
  const { trackId, authorId } = await existing(noteId);
  await trackAccess({ userId, trackId, need: "editor" });
  if (change.text !== undefined && authorId !== userId) throw new AppError("forbidden");
  const now = new Date(nowMs);
  return transaction(async (tx) => {
    await updateNote(tx, noteId, {
      ...(change.text !== undefined && { text: change.text, editedAt: now }),
      ...(change.resolved !== undefined && {
        resolvedAt: change.resolved ? now : null,
        resolvedById: change.resolved ? userId : null,
      }),
    });
    await notifyTrack(tx, trackId, "notes");
    const [note] = await readNotes({ trackId, readerId: userId, id: noteId }, tx);
    if (!note) throw new AppError("not_found");
    return note;
  });
}

/**
 * Removes one's own note; the owner of the video removes any.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function removeNote(options: { userId: string; noteId: string }): Promise<void> {
  const { userId, noteId } = options;
  const { trackId, authorId } = await existing(noteId);
  await trackAccess({ userId, trackId, need: authorId === userId ? "editor" : "owner" });
  await transaction(async (tx) => {
    if (!(await deleteNote(tx, noteId))) throw new AppError("not_found");
    await notifyTrack(tx, trackId, "notes");
  });
}

async function existing(noteId: string): Promise<{ trackId: string; authorId: string | null }> {
  const note = await findNote(noteId);
  if (!note) throw new AppError("not_found");
  return note;
}
