import { z } from "zod";
import { type ReviewState, reviewStates } from "@/lib/tracks/review-states";

export const setReviewInput = z.strictObject({
  state: z.enum(reviewStates),
  /** The newest revision that the person has seen; an older one than the track's is a `conflict`. */
  revision: z.number().int().min(0).max(2_147_483_647).optional(),
});

/** How far a track is, and who has said so when. */
export interface ReviewView {
  state: ReviewState;
  /** Null: nobody has set it, or their account is gone. */
  by: { id: string; name: string } | null;
  /** ISO 8601. */
  at: string | null;
}
