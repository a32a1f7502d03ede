import "server-only";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { type Tx, transaction } from "@/lib/transaction";
import { type BuiltInProfile, builtInProfiles } from "./built-in";
import { maxOwnProfiles } from "./limits";
import {
  countProfiles,
  deleteProfile,
  findProfile,
  insertProfile,
  lockProfiles,
  readProfiles,
  updateProfile,
} from "./repo";
import type { OwnProfileChange, OwnProfileInput, OwnProfileView, OwnRules } from "./schema";

/** The rules that a person has made, in the order of their names. */
export function listProfiles(ownerId: string): Promise<OwnProfileView[]> {
  return readProfiles(ownerId);
}

/** @throws {AppError} `limit_reached`, `name_taken` */
export async function addProfile(options: {
  ownerId: string;
  profile: OwnProfileInput;
  nowMs?: number;
}): Promise<OwnProfileView> {
  const { ownerId, profile, nowMs = Date.now() } = options;
  return transaction(async (tx) => {
    await lockProfiles(tx, ownerId);
    if ((await countProfiles(tx, ownerId)) >= maxOwnProfiles) throw new AppError("limit_reached");
    return insertProfile(tx, { id: newId(nowMs), ownerId, ...profile }, new Date(nowMs));
  });
}

/**
 * Jobs and tracks keep the rules that they were made with.
 * @throws {AppError} `not_found`, `name_taken`
 */
export async function changeProfile(options: {
  ownerId: string;
  profileId: string;
  change: OwnProfileChange;
  nowMs?: number;
}): Promise<OwnProfileView> {
  const { ownerId, profileId, change, nowMs = Date.now() } = options;
  return transaction(async (tx) => {
    await lockProfiles(tx, ownerId);
    const before = await findProfile(ownerId, profileId, tx);
    if (!before) throw new AppError("not_found");
    const { name = before.name, rules = before.rules } = change;
    return updateProfile(tx, { id: profileId, name, rules }, new Date(nowMs));
  });
}

/** @throws {AppError} `not_found` */
export async function removeProfile(options: {
  ownerId: string;
  profileId: string;
}): Promise<void> {
  const { ownerId, profileId } = options;
  await transaction(async (tx) => {
    if (!(await deleteProfile(tx, ownerId, profileId))) throw new AppError("not_found");
  });
}

/**
 * What a job's `profile` option stands for now: a profile that comes with us by its name, or the
 * numbers of an own one, which the job keeps.
 * @throws {AppError} `not_found` for a profile that isn't there, or is somebody else's
 */
export async function resolveOwnProfile(
  ownerId: string,
  choice: string,
  tx?: Tx,
): Promise<BuiltInProfile | (OwnRules & { id: string })> {
  const builtIn = builtInProfiles.find((name) => name === choice);
  if (builtIn) return builtIn;
  const own = await findProfile(ownerId, choice, tx);
  if (!own) throw new AppError("not_found", { detail: "profile" });
  return { ...own.rules, id: own.id };
}
