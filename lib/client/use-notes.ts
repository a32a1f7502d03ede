"use client";

import useSWR, { mutate } from "swr";
import type { AddNoteInput, ChangeNoteInput, NoteView } from "@/lib/notes/schema";
import { type ApiError, api } from "./api";
import { swrOptions } from "./swr";

/** Where the notes of a track are; read again when the track's stream says so. */
export const notesKey = (trackId: string) => `/api/v1/tracks/${encodeURIComponent(trackId)}/notes`;
const notePath = (noteId: string) => `/api/v1/notes/${encodeURIComponent(noteId)}`;

export function useNotes(trackId: string | null) {
  const {
    data,
    error,
    mutate: reread,
  } = useSWR<{ notes: NoteView[] }, ApiError>(
    trackId === null ? null : notesKey(trackId),
    swrOptions,
  );
  return { notes: data?.notes, error, reload: () => void reread() };
}

export async function addNote(trackId: string, input: AddNoteInput): Promise<void> {
  await api(notesKey(trackId), { body: input });
  await mutate(notesKey(trackId));
}

export async function changeNote(
  trackId: string,
  noteId: string,
  change: ChangeNoteInput,
): Promise<void> {
  await api(notePath(noteId), { method: "PATCH", body: change });
  await mutate(notesKey(trackId));
}

export async function removeNote(trackId: string, noteId: string): Promise<void> {
  await api(notePath(noteId), { method: "DELETE" });
  await mutate(notesKey(trackId));
}
