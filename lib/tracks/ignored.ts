import "server-only";
import { AppError } from "@/lib/errors";
import { trackAccess } from "@/lib/sharing/access";
import { transaction } from "@/lib/transaction";
import { countIgnored, deleteIgnored, insertIgnored, readIgnored } from "./ignored-repo";
import type { IgnoredView, IgnoreInput } from "./ignored-schema";
import { maxIgnored } from "./limits";
import { notifyTrack } from "./notify";

/**
 * What people have decided to leave as it is, also of findings that aren't there any more.
 * @throws {AppError} `not_found`
 */
export async function listIgnored(options: {
  userId: string;
  trackId: string;
}): Promise<IgnoredView[]> {
  await trackAccess({ ...options, need: "viewer" });
  return readIgnored(options.trackId);
}

/**
 * Leaves findings as they are. One that is left already keeps its reason.
 * @throws {AppError} `not_found`, `forbidden`, `limit_reached`
 */
export async function ignoreFindings(options: {
  userId: string;
  trackId: string;
  input: IgnoreInput;
  nowMs?: number;
}): Promise<IgnoredView[]> {
  const { userId, trackId, input, nowMs = Date.now() } = options;
  await trackAccess({ userId, trackId, need: "editor" });
  return transaction(async (tx) => {
    const count = await countIgnored(tx, trackId);
    if (count + input.findings.length > maxIgnored) throw new AppError("limit_reached");
    const made = { ...input, actorId: userId, at: new Date(nowMs) };
    if ((await insertIgnored(tx, trackId, made)) > 0) await notifyTrack(tx, trackId, "ignored");
    return readIgnored(trackId, tx);
  });
}

/**
 * Takes back that findings are left as they are; those that aren't are passed over.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function heedFindings(options: {
  userId: string;
  trackId: string;
  keys: readonly string[];
}): Promise<IgnoredView[]> {
  const { userId, trackId, keys } = options;
  await trackAccess({ userId, trackId, need: "editor" });
  return transaction(async (tx) => {
    if ((await deleteIgnored(tx, trackId, keys)) > 0) await notifyTrack(tx, trackId, "ignored");
    return readIgnored(trackId, tx);
  });
}
