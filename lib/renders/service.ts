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
import { captionableVideo, getOwnVideo } from "@/lib/videos/service";
import {
  countOpen,
  deleteRender,
  endedBefore,
  findByKey,
  findRender,
  insertRender,
  lockOrders,
  lockRender,
  lostRenders,
  type RenderRow,
  rendersOfVideo,
} from "./repo";
import {
  isOpen,
  maxOpenRenders,
  type OrderRenderInput,
  type RendersView,
  type RenderView,
  renderKeptMs,
} from "./schema";
import { endRender } from "./settle";
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
    renders: rows.map((row) => renderView(row, mediaDeletedAt !== null, nowMs)),
    available: await canBurnIn().catch(() => false),
    mayOrder: allows(role, "owner") && mediaDeletedAt === null,
  };
}

/**
 * Orders a video with the subtitles as they are now. The same key again answers the first order.
 * @throws {AppError} `not_found`, `forbidden`, `limit_reached`, `render_unavailable`, `gone` where
 * the video's files are deleted, or why it can't be read
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
  if (earlier) return renderView(earlier, false, nowMs);
  const video = await captionableVideo({ ownerId, videoId });
  if (video.status !== "ready" || video.durationMs === null) throw new AppError("not_ready");
  if (!(await canBurnIn())) throw new AppError("render_unavailable");
  const made = await transaction(async (tx) => {
    await lockOrders(tx, ownerId);
    const first = await findByKey(ownerId, idempotencyKey, tx);
    if (first) return first;
    if ((await countOpen(tx, ownerId)) >= maxOpenRenders) throw new AppError("limit_reached");
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
  return renderView(made, false, nowMs);
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getRender(options: {
  userId: string;
  renderId: string;
  nowMs?: number;
}): Promise<RenderView> {
  const { nowMs = Date.now() } = options;
  const { row, mediaGone } = await renderFor({ ...options, need: "editor" });
  return renderView(row, mediaGone, nowMs);
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
  const { row, mediaGone, title } = await renderFor({ ...options, need: "editor" });
  if (isOpen(row.status)) throw new AppError("not_ready");
  if (!renderView(row, mediaGone, nowMs).fileUrl) throw new AppError("gone");
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
  await renderFor({ ...options, need: "owner" });
  const key = await transaction(async (tx) => {
    const row = await lockRender(tx, renderId);
    if (!row) return null;
    if (isOpen(row.status)) {
      const data = { renderId };
      const id = `render-cancel-${renderId}`;
      await publishEvent(tx, { id, name: "render/cancel.requested", data });
    }
    await deleteRender(tx, renderId);
    await notifyTracksOf(tx, row.videoId, "renders");
    return row.key;
  });
  if (key !== null) await storage().delete([key]);
}

async function renderFor(options: {
  userId: string;
  renderId: string;
  need: "editor" | "owner";
}): Promise<{ row: RenderRow; mediaGone: boolean; title: string }> {
  const { userId, renderId, need } = options;
  const row = await findRender(renderId);
  if (!row) throw new AppError("not_found");
  const { videoId } = row;
  const { ownerId } = await videoAccess({ userId, videoId, need });
  const { mediaDeletedAt, title } = await getOwnVideo({ ownerId, videoId });
  return { row, mediaGone: mediaDeletedAt !== null, title };
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

/** Removes what has been kept long enough: first the file, so that none is forgotten. */
export async function expireRenders(nowMs = Date.now()): Promise<number> {
  const over = await endedBefore(new Date(nowMs - renderKeptMs));
  for (const { id, key } of over) {
    if (key !== null) await storage().delete([key]);
    await transaction((tx) => deleteRender(tx, id));
  }
  return over.length;
}
