/**
 * What in storage nobody refers to any more, decided from what the database says about its owner,
 * video or picture.
 */

/** Work this recent may still be under way, in ms. */
export const settlingMs = 3_600_000;

/** A video made to be taken home still there so long after it was stored has been forgotten, in ms. */
export const renderLeftMs = 8 * 24 * 3_600_000;

/** An erasure still not through this long after it was due has failed, in ms. */
export const overdueMs = 24 * 3_600_000;

export interface KnownOwner {
  photoKey: string | null;
  deletionRequestedAt: Date | null;
  erasedAt: Date | null;
}

export interface KnownVideo {
  ownerId: string;
  /** Where its original lies; its other objects lie by its name. */
  sourceKey: string;
  status: string;
  mediaDeletedAt: Date | null;
  /** When its deletion was asked for, as far as that is still noted. */
  deletionAskedAt: Date | null;
}

export type ObjectReason =
  | "owner_missing"
  | "owner_erased"
  | "video_missing"
  | "video_deleted"
  | "media_deleted"
  | "render_over"
  | "photo_replaced"
  | "name_unknown";

const namePattern =
  /^u\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(?:renders\/)?(?:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/)?./;

/** Whose object it is, and of which video; a picture of its owner belongs to none. */
export function ownerOfObject(pathname: string): { ownerId: string; videoId?: string } | undefined {
  const [, ownerId, videoId] = namePattern.exec(pathname) ?? [];
  return ownerId ? { ownerId, ...(videoId && { videoId }) } : undefined;
}

const rendersPattern = /^(u\/[^/]+\/)renders\//;

/** Whether the object lies where the video's do. */
function liesWith(pathname: string, video: KnownVideo): boolean {
  const beside = pathname.replace(rendersPattern, "$1");
  return beside.startsWith(video.sourceKey.slice(0, video.sourceKey.lastIndexOf("/") + 1));
}

/** Whose an object is by the rows: a video taken over lies under its first owner's name. */
export function holderOfObject(
  pathname: string,
  video: KnownVideo | undefined,
): string | undefined {
  return video && liesWith(pathname, video) ? video.ownerId : ownerOfObject(pathname)?.ownerId;
}

/**
 * Why nothing refers to the object; undefined when something does, or is about to remove it.
 * @param options `owner`: who holds it by `holderOfObject`
 */
export function judgeObject(options: {
  object: { pathname: string; uploadedAtMs: number };
  owner: KnownOwner | undefined;
  video: KnownVideo | undefined;
  nowMs: number;
}): ObjectReason | undefined {
  const { object, owner, video, nowMs } = options;
  const names = ownerOfObject(object.pathname);
  const settling = (at: Date | number | null) => at !== null && Number(at) > nowMs - settlingMs;
  if (!names) return "name_unknown";
  if (!owner) return "owner_missing";
  if (owner.erasedAt) {
    const underWay = owner.deletionRequestedAt !== null && settling(owner.erasedAt);
    return underWay ? undefined : "owner_erased";
  }
  if (!names.videoId) {
    const held = owner.photoKey === object.pathname || settling(object.uploadedAtMs);
    return held ? undefined : "photo_replaced";
  }
  if (!video || !liesWith(object.pathname, video)) return "video_missing";
  if (video.status === "deleting" || video.status === "deleted") {
    return settling(video.deletionAskedAt) ? undefined : "video_deleted";
  }
  // What was made of it has a time of its own, and goes at once only with the account.
  if (rendersPattern.test(object.pathname) && !owner.deletionRequestedAt) {
    return object.uploadedAtMs < nowMs - renderLeftMs ? "render_over" : undefined;
  }
  if (video.mediaDeletedAt && !settling(video.mediaDeletedAt)) return "media_deleted";
  return undefined;
}
