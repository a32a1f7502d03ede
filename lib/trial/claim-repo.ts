import "server-only";
import { db, type Tx } from "@/lib/db";
import type { DeviceRow } from "./repo";

/** The device, locked: of two who take over at once one is second. */
export async function lockDevice(
  tx: Tx,
  hashes: readonly string[],
): Promise<DeviceRow | undefined> {
  const [row] = await tx.$queryRaw<DeviceRow[]>`
    SELECT id, user_id::text AS "userId", granted, claimed_by::text AS "claimedBy",
           claimed_at AS "claimedAt"
    FROM trial_devices WHERE id = ANY(${[...hashes]}) FOR UPDATE`;
  return row;
}

export async function markClaimed(
  tx: Tx,
  id: string,
  claim: { claimedBy: string; claimedAt: Date },
): Promise<void> {
  await tx.trialDevice.update({ where: { id }, data: claim });
}

/** Whether anything of the visitor's is still under way. */
export async function isUnderWay(ownerId: string, tx: Tx = db()): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ busy: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM uploads WHERE owner_id = ${ownerId}::uuid AND state = 'active')
        OR EXISTS (SELECT 1 FROM jobs WHERE owner_id = ${ownerId}::uuid
                   AND status IN ('pending', 'processing'))
        OR EXISTS (SELECT 1 FROM videos WHERE owner_id = ${ownerId}::uuid AND status = 'preparing')
        OR EXISTS (SELECT 1 FROM credit_wallets WHERE owner_id = ${ownerId}::uuid AND held > 0)
        AS busy`;
  return row?.busy ?? false;
}

/** What the person is shown, newest first. */
export async function videosToMove(
  ownerId: string,
  tx: Tx = db(),
): Promise<{ id: string; title: string }[]> {
  return tx.video.findMany({
    where: { ownerId, status: { notIn: ["deleting", "deleted"] } },
    orderBy: { id: "desc" },
    select: { id: true, title: true },
  });
}

/** Makes everything of one owner another's. Objects in storage stay where they are. */
export async function moveWork(tx: Tx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`UPDATE videos SET owner_id = ${to}::uuid WHERE owner_id = ${from}::uuid`;
  await tx.$executeRaw`UPDATE uploads SET owner_id = ${to}::uuid WHERE owner_id = ${from}::uuid`;
  // Keys are unique for an owner; the request that made such a job is long over.
  await tx.$executeRaw`
    UPDATE jobs SET owner_id = ${to}::uuid, idempotency_key = 'claimed-' || id::text
    WHERE owner_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE transcripts SET owner_id = ${to}::uuid WHERE owner_id = ${from}::uuid`;
  await tx.$executeRaw`UPDATE tracks SET owner_id = ${to}::uuid WHERE owner_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE track_operations SET actor_id = ${to}::uuid WHERE actor_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE track_versions SET actor_id = ${to}::uuid WHERE actor_id = ${from}::uuid`;
  await moveEditing(tx, from, to);
  await moveLists(tx, from, to);
  // The account's own last choice holds; the visitor's goes with the visitor.
  await tx.$executeRaw`
    UPDATE job_preferences SET owner_id = ${to}::uuid WHERE owner_id = ${from}::uuid
      AND NOT EXISTS (SELECT 1 FROM job_preferences WHERE owner_id = ${to}::uuid)`;
}

/** What was written and set up in the editor. Where the account has its own, that holds. */
async function moveEditing(tx: Tx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE tracks SET reviewed_by_id = ${to}::uuid WHERE reviewed_by_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE cue_notes SET author_id = ${to}::uuid WHERE author_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE cue_notes SET resolved_by_id = ${to}::uuid WHERE resolved_by_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE ignored_findings SET actor_id = ${to}::uuid WHERE actor_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE share_links SET created_by_id = ${to}::uuid WHERE created_by_id = ${from}::uuid`;
  // Keys are unique for an owner, as those of jobs are.
  await tx.$executeRaw`
    UPDATE video_renders SET owner_id = ${to}::uuid, idempotency_key = 'claimed-' || id::text
    WHERE owner_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE track_places AS mine SET user_id = ${to}::uuid WHERE user_id = ${from}::uuid
      AND NOT EXISTS (SELECT 1 FROM track_places theirs
        WHERE theirs.user_id = ${to}::uuid AND theirs.track_id = mine.track_id)`;
  await tx.$executeRaw`
    UPDATE editor_settings SET user_id = ${to}::uuid WHERE user_id = ${from}::uuid
      AND NOT EXISTS (SELECT 1 FROM editor_settings WHERE user_id = ${to}::uuid)`;
  await tx.$executeRaw`
    UPDATE style_presets AS mine SET owner_id = ${to}::uuid, name = CASE WHEN EXISTS (
        SELECT 1 FROM style_presets theirs
        WHERE theirs.owner_id = ${to}::uuid AND theirs.name = mine.name)
      THEN left(mine.name, 50) || ' ' || right(mine.id::text, 8) ELSE mine.name END
    WHERE owner_id = ${from}::uuid`;
  await tx.$executeRaw`
    UPDATE video_members AS mine SET user_id = ${to}::uuid WHERE user_id = ${from}::uuid
      AND NOT EXISTS (SELECT 1 FROM video_members theirs
        WHERE theirs.user_id = ${to}::uuid AND theirs.video_id = mine.video_id)`;
  // Nobody is a member of what is theirs now.
  await tx.$executeRaw`
    DELETE FROM video_members AS mine USING videos
    WHERE videos.id = mine.video_id AND videos.owner_id = ${to}::uuid
      AND mine.user_id IN (${from}::uuid, ${to}::uuid)`;
}

/**
 * Terms and rules: what the account has already stays as the account has it, and of two profiles of
 * one name the visitor's gets a part of its id behind it.
 */
async function moveLists(tx: Tx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE glossary_terms AS mine SET owner_id = ${to}::uuid
    WHERE owner_id = ${from}::uuid AND NOT EXISTS (
      SELECT 1 FROM glossary_terms theirs WHERE theirs.owner_id = ${to}::uuid
      AND theirs.term = mine.term AND theirs.language IS NOT DISTINCT FROM mine.language)`;
  await tx.$executeRaw`
    UPDATE own_profiles AS mine SET owner_id = ${to}::uuid, name = CASE WHEN EXISTS (
        SELECT 1 FROM own_profiles theirs
        WHERE theirs.owner_id = ${to}::uuid AND theirs.name = mine.name)
      THEN left(mine.name, 50) || ' ' || right(mine.id::text, 8) ELSE mine.name END
    WHERE owner_id = ${from}::uuid`;
}

/** The visitors whose trial an account has taken over: what one of them makes is the account's. */
export async function takenOverBy(userId: string): Promise<string[]> {
  const rows = await db().trialDevice.findMany({
    where: { claimedBy: userId },
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
}

/** Whether an account has taken over a browser's trial before. */
export async function hasClaimed(userId: string, tx: Tx = db()): Promise<boolean> {
  return (await tx.trialDevice.count({ where: { claimedBy: userId } })) > 0;
}
