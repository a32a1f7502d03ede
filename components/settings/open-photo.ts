import { maxPhotoBytes } from "@/lib/accounts/schema";
import { leastPhotoPx } from "./photo-crop";

/** What the server can read. */
export const photoTypes = ["image/jpeg", "image/png", "image/webp"] as const;

/** A picture that was chosen; `url` is good until it is revoked. */
export interface ChosenPhoto {
  file: File;
  url: string;
  /** As it is shown, after its EXIF rotation, in px. */
  width: number;
  height: number;
}

export type PhotoProblem = "tooLarge" | "tooSmall" | "unreadable";

/** Looks at a file before anything is sent, or says why it won't do. */
export async function openPhoto(file: File): Promise<ChosenPhoto | PhotoProblem> {
  if (file.size > maxPhotoBytes) return "tooLarge";
  if (!photoTypes.some((type) => type === file.type)) return "unreadable";
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    URL.revokeObjectURL(url);
    return "unreadable";
  }
  const { naturalWidth: width, naturalHeight: height } = image;
  if (Math.min(width, height) >= leastPhotoPx) return { file, url, width, height };
  URL.revokeObjectURL(url);
  return "tooSmall";
}
