import type { NoteView } from "@/lib/notes/schema";

export const noteFilters = ["open", "resolved", "all"] as const;
export type NoteFilter = (typeof noteFilters)[number];

/** A note at the place where its cue is now. */
export interface PlacedNote {
  note: NoteView;
  startMs: number;
  /** Its cue isn't there any more. */
  gone: boolean;
}

/** Notes in the order of their cues as they are now; `startOf` answers undefined for a cue that is gone. */
export function placedNotes(
  notes: readonly NoteView[],
  filter: NoteFilter,
  startOf: (cueId: string) => number | undefined,
): PlacedNote[] {
  return notes
    .filter(({ resolved }) => filter === "all" || (resolved === null) === (filter === "open"))
    .map((note) => {
      const startMs = startOf(note.cueId);
      return { note, startMs: startMs ?? note.startMs, gone: startMs === undefined };
    })
    .sort((a, b) => a.startMs - b.startMs || a.note.at.localeCompare(b.note.at));
}

const counted = new WeakMap<readonly NoteView[], Map<string, number>>();

/** How many open notes a cue has. Counted once for a list, however many rows ask. */
export function openNotesOf(notes: readonly NoteView[], cueId: string): number {
  let counts = counted.get(notes);
  if (!counts) {
    counts = new Map();
    for (const { cueId: id, resolved } of notes) {
      if (resolved === null) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    counted.set(notes, counts);
  }
  return counts.get(cueId) ?? 0;
}
