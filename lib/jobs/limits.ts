/** Most languages of one job. */
export const maxTargets = 20;
