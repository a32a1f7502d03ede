import type { UploadItem } from "@/lib/client/uploader";

/** Credits that the other files' orders will take once they are here. */
export function pledgedBeside(item: UploadItem, uploads: readonly UploadItem[]): number {
  return uploads
    .filter(({ id, phase }) => id !== item.id && phase !== "done" && phase !== "failed")
    .reduce((sum, { caption }) => sum + (caption?.maxCredits ?? 0), 0);
}
