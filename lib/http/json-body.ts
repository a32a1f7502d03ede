import { AppError } from "@/lib/errors";
import { readBytes } from "./bytes-body";

/** Longest JSON body read into memory, in bytes. */
export const maxJsonBytes = 1024 ** 2;

/**
 * A request's body as JSON.
 * @param maxBytes longest body that is read
 * @param onBytes is told how long it is before it is understood, and may refuse it
 * @throws {AppError} `unsupported_media_type`, `payload_too_large`, `invalid_request`
 */
export async function readJson(
  request: Request,
  maxBytes = maxJsonBytes,
  onBytes?: (bytes: number) => Promise<void>,
): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) throw new AppError("unsupported_media_type");
  const bytes = await readBytes(request, maxBytes);
  await onBytes?.(bytes.length);
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // Without its cause: that quotes the body, a password perhaps, and would be logged.
    throw new AppError("invalid_request");
  }
}
