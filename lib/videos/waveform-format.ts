/**
 * Levels of detail of the sound's outline, in pairs of lowest and highest a second. A level is the
 * next finer one in longer stretches, so each must divide the one after it.
 */
export const peakLevels = [10, 50, 200] as const;
export type PeakLevel = (typeof peakLevels)[number];

/** Bytes before the pairs of an outline, and bytes of a pair. */
export const peaksHeaderBytes = 24;
export const bytesPerPeak = 2;

/** Samples a second of the sound that is given out: one channel, 16 bit, little-endian. */
export const soundSampleRate = 16_000;
/** Most sound that is given at once, ms: 960 kB. */
export const maxSoundMs = 30_000;
