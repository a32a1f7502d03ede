import "server-only";
import { trackAccess } from "@/lib/sharing/access";
import { transaction } from "@/lib/transaction";
import { notifyOfTrack } from "./live-repo";
import {
  deletePresence,
  keepNewestTabs,
  listPresence,
  savePlace,
  sweepPresence,
  upsertPresence,
} from "./presence-repo";
import type { PresenceInput, PresentPerson } from "./sync-schema";

/** A tab counts as there for so long after it was last heard of, in ms: three missed heartbeats. */
export const presenceLastsMs = 30_000;
/** A place is written at most so often, in ms. */
const placeEveryMs = 5_000;
/** So many tabs of a track count for one person: a script could open any number. */
export const maxTabs = 20;
/** After so long nobody asks whether a tab was there, in ms. */
const forgottenAfterMs = 10 * 60_000;

/**
 * Notes where a tab stands in a track: others see it at once, and its person finds the track there
 * again.
 * @throws {AppError} `not_found`
 */
export async function notePresence(options: {
  userId: string;
  trackId: string;
  input: PresenceInput;
}): Promise<void> {
  const { userId, trackId, input } = options;
  const { clientId, cueId, writing, ms, leaving } = input;
  await trackAccess({ userId, trackId, need: "viewer" });
  await transaction(async (tx) => {
    await savePlace(tx, { trackId, userId, cueId, ms }, leaving ? 0 : placeEveryMs);
    if (leaving) {
      const left = await deletePresence(tx, { trackId, clientId, userId });
      if (left) await notifyOfTrack(tx, trackId, "presence");
      return;
    }
    const tab = { trackId, clientId, userId, cueId, writing };
    const { isNew, isChanged } = await upsertPresence(tx, tab, presenceLastsMs);
    if (isNew) {
      await sweepPresence(tx, forgottenAfterMs);
      await keepNewestTabs(tx, { trackId, userId }, maxTabs);
    }
    if (isChanged) await notifyOfTrack(tx, trackId, "presence");
  });
}

/** Who has a track open now. The caller has made sure that the reader may see it. */
export function presentPeople(trackId: string): Promise<PresentPerson[]> {
  return listPresence(trackId, presenceLastsMs);
}
