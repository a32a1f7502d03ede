import { z } from "zod";
import { cleanText } from "@/lib/text";
import type { Person } from "@/lib/tracks/schema";
import { maxNoteText } from "./limits";

const text = cleanText.transform((value) => value.trim()).pipe(z.string().min(1).max(maxNoteText));

export const addNoteInput = z.strictObject({
  cueId: cleanText.pipe(z.string().min(1).max(64)),
  /** Where the cue begins, in ms: the note's place once the cue is gone. */
  startMs: z.number().int().min(0).max(86_400_000),
  text,
});
export type AddNoteInput = z.infer<typeof addNoteInput>;

export const changeNoteInput = z
  .strictObject({ text, resolved: z.boolean() })
  .partial()
  .refine((change) => change.text !== undefined || change.resolved !== undefined);
export type ChangeNoteInput = z.infer<typeof changeNoteInput>;

/** What somebody remarks on a cue. */
export interface NoteView {
  id: string;
  cueId: string;
  /** Of the cue when the note was written, in ms. */
  startMs: number;
  text: string;
  /** Null: the account is gone. */
  author: Person | null;
  /** Written by the one who asks. */
  mine: boolean;
  /** ISO 8601. */
  at: string;
  editedAt: string | null;
  /** Null: open. */
  resolved: { at: string; by: Person | null } | null;
}
