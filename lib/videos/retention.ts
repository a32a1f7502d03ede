import "server-only";
import { findNoticed } from "@/lib/accounts/service";
import { routes } from "@/lib/client/routes";
import { availableCredits } from "@/lib/credits/balance";
import { assertApplied, captureLine, reserveCredits } from "@/lib/credits/ledger";
import { priceRetention, type RetentionDays, retentionPrices } from "@/lib/credits/price";
import { AppError } from "@/lib/errors";
import { queueMail } from "@/lib/mail/service";
import { addNotice } from "@/lib/notices/service";
import { publishEvent } from "@/lib/outbox/service";
import { type Tx, transaction } from "@/lib/transaction";
import {
  expiryAfterWork,
  extendedUntil,
  longestWarningMs,
  type WorkOutcome,
  warningMs,
} from "./retention-policy";
import {
  countExtensions,
  dueVideos,
  endlessVideos,
  isWorkedOn,
  lockRetention,
  markExpired,
  noteTold,
  type RetentionRow,
  setRetention,
  untoldVideos,
} from "./retention-repo";
import type { RetentionView } from "./schema";
import { getOwnVideo } from "./service";

/**
 * Locks a video that is to be worked on, before the wallet that pays for it: whoever takes both
 * takes them in this order.
 * @throws {AppError} `gone` when its files are, or their time is over
 */
export async function lockForWork(
  tx: Tx,
  videoId: string,
  nowMs = Date.now(),
): Promise<RetentionRow> {
  const row = await lockRetention(tx, videoId);
  if (!row || (row.expiresAt && row.expiresAt.getTime() <= nowMs)) throw new AppError("gone");
  return row;
}

/** Locks a video whose job is about to pay or end, before the wallet; its files may be gone. */
export async function lockForEnd(tx: Tx, videoId: string): Promise<void> {
  await lockRetention(tx, videoId);
}

/**
 * Keeps a video's files while a job works on them.
 * @throws {AppError} `gone` when they are, or their time is over
 */
export async function holdRetention(tx: Tx, videoId: string, nowMs = Date.now()): Promise<void> {
  await lockForWork(tx, videoId, nowMs);
  await setRetention(tx, videoId, { expiresAt: null });
}

/** Sets the time at which a video's files go, unless something still works on them. */
export async function startRetention(
  tx: Tx,
  options: { videoId: string; outcome: WorkOutcome; nowMs?: number },
): Promise<void> {
  const { videoId, outcome, nowMs = Date.now() } = options;
  const row = await lockRetention(tx, videoId);
  if (!row || (await isWorkedOn(tx, videoId))) return;
  const retainedUntilMs = row.retainedUntil?.getTime() ?? null;
  const uploadedAtMs = row.uploadedAt?.getTime() ?? nowMs;
  const work = { outcome, retainedUntilMs, uploadedAtMs, nowMs };
  const expiresAt = new Date(expiryAfterWork(work));
  await setRetention(tx, videoId, { expiresAt });
}

/**
 * The same when a job ends. An attempt that needs the files takes away their end for as long as it
 * works (`holdRetention`): where there is one, this was a translation, which leaves it as it is.
 */
export async function endWork(
  tx: Tx,
  work: { videoId: string; outcome: WorkOutcome },
): Promise<void> {
  const row = await lockRetention(tx, work.videoId);
  if (row?.expiresAt === null) await startRetention(tx, work);
}

/** @throws {AppError} `not_found`, `gone` when the files are no longer there */
export async function getRetention(
  options: { ownerId: string; videoId: string },
  nowMs = Date.now(),
): Promise<RetentionView> {
  const { ownerId } = options;
  const video = await getOwnVideo(options);
  if (video.mediaDeletedAt) throw new AppError("gone");
  const balance = await availableCredits(ownerId, nowMs);
  const choices = Object.entries(retentionPrices).map(([key, credits]) => {
    const days = Number(key) as RetentionDays;
    return { days, credits, until: new Date(untilAfter(video, days, nowMs)).toISOString() };
  });
  return { expiresAt: video.expiresAt?.toISOString() ?? null, balance, choices };
}

