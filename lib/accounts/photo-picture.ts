import "server-only";
import sharp from "sharp";
import { AppError } from "@/lib/errors";
import { createSemaphore } from "@/lib/semaphore";
import type { PhotoCrop } from "./schema";

/** px; the settings show it at 96, on dense screens at three times that. */
export const photoSize = 512;

/** What phones take (8160 x 6144) is let in; a few kB that unfold to gigabytes are not. */
const maxPixels = 50 * 1024 ** 2;

/** A picture of the largest kind takes 160 MB and half a second to turn, so one after the other. */
const inTurn = createSemaphore(1);

/** First bytes of what is taken. SVG and everything else never reaches a decoder. */
function formatOf(bytes: Uint8Array): "jpeg" | "png" | "webp" | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "webp";
  return undefined;
}

/** The wished square moved and shrunk until it lies inside the picture, in px. */
export function clampCrop(crop: PhotoCrop, picture: { width: number; height: number }) {
  const size = Math.min(crop.size, picture.width, picture.height);
  return {
    left: Math.min(crop.x, picture.width - size),
    top: Math.min(crop.y, picture.height - size),
    width: size,
    height: size,
  };
}

/**
 * The square `crop` of a JPEG, PNG or WebP as WebP of 512 px, drawn anew: nothing of the file is
 * left but what can be seen, neither place and camera nor what was hidden behind the picture.
 * @throws {AppError} `photo_unreadable`
 */
export async function squarePhoto(bytes: Uint8Array, crop: PhotoCrop): Promise<Buffer> {
  const format = formatOf(bytes);
  if (!format) throw new AppError("photo_unreadable");
  return inTurn(async () => {
    try {
      const input = { failOn: "error", limitInputPixels: maxPixels, autoOrient: true } as const;
      const picture = sharp(bytes, input);
      const metadata = await picture.metadata();
      if (metadata.format !== format) throw new AppError("photo_unreadable");
      return await picture
        .extract(clampCrop(crop, metadata.autoOrient))
        .resize(photoSize, photoSize)
        .timeout({ seconds: 20 })
        .webp({ quality: 85 })
        .toBuffer();
    } catch (error) {
      throw AppError.is(error) ? error : new AppError("photo_unreadable", { cause: error });
    }
  });
}
