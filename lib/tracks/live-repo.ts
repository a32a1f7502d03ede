import "server-only";
import type { Tx } from "@/lib/db";

/** Channel of what happens to tracks: `<track id>:<what>`. */
export const tracksChannel = "track_events";

/** Tells whoever listens, if and only if `tx` commits. */
export async function notifyOfTrack(tx: Tx, trackId: string, what: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${tracksChannel}, ${`${trackId}:${what}`})`;
}