function untilAfter(
  video: Pick<RetentionRow, "expiresAt" | "retainedUntil">,
  days: RetentionDays,
  nowMs: number,
): number {
  const expiresAtMs = video.expiresAt?.getTime() ?? null;
  const retainedUntilMs = video.retainedUntil?.getTime() ?? null;
  return extendedUntil({ days, expiresAtMs, retainedUntilMs, nowMs });
}

/**
 * Keeps a video's files longer: reserved, captured and granted in one transaction. The same key
 * again changes nothing.
 * @throws {AppError} `not_found`, `gone`, `credits_insufficient`, `wallet_frozen`
 */
export async function extendRetention(options: {
  ownerId: string;
  videoId: string;
  days: RetentionDays;
  idempotencyKey: string;
  nowMs?: number;
}): Promise<RetentionView> {
  const { ownerId, videoId, days, idempotencyKey, nowMs = Date.now() } = options;
  await getOwnVideo(options);
  await transaction(async (tx) => {
    const row = await lockForWork(tx, videoId, nowMs);
    const of = { purpose: "retention", subjectId: videoId } as const;
    const attempt = 1 + (await countExtensions(tx, videoId));
    const price = priceRetention(days);
    const key = `retention:${videoId}:${idempotencyKey}`;
    const held = await reserveCredits(tx, { ...of, ownerId, attempt, price, key, nowMs });
    // Refused, nothing is kept under the key: after a top-up the same button works.
    assertApplied(held);
    if (held.replayed) return;
    await captureLine(tx, { ...of, attempt, component: `retention:${days}` }, nowMs);
    const retainedUntil = new Date(untilAfter(row, days, nowMs));
    const expiresAt = row.expiresAt && retainedUntil;
    await setRetention(tx, videoId, { retainedUntil, expiresAt });
  });
  return getRetention({ ownerId, videoId }, nowMs);
}

/** Most videos looked at in one sweep. */
const atOnce = 200;

/**
 * Has the files of videos whose time is over removed; they have been unreadable since then.
 * Answers how many.
 */
export async function expireVideos(nowMs = Date.now()): Promise<number> {
  const now = new Date(nowMs);
  for (const videoId of await endlessVideos(new Date(nowMs - 24 * 3_600_000), atOnce)) {
    await transaction((tx) => startRetention(tx, { videoId, outcome: "waiting", nowMs }));
  }
  let expired = 0;
  for (const videoId of await dueVideos(now, atOnce)) {
    const mine = await transaction(async (tx) => {
      if (!(await markExpired(tx, videoId, now))) return false;
      const name = "video/media-delete.requested" as const;
      await publishEvent(tx, { id: `video-media-delete-${videoId}`, name, data: { videoId } });
      return true;
    });
    if (mine) expired += 1;
  }
  return expired;
}

/** Tells owners whose videos' files go soon, once for each time they were given. */
export async function warnOfExpiry(nowMs = Date.now()): Promise<number> {
  const now = new Date(nowMs);
  let told = 0;
  for (const row of await untoldVideos(now, new Date(nowMs + longestWarningMs), atOnce)) {
    const expiresAtMs = row.expiresAt?.getTime() ?? 0;
    if (expiresAtMs - warningMs(row.retainedUntil?.getTime() ?? null) > nowMs) continue;
    if (await transaction((tx) => warn(tx, row, now))) told += 1;
  }
  return told;
}

async function warn(tx: Tx, row: RetentionRow, now: Date): Promise<boolean> {
  const { id: videoId, ownerId, title } = row;
  if (!(await noteTold(tx, videoId, now))) return false;
  const expiresAt = row.expiresAt?.toISOString() ?? "";
  await addNotice(tx, {
    userId: ownerId,
    kind: "video-expiring",
    values: { videoId, title, expiresAt },
    dedupeKey: `video-expiring:${videoId}:${expiresAt}`,
  });
  const owner = await findNoticed(tx, ownerId);
  // Half an hour ahead a mail would mostly come too late, and for every video.
  if (owner && row.retainedUntil) {
    const { to, userId, locale } = owner;
    const values = { title, at: expiresAt, link: routes.video(videoId) };
    await queueMail(tx, { kind: "video-expiring", to, userId, locale, values });
  }
  return true;
}
