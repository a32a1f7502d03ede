import "server-only";
import { db, type Tx } from "@/lib/db";
import type { SpeakerView } from "./schema";

const selected = { key: true, number: true, name: true, mergedInto: true } as const;

/** All speakers that a video has ever had, in their order. */
export async function readSpeakers(videoId: string, client: Tx = db()): Promise<SpeakerView[]> {
  return client.videoSpeaker.findMany({
    where: { videoId },
    orderBy: [{ number: "asc" }, { key: "asc" }],
    select: selected,
  });
}

/** Lets one change of a video's speakers happen at a time. */
export async function lockSpeakers(tx: Tx, videoId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT key FROM video_speakers WHERE video_id = ${videoId}::uuid ORDER BY key FOR UPDATE`;
}

export async function insertSpeakers(
  tx: Tx,
  videoId: string,
  speakers: readonly { key: string; number: number; name?: string | null }[],
): Promise<void> {
  const data = speakers.map((speaker) => ({ videoId, ...speaker }));
  await tx.videoSpeaker.createMany({ data, skipDuplicates: true });
}

export async function updateSpeaker(
  tx: Tx,
  of: { videoId: string; key: string },
  data: { name?: string | null; mergedInto?: string | null },
): Promise<void> {
  await tx.videoSpeaker.update({ where: { videoId_key: of }, data });
}
