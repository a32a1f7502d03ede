import "server-only";
import { log } from "@/lib/log";
import { storage } from "@/lib/storage";
import { notifyTracksOf } from "@/lib/tracks/notify";
import { transaction } from "@/lib/transaction";
import { maxKeptOfVideo, renderKeptMs } from "./limits";
import { deleteRender, endedBefore, type KeptRender, supersededRenders } from "./repo";

/**
 * Removes what has been kept long enough, and what newer ones of its video have taken the place of.
 * Answers how many are gone.
 */
export async function expireRenders(nowMs = Date.now()): Promise<number> {
  const over = await endedBefore(new Date(nowMs - renderKeptMs));
  return (await removeAll(over)) + (await removeAll(await supersededRenders(maxKeptOfVideo)));
}

/** Removes what is more than a video may have. Answers how many are gone. */
export async function makeWay(videoId: string): Promise<number> {
  return removeAll(await supersededRenders(maxKeptOfVideo, videoId));
}

/**
 * First the file, so that none is forgotten. One that can't be removed now is left for the next
 * sweep.
 */
async function removeAll(renders: readonly KeptRender[]): Promise<number> {
  let gone = 0;
  for (const { id: renderId, videoId, key } of renders) {
    try {
      if (key !== null) await storage().delete([key]);
      await transaction(async (tx) => {
        await deleteRender(tx, renderId);
        await notifyTracksOf(tx, videoId, "renders");
      });
      gone++;
    } catch (error) {
      log("renders").warn({ err: error, renderId }, "a render whose time is over could not go");
    }
  }
  return gone;
}
