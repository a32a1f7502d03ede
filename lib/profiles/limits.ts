/** Most profiles of one person. */
export const maxOwnProfiles = 50;

/** The least and the most of every number of an own profile. */
export const ruleLimits = {
  maxLineWidth: { min: 6, max: 100 },
  maxCharsPerSecond: { min: 2, max: 60 },
  minDurationMs: { min: 200, max: 3_000 },
  maxDurationMs: { min: 2_000, max: 20_000 },
  minGapFrames: { min: 0, max: 12 },
  closeGapBelowMs: { min: 0, max: 2_000 },
  maxLingerMs: { min: 0, max: 3_000 },
} as const;
export type RuleNumber = keyof typeof ruleLimits;
