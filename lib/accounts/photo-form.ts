import "server-only";
import { AppError } from "@/lib/errors";
import { createSemaphore } from "@/lib/semaphore";
import { maxPhotoBytes, type PhotoCrop, photoCropSchema } from "./schema";

/** The picture, and what the form puts around it. */
const maxFormBytes = maxPhotoBytes + 64 * 1024;

/** So many forms are held in memory at once; a later caller is asked to come back. */
const atOnce = createSemaphore(4, { maxWaiting: 0, retryAfterMs: 2_000 });

/**
 * Runs `work` with the form of `request`, `photo` (a file) and `crop` (JSON), while there is room
 * for it.
 * @throws {AppError} `not_ready` when there isn't; `payload_too_large`, `invalid_request`;
 * {ZodError} for a `crop` out of shape
 */
export function withPhotoForm<T>(
  request: Request,
  work: (form: { bytes: Uint8Array; crop: PhotoCrop }) => Promise<T>,
): Promise<T> {
  return atOnce(async () => work(await readPhotoForm(request)));
}

async function readPhotoForm(request: Request): Promise<{ bytes: Uint8Array; crop: PhotoCrop }> {
  // The server reads no more of a body than this header says.
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(declared <= maxFormBytes)) throw new AppError("payload_too_large");
  const form = await request.formData().catch((error: unknown) => {
    throw new AppError("invalid_request", { cause: error });
  });
  const photo = form.get("photo");
  const crop = form.get("crop");
  if (!(photo instanceof Blob) || typeof crop !== "string") throw new AppError("invalid_request");
  if (photo.size > maxPhotoBytes) throw new AppError("payload_too_large");
  return {
    bytes: new Uint8Array(await photo.arrayBuffer()),
    crop: photoCropSchema.parse(parseJson(crop)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_request", { cause: error });
  }
}
