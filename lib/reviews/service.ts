import "server-only";
import { getAccount } from "@/lib/accounts/service";
import { appendAudit } from "@/lib/audit/service";
import { addNotice } from "@/lib/notices/service";
import { trackAccess } from "@/lib/sharing/access";
import { notifyTrack } from "@/lib/tracks/notify";
import type { ReviewState } from "@/lib/tracks/review-states";
import { lockSeen } from "@/lib/tracks/seen";
import { transaction } from "@/lib/transaction";
import { setState } from "./repo";
import type { ReviewView } from "./schema";

const hourMs = 3_600_000;

/**
 * Says how far a track is. The owner hears of it when somebody else does, of each state at most
 * once an hour. The same state again changes nothing.
 * @throws {AppError} `not_found`, `forbidden`, `conflict` where the track has been edited since
 * `revision`
 */
export async function setReview(options: {
  userId: string;
  trackId: string;
  state: ReviewState;
  /** What the person has seen; left out: whatever there is. */
  revision?: number | undefined;
  nowMs?: number;
}): Promise<ReviewView> {
  const { userId, trackId, state, revision, nowMs = Date.now() } = options;
  const { ownerId, videoId } = await trackAccess({ userId, trackId, need: "editor" });
  const account = await getAccount(userId);
  const by = { id: userId, name: account?.name ?? "" };
  const at = new Date(nowMs);
  await transaction(async (tx) => {
    await lockSeen(tx, { trackId, revision });
    const changed = await setState(tx, trackId, { state, byId: userId, at });
    if (!changed) return;
    const { before, language, title } = changed;
    const detail = { trackId, videoId, before, state };
    appendAudit(tx, { name: "track_reviewed", actorId: userId, detail });
    await notifyTrack(tx, trackId, "review");
    if (userId === ownerId) return;
    await addNotice(
      tx,
      {
        userId: ownerId,
        kind: "track-reviewed",
        values: { videoId, trackId, title, languages: [language], state, by: by.name },
        dedupeKey: `track-reviewed:${trackId}:${state}:${Math.floor(nowMs / hourMs)}`,
      },
      nowMs,
    );
  });
  return { state, by, at: at.toISOString() };
}
