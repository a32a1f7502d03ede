/** How far a track is: its people's word, not a measure. */
export const reviewStates = ["draft", "in_review", "approved"] as const;
export type ReviewState = (typeof reviewStates)[number];
