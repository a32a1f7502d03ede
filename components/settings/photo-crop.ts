import type { PhotoCrop } from "@/lib/accounts/schema";

/** Shortest side of a picture that makes a photo, in px; a crop is never smaller. */
export const leastPhotoPx = 64;
/** Beyond this a photo of any camera is a blur. */
const mostZoom = 5;

interface PictureSize {
  /** Of the picture as it is shown, in px. */
  width: number;
  height: number;
}

interface Area extends PictureSize {
  x: number;
  y: number;
}

/** How far one may zoom in, so that what is cut out has `leastPhotoPx` a side; at least 1. */
export function greatestZoom({ width, height }: PictureSize): number {
  return Math.max(1, Math.min(mostZoom, Math.min(width, height) / leastPhotoPx));
}

/**
 * The square to send for what the cropper frames: whole pixels, within the picture, and square even
 * where rounding has made the two sides differ.
 */
export function photoCrop(area: Area, picture: PictureSize): PhotoCrop {
  const longest = Math.floor(Math.min(picture.width, picture.height));
  const size = Math.min(longest, Math.max(1, Math.round(Math.min(area.width, area.height))));
  const within = (start: number, length: number) =>
    Math.max(0, Math.min(Math.floor(length) - size, Math.round(start)));
  return { x: within(area.x, picture.width), y: within(area.y, picture.height), size };
}
