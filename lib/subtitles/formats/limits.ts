/** Largest subtitle file that is read, in bytes. */
export const maxSubtitleFileBytes = 20 * 1024 ** 2;
/** Most cues of one. */
export const maxSubtitleFileCues = 50_000;
