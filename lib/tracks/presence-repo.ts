import "server-only";
import { db, type Tx } from "@/lib/db";
import type { PresentPerson } from "./sync-schema";

/** Where somebody left a track. */
export async function findPlace(
  trackId: string,
  userId: string,
): Promise<{ cueId: string | null; ms: number } | null> {
  return db().trackPlace.findUnique({
    where: { trackId_userId: { trackId, userId } },
    select: { cueId: true, ms: true },
  });
}

/**
 * Keeps where somebody is, at most once in `everyMs`: a video that plays says so all the time.
 */
export async function savePlace(
  tx: Tx,
  place: { trackId: string; userId: string; cueId: string | null; ms: number },
  everyMs: number,
): Promise<void> {
  const { trackId, userId, cueId, ms } = place;
  await tx.$executeRaw`
    INSERT INTO track_places AS kept (track_id, user_id, cue_id, ms, at)
    VALUES (${trackId}::uuid, ${userId}::uuid, ${cueId}, ${ms}, now())
    ON CONFLICT (track_id, user_id) DO UPDATE SET cue_id = EXCLUDED.cue_id, ms = EXCLUDED.ms, at = now()
    WHERE kept.at <= now() - ${everyMs}::float * interval '1 millisecond'`;
}

interface PresenceRow {
  trackId: string;
  clientId: string;
  userId: string;
  cueId: string | null;
  writing: boolean;
}

/**
 * Notes that a tab is there. Answers whether others see a difference; `lastedMs`: how long a tab
 * counts as there.
 */
export async function upsertPresence(
  tx: Tx,
  row: PresenceRow,
  lastedMs: number,
): Promise<{ isNew: boolean; isChanged: boolean }> {
  const { trackId, clientId, userId, cueId, writing } = row;
  const [before] = await tx.$queryRaw<{ isThere: boolean; isSame: boolean }[]>`
    SELECT seen_at > now() - ${lastedMs}::float * interval '1 millisecond' AS "isThere",
           cue_id IS NOT DISTINCT FROM ${cueId} AND writing = ${writing} AS "isSame"
    FROM track_presence WHERE track_id = ${trackId}::uuid AND client_id = ${clientId}`;
  // A tab's id is its own: nobody else speaks in its name.
  await tx.$executeRaw`
    INSERT INTO track_presence AS there (track_id, client_id, user_id, cue_id, writing, seen_at)
    VALUES (${trackId}::uuid, ${clientId}, ${userId}::uuid, ${cueId}, ${writing}, now())
    ON CONFLICT (track_id, client_id) DO UPDATE
    SET cue_id = EXCLUDED.cue_id, writing = EXCLUDED.writing, seen_at = now()
    WHERE there.user_id = EXCLUDED.user_id`;
  return { isNew: !before, isChanged: !before?.isThere || !before.isSame };
}

/** Forgets all but the newest of somebody's tabs of a track. */
export async function keepNewestTabs(
  tx: Tx,
  of: { trackId: string; userId: string },
  most: number,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM track_presence WHERE track_id = ${of.trackId}::uuid AND client_id IN (
      SELECT client_id FROM track_presence
      WHERE track_id = ${of.trackId}::uuid AND user_id = ${of.userId}::uuid
      ORDER BY seen_at DESC, client_id OFFSET ${most})`;
}

/** Forgets a tab of somebody's. Answers whether it was known. */
export async function deletePresence(
  tx: Tx,
  tab: { trackId: string; clientId: string; userId: string },
): Promise<boolean> {
  return (await tx.trackPresence.deleteMany({ where: tab })).count > 0;
}

/** Forgets all tabs that haven't been heard of for so long, in ms. */
export async function sweepPresence(tx: Tx, silentMs: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM track_presence
    WHERE seen_at < now() - ${silentMs}::float * interval '1 millisecond'`;
}

/** Most that is shown of who has a track open. */
const mostShown = 200;

/** Who has a track open, by name. */
export async function listPresence(trackId: string, lastedMs: number): Promise<PresentPerson[]> {
  return db().$queryRaw<PresentPerson[]>`
    SELECT u.id::text, u.name, p.client_id AS "clientId", p.cue_id AS "cueId", p.writing
    FROM track_presence p JOIN users u ON u.id = p.user_id AND u.erased_at IS NULL
    WHERE p.track_id = ${trackId}::uuid
      AND p.seen_at > now() - ${lastedMs}::float * interval '1 millisecond'
    ORDER BY u.name, u.id, p.client_id LIMIT ${mostShown}`;
}
