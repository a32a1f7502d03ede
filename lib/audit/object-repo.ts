import "server-only";
import { db } from "@/lib/db";

/** Whose object this id names, of whatever kind; undefined when it names none. */
export async function ownerOfObject(id: string): Promise<string | undefined> {
  const [row] = await db().$queryRaw<{ owner: string }[]>`
    SELECT owner_id::text AS owner FROM videos WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM jobs WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM tracks WHERE id = ${id}::uuid
    UNION ALL SELECT owner_id::text FROM uploads WHERE id = ${id}::uuid
    UNION ALL SELECT user_id::text FROM auth_sessions WHERE id = ${id}::uuid
    LIMIT 1`;
  return row?.owner;
}
