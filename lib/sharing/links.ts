import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { appendAudit } from "@/lib/audit/service";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { notifyTracksOf } from "@/lib/tracks/notify";
import { transaction } from "@/lib/transaction";
import { videoAccess } from "./access";
import { accessToVideo } from "./access-repo";
import { maxLinks, maxPeople } from "./limits";
import { tellOwner } from "./members";
import { isLinkEnd, noteUseEveryMs } from "./policy";
import {
  closeLink,
  countLinks,
  countPeople,
  findLink,
  findOpenLink,
  insertLink,
  joinByLink,
  lockShared,
  noteUse,
  readLinks,
} from "./repo";
import { allows } from "./roles";
import type { AcceptedShare, CreateLinkInput, LinkView } from "./schema";

/** What is kept of a link's secret: whoever reads the database can't open anything with it. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function listLinks(options: { userId: string; videoId: string }): Promise<LinkView[]> {
  await videoAccess({ ...options, need: "owner" });
  return readLinks(options.videoId);
}

/**
 * Makes a link that opens a video to whoever has it. Its secret is in the answer and nowhere else.
 * @throws {AppError} `not_found`, `forbidden`, `limit_reached`, `validation_failed` for an end that
 * is over or more than a year away
 */
export async function createLink(options: {
  userId: string;
  videoId: string;
  input: CreateLinkInput;
  nowMs?: number;
}): Promise<{ link: LinkView; token: string }> {
  const { userId, videoId, input, nowMs = Date.now() } = options;
  await videoAccess({ userId, videoId, need: "owner" });
  const expiresAt = new Date(input.expiresAt);
  if (!isLinkEnd(expiresAt.getTime(), nowMs)) {
    const message = "Choose a time within the next year.";
    throw new AppError("validation_failed", { fields: [{ path: "expiresAt", message }] });
  }
  const [id, token] = [newId(nowMs), randomBytes(32).toString("base64url")];
  const { role, label } = input;
  const createdAt = new Date(nowMs);
  await transaction(async (tx) => {
    if (!(await lockShared(tx, videoId))) throw new AppError("not_found");
    if ((await countLinks(tx, videoId)) >= maxLinks) throw new AppError("limit_reached");
    const row = { id, videoId, tokenHash: hashOfToken(token), role, label };
    await insertLink(tx, { ...row, createdById: userId, createdAt, expiresAt });
    appendAudit(tx, {
      name: "share_link_created",
      actorId: userId,
      detail: { videoId, linkId: id, role, expiresAt: expiresAt.toISOString() },
    });
  });
  const at = createdAt.toISOString();
  const times = { createdAt: at, expiresAt: expiresAt.toISOString(), usedAt: null };
  return { link: { id, role, label, ...times, members: 0 }, token };
}

/**
 * Closes a link for everybody at once, also for who is reading or editing by it.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function revokeLink(options: {
  userId: string;
  linkId: string;
  nowMs?: number;
}): Promise<void> {
  const { userId, linkId, nowMs = Date.now() } = options;
  const link = await findLink(linkId);
  if (!link) throw new AppError("not_found");
  const { videoId } = link;
  await videoAccess({ userId, videoId, need: "owner" });
  await transaction(async (tx) => {
    if (!(await closeLink(tx, linkId, new Date(nowMs)))) return;
    const detail = { videoId, linkId };
    appendAudit(tx, { name: "share_link_revoked", actorId: userId, detail });
    await notifyTracksOf(tx, videoId, "access");
  });
}

/** A link that is open, as it is known by its secret. */
export type OpenLink = NonNullable<Awaited<ReturnType<typeof findOpenLink>>>;

/**
 * What a link opens; that it was used is noted.
 * @throws {AppError} `not_found`, alike for a link that has ended, was revoked or never was
 */
export async function openLink(token: string, nowMs = Date.now()): Promise<OpenLink> {
  const link = await findOpenLink(hashOfToken(token));
  if (!link) throw new AppError("not_found");
  const usedMs = link.usedAt?.getTime() ?? 0;
  if (nowMs - usedMs > noteUseEveryMs) await noteUse(link.id, new Date(nowMs));
  return link;
}

/**
 * Lets an account in by a link: from then on the video is among those shared with it, for as long
 * as the link is open. Whoever may do more already keeps that.
 * @throws {AppError} `not_found`, `limit_reached` when as many people have the video as may
 */
export async function acceptLink(options: {
  userId: string;
  token: string;
}): Promise<AcceptedShare> {
  const { userId } = options;
  const { id: linkId, videoId, role, ownerId } = await openLink(options.token);
  const known = await accessToVideo(userId, videoId);
  if (known?.role && allows(known.role, role)) return { videoId, role: known.role };
  await transaction(async (tx) => {
    const video = await lockShared(tx, videoId);
    if (!video) throw new AppError("not_found");
    // Who is in already takes no new place.
    const isFull = !known?.role && (await countPeople(tx, videoId)) >= maxPeople;
    if (isFull) throw new AppError("limit_reached");
    await joinByLink(tx, { videoId, userId, role, linkId });
    const detail = { videoId, linkId, role };
    appendAudit(tx, { name: "share_link_accepted", actorId: userId, detail });
    if (role === "editor") await tellOwner(tx, { ownerId, userId, videoId, title: video.title });
    await notifyTracksOf(tx, videoId, "access");
  });
  return { videoId, role };
}
