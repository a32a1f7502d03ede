/** Most cues that are translated again at once. */
export const maxPartCues = 2_000;
