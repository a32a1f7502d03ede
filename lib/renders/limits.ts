/** So many may wait or be at work for an account. */
export const maxOpenRenders = 3;
/** Orders of an account in a day. */
export const maxRendersPerDay = 20;
/** How long a video is kept for taking home, ms. */
export const renderKeptMs = 7 * 24 * 3_600_000;

/**
 * So many finished ones of a video are kept, the newest: about one for each language that it has
 * subtitles in. With the orders of a day that bounds what an account's files take of the disk.
 */
export const maxKeptOfVideo = 10;
