import { AppError } from "@/lib/errors";

/**
 * A request's body in memory, up to `maxBytes`.
 * @throws {AppError} `payload_too_large`
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw new AppError("payload_too_large");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Not `request.bytes()`: a body without a stated length could be of any.
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError("payload_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
