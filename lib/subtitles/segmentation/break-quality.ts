/** How well a line or a cue may end between two pieces of text, best first. */
export const breakQuality = {
  sentence: 0,
  clause: 1,
  good: 2,
  phrase: 3,
  neutral: 4,
  poor: 5,
  bad: 6,
} as const;

export type BreakQuality = (typeof breakQuality)[keyof typeof breakQuality];

/** Judges the gap between what stands before and after it; neither has surrounding spaces. */
export type BreakJudge = (before: string, after: string) => BreakQuality;
