import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { canBurnIn } from "@/lib/media";
import { publishEvent } from "@/lib/outbox/service";
import { trackAccess, videoAccess } from "@/lib/sharing/access";
import { allows } from "@/lib/sharing/roles";
import { storage } from "@/lib/storage";
import { serveStored } from "@/lib/storage/serve";
import { notifyTracksOf } from "@/lib/tracks/notify";
import { contentOf } from "@/lib/tracks/reading";
import { transaction } from "@/lib/transaction";
import { holdRetention, lockForEnd, startRetention } from "@/lib/videos/retention";
import { captionableVideo, getOwnVideo } from "@/lib/videos/service";
import { maxOpenRenders } from "./limits";
import {
  countOpen,
  deleteRender,
  findByKey,
  findRender,
  insertRender,
  lockOrders,
  lockRender,
  lostRenders,
  openRendersOf,
  type RenderRow,
  rendersOfVideo,
} from "./repo";
import type { OrderRenderInput, RendersView, RenderView } from "./schema";
import { endRender } from "./settle";
import { isOpen } from "./statuses";
import { renderView } from "./view";

/**
 * What has been made of a video with its subtitles in the picture.
 * @throws {AppError} `not_found`, `forbidden` to whoever may only look
 */
export async function listRenders(options: {
  userId: string;
  videoId: string;
  nowMs?: number;
}): Promise<RendersView> {
  const { userId, videoId, nowMs = Date.now() } = options;
  const { ownerId, role } = await videoAccess({ userId, videoId, need: "editor" });
  const { mediaDeletedAt } = await getOwnVideo({ ownerId, videoId });
  const rows = await rendersOfVideo(videoId);
  return {
    renders: rows.map((row) => renderView(row, nowMs)),
    available: await canBurnIn().catch(() => false),
    mayOrder: allows(role, "owner") && mediaDeletedAt === null,
  };
}

/**
 * Orders a video with the subtitles as they are now. The same key again answers the first order.
 * @throws {AppError} `not_found`, `forbidden`, `limit_reached`, `render_unavailable`,
 * `idempotency_conflict` where the key was another track's, `gone` where the video's files are
 * deleted, or why it can't be read
 */
export async function orderRender(options: {
  userId: string;
  videoId: string;
  input: OrderRenderInput;
  nowMs?: number;
}): Promise<RenderView> {
  const { userId, videoId, input, nowMs = Date.now() } = options;
  const { trackId, idempotencyKey } = input;
  const { ownerId } = await videoAccess({ userId, videoId, need: "owner" });
  const track = await trackAccess({ userId, trackId, need: "owner" });
  if (track.videoId !== videoId) throw new AppError("not_found");
  const earlier = await findByKey(ownerId, idempotencyKey);
  if (earlier) return replayed(earlier, trackId, nowMs);
  const video = await captionableVideo({ ownerId, videoId });
  if (video.status !== "ready" || video.durationMs === null) throw new AppError("not_ready");
  if (!(await canBurnIn())) throw new AppError("render_unavailable");
  const made = await transaction(async (tx) => {
    await lockOrders(tx, ownerId);
    const first = await findByKey(ownerId, idempotencyKey, tx);
    if (first) return first;
    if ((await countOpen(tx, ownerId)) >= maxOpenRenders) throw new AppError("limit_reached");
    // Its files stay for as long as they are worked on.
    await holdRetention(tx, videoId, nowMs);
    const { revision } = await contentOf(tx, trackId);
    const id = newId(nowMs);
    const order = { id, ownerId, videoId, trackId, revision, idempotencyKey };
    await insertRender(tx, { ...order, options: input.options, createdAt: new Date(nowMs) });
    await publishEvent(tx, {
      ...{ id: `render-${id}`, name: "render/requested", data: { renderId: id, ownerId, videoId } },
    });
    await notifyTracksOf(tx, videoId, "renders");
    return findByKey(ownerId, idempotencyKey, tx);
  });
  if (!made) throw new AppError("internal", { detail: "the render just ordered is missing" });
  return replayed(made, trackId, nowMs);
}

