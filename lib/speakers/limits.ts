/** Longest name of a speaker, in UTF-16 units. */
export const maxSpeakerName = 40;

/** Most speakers of a video, those of earlier jobs and merged ones too. */
export const maxSpeakers = 200;
