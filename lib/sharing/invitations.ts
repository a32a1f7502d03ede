import "server-only";
import { appendAudit } from "@/lib/audit/service";
import { transaction } from "@/lib/transaction";
import { accessToVideo } from "./access-repo";
import { deleteOldInvitations, takeInvitation } from "./repo";
import type { VideoRole } from "./roles";

/** Makes somebody a member who opens what they were invited to; answers what they may do. */
export async function acceptInvitation(which: {
  userId: string;
  videoId: string;
}): Promise<VideoRole | null> {
  const { userId, videoId } = which;
  const role = await transaction(async (tx) => {
    const taken = await takeInvitation(tx, which);
    if (!taken) return undefined;
    appendAudit(tx, {
      name: "share_accepted",
      actorId: userId,
      detail: { videoId, role: taken },
    });
    return taken;
  });
  // Two tabs that open it at once: the other one was faster.
  return role ?? (await accessToVideo(userId, videoId))?.role ?? null;
}

/** Forgets addresses whose invitations have run out. Answers how many. */
export function pruneInvitations(nowMs = Date.now()): Promise<number> {
  return deleteOldInvitations(new Date(nowMs));
}
