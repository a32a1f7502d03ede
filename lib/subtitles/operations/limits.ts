/** Longest text of one cue, in UTF-16 units; far above what a screen holds. */
export const maxCueText = 2_000;

/** Most cues of a track, as of a text that is brought: a day of talking has fewer. */
export const maxTrackCues = 50_000;

/**
 * Most single operations in one batch: one for every cue of the longest track. What takes back an
 * accepted edit names no more cues than it did, and so is accepted, too.
 */
export const maxBatch = maxTrackCues;
