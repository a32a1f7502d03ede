/** Longest text of one cue, in UTF-16 units; far above what a screen holds. */
export const maxCueText = 2_000;

/** Most single operations in one batch: a repair of every cue of the longest track. */
export const maxBatch = 20_000;
