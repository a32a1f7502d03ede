import "server-only";
import { storage } from "./index";

/**
 * Deletes every object under `prefix`, which ends in "/", page by page. Doing it again finishes
 * what a crash left.
 * @throws {AppError} `storage_unavailable`
 */
export async function emptyPrefix(prefix: string): Promise<void> {
  // Without the slash it would take what merely begins alike, and "" would take everything.
  if (!/^u\/.*[^/]\/$/.test(prefix)) throw new Error(`not a prefix to empty: ${prefix}`);
  let cursor: string | undefined;
  do {
    const page = await storage().list(prefix, cursor ? { cursor } : {});
    await storage().delete(page.objects.map((object) => object.pathname));
    cursor = page.cursor;
  } while (cursor);
}
