import "server-only";
import { db } from "@/lib/db";

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
