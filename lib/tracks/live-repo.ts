import "server-only";
import type { Client } from "./repo";

/** Postgres channel of what happens to tracks; payload: the track's id and what has happened. */
export const tracksChannel = "tracks_changed";

export async function notifyOfTrack(client: Client, trackId: string, what: string): Promise<void> {
  await client.$executeRaw`SELECT pg_notify(${tracksChannel}, ${`${trackId} ${what}`})`;
}

/** The same for every track of a video. */
export async function notifyOfTracks(client: Client, videoId: string, what: string): Promise<void> {
  await client.$executeRaw`
    SELECT pg_notify(${tracksChannel}, id::text || ' ' || ${what}::text)
    FROM tracks WHERE video_id = ${videoId}::uuid`;
}
