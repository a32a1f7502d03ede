/** Most languages of one job. */
export const maxTargets = 20;
/** Most names and terms of one job. */
export const maxHints = 50;
