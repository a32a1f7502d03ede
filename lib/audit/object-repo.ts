import "server-only";
import { db } from "@/lib/db";
import { isId } from "@/lib/ids";

/** Whose object this id names, of whatever kind; undefined when it names none. */
export async function ownerOfObject(id: string): Promise<string | undefined> {
  if (!isId(id)) return ownerOfOrder(id);
  const [row] = await db().$queryRaw<{ owner: string }[]>`
    SELECT owner_id::text AS owner FROM videos WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM jobs WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM tracks WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM uploads WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM transcripts WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM glossary_terms WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM own_profiles WHERE id = ${id}::uuid
    UNION ALL SELECT v.owner_id::text FROM share_links l JOIN videos v ON v.id = l.video_id
      WHERE l.id = ${id}::uuid
    UNION ALL SELECT t.owner_id::text FROM cue_notes n JOIN tracks t ON t.id = n.track_id
      WHERE n.id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM video_renders WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM style_presets WHERE id = ${id}::uuid
    UNION ALL SELECT user_id::text FROM auth_sessions WHERE id = ${id}::uuid
    LIMIT 1`;
  return row?.owner;
}

/** Whether somebody has had this video or track open: it was theirs or shared with them once. */
export async function hasOpened(userId: string, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const [row] = await db().$queryRaw<{ opened: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM track_places p JOIN tracks t ON t.id = p.track_id
                   WHERE p.user_id = ${userId}::uuid
                     AND (t.id = ${id}::uuid OR t.video_id = ${id}::uuid)) AS opened`;
  return row?.opened ?? false;
}

/** Orders go by their public number. */
async function ownerOfOrder(orderId: string): Promise<string | undefined> {
  if (!/^[A-Za-z0-9_-]{6,64}$/.test(orderId)) return undefined;
  const row = await db().topUpOrder.findUnique({ where: { orderId }, select: { userId: true } });
  return row?.userId;
}