/** The answer to an order that came before. */
function replayed(earlier: RenderRow, trackId: string, nowMs: number): RenderView {
  if (earlier.trackId !== trackId) throw new AppError("idempotency_conflict");
  return renderView(earlier, nowMs);
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getRender(options: {
  userId: string;
  renderId: string;
  nowMs?: number;
}): Promise<RenderView> {
  const { nowMs = Date.now() } = options;
  const { row } = await renderFor({ ...options, need: "editor" });
  return renderView(row, nowMs);
}

/**
 * The finished video, with ranges and conditions.
 * @throws {AppError} `not_found`, `forbidden`, `not_ready` while it is made, `gone` afterwards
 */
export async function serveRender(options: {
  request: Request;
  userId: string;
  renderId: string;
  nowMs?: number;
}): Promise<Response> {
  const { request, nowMs = Date.now() } = options;
  const { row, title } = await renderFor({ ...options, need: "editor" });
  if (isOpen(row.status)) throw new AppError("not_ready");
  if (!renderView(row, nowMs).fileUrl) throw new AppError("gone");
  return serveStored({
    ...{ request, pathname: row.key, contentType: "video/mp4", disposition: "attachment" },
    fileName: `${title}.${row.track.language}.mp4`,
  });
}

/**
 * Stops the work where it is still going on, and removes the file and the order.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function removeRender(options: { userId: string; renderId: string }): Promise<void> {
  const { renderId } = options;
  const { row: known } = await renderFor({ ...options, need: "owner" });
  // First the file: one that can't be deleted now can be asked for again.
  if (known.key !== null) await storage().delete([known.key]);
  const late = await transaction(async (tx) => {
    await lockForEnd(tx, known.videoId);
    const row = await lockRender(tx, renderId);
    if (!row) return null;
    if (isOpen(row.status)) {
      const data = { renderId };
      const id = `render-cancel-${renderId}`;
      await publishEvent(tx, { id, name: "render/cancel.requested", data });
    }
    await deleteRender(tx, renderId);
    if (isOpen(row.status)) {
      await startRetention(tx, { videoId: row.videoId, outcome: "rendered" });
    }
    await notifyTracksOf(tx, row.videoId, "renders");
    return row.key === known.key ? null : row.key;
  });
  // Finished between the two looks.
  if (late !== null) await storage().delete([late]);
}

async function renderFor(options: {
  userId: string;
  renderId: string;
  need: "editor" | "owner";
}): Promise<{ row: RenderRow; title: string }> {
  const { userId, renderId, need } = options;
  const row = await findRender(renderId);
  if (!row) throw new AppError("not_found");
  const { videoId } = row;
  const { ownerId } = await videoAccess({ userId, videoId, need });
  const { title } = await getOwnVideo({ ownerId, videoId });
  return { row, title };
}

/** At work, but without a sign for so long, ms: fetching a large original gives none. */
const quietMs = 30 * 60_000;
/** Waiting behind others for so long, ms. */
const waitingMs = 24 * 3_600_000;

/** Ends what nobody works on any more. Answers how many. */
export async function reconcileRenders(nowMs = Date.now()): Promise<number> {
  const before = {
    quietSince: new Date(nowMs - quietMs),
    orderedBefore: new Date(nowMs - waitingMs),
  };
  let ended = 0;
  for (const renderId of await lostRenders(before)) {
    if (await endRender({ renderId, errorCode: "job_lost", nowMs })) ended++;
  }
  return ended;
}

/** Ends what is still to be made of a video whose files are gone. */
export async function endRendersOf(videoId: string): Promise<void> {
  for (const renderId of await openRendersOf(videoId)) {
    await endRender({ renderId, errorCode: "gone" });
  }
}
