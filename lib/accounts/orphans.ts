import "server-only";
import { type ListedObject, storage } from "@/lib/storage";
import { graceMs } from "./deletion-policy";
import {
  findOwners,
  findVideos,
  overdueAccounts,
  rowsOfErased,
  rowsWithoutParent,
  speakingTombstones,
} from "./orphan-repo";
import {
  holderOfObject,
  judgeObject,
  type ObjectReason,
  overdueMs,
  ownerOfObject,
  settlingMs,
} from "./orphan-rules";

/** Something that should have gone with an account or a video, and hasn't. */
export type Orphan =
  | { kind: "object"; pathname: string; reason: ObjectReason }
  | {
      kind: "row";
      table: string;
      column: string;
      value: string;
      /** How many rows of that table refer to it. */
      rows: number;
      reason: "account_erased" | "parent_missing";
    }
  | { kind: "account"; userId: string; reason: "erasure_overdue" | "personal_data_left" };

/**
 * Looks through storage and every table for what deletions have left. What is under way for less
 * than an hour doesn't count. Changes nothing.
 * @throws {AppError} `storage_unavailable`
 */
export async function findOrphans(options: { nowMs?: number } = {}): Promise<Orphan[]> {
  const { nowMs = Date.now() } = options;
  const objects = await orphanObjects(nowMs);
  const erased = await rowsOfErased(new Date(nowMs - settlingMs));
  const parentless = await rowsWithoutParent();
  const overdue = await overdueAccounts(new Date(nowMs - graceMs - overdueMs));
  const speaking = await speakingTombstones();
  return [
    ...objects,
    ...erased.map((row): Orphan => ({ kind: "row", ...row, reason: "account_erased" })),
    ...parentless.map((row): Orphan => ({ kind: "row", ...row, reason: "parent_missing" })),
    ...overdue.map((userId): Orphan => ({ kind: "account", userId, reason: "erasure_overdue" })),
    ...speaking.map(
      (userId): Orphan => ({
        kind: "account",
        userId,
        reason: "personal_data_left",
      }),
    ),
  ];
}

async function orphanObjects(nowMs: number): Promise<Orphan[]> {
  const found: Orphan[] = [];
  let cursor: string | undefined;
  do {
    const page = await storage().list("u/", cursor ? { cursor } : {});
    found.push(...(await judgePage(page.objects, nowMs)));
    cursor = page.cursor;
  } while (cursor);
  return found;
}

async function judgePage(objects: ListedObject[], nowMs: number): Promise<Orphan[]> {
  const named = objects.map((object) => ({ object, names: ownerOfObject(object.pathname) }));
  const ids = (all: (string | undefined)[]) => [...new Set(all.filter((id) => id !== undefined))];
  const videos = await findVideos(ids(named.map(({ names }) => names?.videoId)));
  const held = named.map(({ object, names }) => {
    const video = videos.get(names?.videoId ?? "");
    return { object, video, holderId: holderOfObject(object.pathname, video) };
  });
  const owners = await findOwners(ids(held.map(({ holderId }) => holderId)));
  return held.flatMap(({ object, video, holderId }) => {
    const owner = owners.get(holderId ?? "");
    const reason = judgeObject({ object, owner, video, nowMs });
    return reason ? [{ kind: "object" as const, pathname: object.pathname, reason }] : [];
  });
}
