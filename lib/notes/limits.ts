/** Most notes of one track. */
export const maxNotes = 2_000;
/** Longest note, in UTF-16 units. */
export const maxNoteText = 2_000;
