/** Largest file of text that is taken, in bytes. */
export const maxTranscriptBytes = 5 * 1024 ** 2;
/** Most lines, and most characters, of one text: a day of talking has fewer. */
export const maxTranscriptLines = 50_000;
export const maxTranscriptLetters = 2_000_000;
