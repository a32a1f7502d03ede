import { AppError } from "@/lib/errors";

/** Longest JSON body read into memory, in bytes. */
export const maxJsonBytes = 1024 ** 2;

/**
 * A request's body as JSON.
 * @param maxBytes longest body that is read
 * @throws {AppError} `unsupported_media_type`, `payload_too_large`, `invalid_request`
 */
export async function readJson(request: Request, maxBytes = maxJsonBytes): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) throw new AppError("unsupported_media_type");
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw new AppError("payload_too_large");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Not `request.text()`: a body without a stated length could be of any.
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError("payload_too_large");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    // Without its cause: that quotes the body, a password perhaps, and would be logged.
    throw new AppError("invalid_request");
  }
}
