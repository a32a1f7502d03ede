import "server-only";
import { db, type Tx } from "@/lib/db";
import type { Client } from "./repo";

/** What files are made from, and where they go. */
export interface FileTrack {
  id: string;
  language: string;
  sourceTrackId: string | null;
}

/** A video's tracks: what is said first, then translations, each by language. */
export async function tracksOfVideo(videoId: string, client: Client = db()): Promise<FileTrack[]> {
  const rows = await client.track.findMany({
    where: { videoId },
    select: { id: true, language: true, sourceTrackId: true },
    orderBy: { language: "asc" },
  });
  const isTranslation = (row: FileTrack) => (row.sourceTrackId === null ? 0 : 1);
  return rows.sort((a, b) => isTranslation(a) - isTranslation(b));
}

/** A new track for what a file holds; undefined when the video has one in the language. */
export async function insertTrack(
  tx: Tx,
  track: {
    id: string;
    ownerId: string;
    videoId: string;
    language: string;
    sourceTrackId: string | null;
  },
): Promise<boolean> {
  const { count } = await tx.track.createMany({ data: [track], skipDuplicates: true });
  return count === 1;
}
