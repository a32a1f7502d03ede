import "server-only";
import type { Tx } from "@/lib/db";
import type { ReviewState } from "@/lib/tracks/review-states";

/** Sets how far a track is; answers what it was, nothing where it was so already. */
export async function setState(
  tx: Tx,
  trackId: string,
  review: { state: ReviewState; byId: string; at: Date },
): Promise<{ before: ReviewState; language: string; title: string } | undefined> {
  const [row] = await tx.$queryRaw<{ before: ReviewState; language: string; title: string }[]>`
    WITH old AS (
      SELECT t.id, t.review_state, t.language, v.title FROM tracks t
      JOIN videos v ON v.id = t.video_id WHERE t.id = ${trackId}::uuid FOR UPDATE OF t)
    UPDATE tracks t SET review_state = ${review.state}, reviewed_by_id = ${review.byId}::uuid,
                        reviewed_at = ${review.at}
    FROM old WHERE t.id = old.id AND old.review_state <> ${review.state}
    RETURNING old.review_state AS before, old.language, old.title`;
  return row;
}
