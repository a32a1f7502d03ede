import "server-only";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { storage } from "@/lib/storage";
import { serveStored } from "@/lib/storage/serve";
import { transaction } from "@/lib/transaction";
import { withWorkFolder } from "@/lib/videos/files";
import { squarePhoto } from "./photo-picture";
import { findPhotoKey, replacePhotoKey } from "./photo-repo";
import type { AccountView, PhotoCrop } from "./schema";
import { getAccount } from "./service";

const contentType = "image/webp";

/** A name of its own for every picture, so that its address changes with it. */
function newPhotoKey(userId: string): string {
  return `u/${userId}/photo/${newId()}.webp`;
}

/**
 * Makes the square `crop` of a picture the account's. A crash or a failure on the way leaves at
 * most an object that no row points to; the scan for orphans finds it.
 * @throws {AppError} `photo_unreadable`; `not_found` when the account is gone; `storage_full`, `storage_unavailable`
 */
export async function storePhoto(options: {
  userId: string;
  bytes: Uint8Array;
  crop: PhotoCrop;
}): Promise<AccountView> {
  const { userId, bytes, crop } = options;
  const picture = await squarePhoto(bytes, crop);
  const key = newPhotoKey(userId);
  await withWorkFolder(async (folder) => {
    const file = path.join(folder, "photo.webp");
    await writeFile(file, picture);
    await storage().put(key, { path: file }, { contentType });
  });
  return pointTo(userId, key);
}

/** Does nothing where there is none. */
export function removePhoto(userId: string): Promise<AccountView> {
  return pointTo(userId, null);
}

async function pointTo(userId: string, key: string | null): Promise<AccountView> {
  const replaced = await transaction((tx) => replacePhotoKey(tx, userId, key));
  // Only now: before, a crash would have left the account with a picture that is gone.
  const unused = replaced ? replaced.before : key;
  if (unused) await discard(unused);
  const account = replaced && (await getAccount(userId));
  if (!account) throw new AppError("not_found");
  return account;
}

/** What can't be deleted now is left to the scan for orphans. */
async function discard(key: string): Promise<void> {
  try {
    await storage().delete([key]);
  } catch (error) {
    log("accounts").warn({ err: error, key }, "an old picture could not be deleted");
  }
}

/**
 * The account's picture, to its owner only.
 * @throws {AppError} `not_found`
 */
export async function servePhoto(options: { request: Request; userId: string }): Promise<Response> {
  const pathname = await findPhotoKey(options.userId);
  return serveStored({
    request: options.request,
    pathname: pathname ?? null,
    fileName: "photo.webp",
    contentType,
    disposition: "inline",
  });
}
