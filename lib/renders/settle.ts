import "server-only";
import type { ErrorCode } from "@/lib/errors";
import { addNotice } from "@/lib/notices/service";
import { notifyTracksOf } from "@/lib/tracks/notify";
import { type Tx, transaction } from "@/lib/transaction";
import { lockForEnd, startRetention } from "@/lib/videos/retention";
import { videoTitle } from "@/lib/videos/service";
import { findRender, lockRender, type RenderRow, updateRender } from "./repo";
import { isOpen } from "./statuses";

/** The file that a render has become. */
export interface RenderedFile {
  key: string;
  sizeBytes: number;
  sha256: string;
}

/**
 * The one way in which a render ends, other than being removed: the row's lock and the look at its
 * status let one caller through. From then on it holds its video's files no longer. Answers whether
 * it was this one.
 */
export function endRender(
  options: { renderId: string; nowMs?: number } & (
    | { file: RenderedFile }
    | { errorCode: ErrorCode }
  ),
): Promise<boolean> {
  const { renderId, nowMs = Date.now() } = options;
  const endedAt = new Date(nowMs);
  return transaction(async (tx) => {
    const known = await findRender(renderId, tx);
    if (!known) return false;
    // The video before what is made of it, as whoever takes its files away does.
    await lockForEnd(tx, known.videoId);
    const row = await lockRender(tx, renderId);
    if (!row || !isOpen(row.status)) return false;
    if ("file" in options) {
      const { key, sha256 } = options.file;
      const sizeBytes = BigInt(options.file.sizeBytes);
      const made = { status: "completed", progress: 100, key, sha256, sizeBytes } as const;
      await updateRender(tx, renderId, { ...made, errorCode: null, endedAt });
    } else {
      const { errorCode } = options;
      await updateRender(tx, renderId, { status: "failed", errorCode, endedAt });
    }
    await startRetention(tx, { videoId: row.videoId, outcome: "rendered", nowMs });
    await tell(tx, row, "file" in options ? "render-completed" : "render-failed", nowMs);
    return true;
  });
}

async function tell(
  tx: Tx,
  row: RenderRow,
  kind: "render-completed" | "render-failed",
  nowMs: number,
): Promise<void> {
  const { id, ownerId, videoId, trackId } = row;
  const values = { videoId, trackId, title: await videoTitle(tx, videoId) };
  await addNotice(tx, { userId: ownerId, kind, values, dedupeKey: `${kind}:${id}` }, nowMs);
  await notifyTracksOf(tx, videoId, "renders");
}
