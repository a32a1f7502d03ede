import "server-only";
import { AppError } from "@/lib/errors";
import { type CreateUploadMeta, createUploadMeta } from "./schema";

/** The sample may hold a long film's whole index (32 MiB) and some headers. */
const maxFormBytes = 40 * 1024 ** 2;

/** So many forms are held in memory at once; a later caller is asked to come back. */
const maxAtOnce = 4;
const comeBackMs = 2_000;
let open = 0;

/**
 * Runs `work` with the form of `request` while there is room for it.
 * @throws {AppError} `not_ready` when there isn't; what `readUploadForm` throws
 */
export async function withUploadForm<T>(
  request: Request,
  work: (form: { meta: CreateUploadMeta; sample: Uint8Array }) => Promise<T>,
): Promise<T> {
  if (open >= maxAtOnce) throw new AppError("not_ready", { retryAfterMs: comeBackMs });
  open += 1;
  try {
    return await work(await readUploadForm(request));
  } finally {
    open -= 1;
  }
}

/**
 * Reads the form that opens an upload: `meta` (JSON) and `sample` (the bytes of its ranges).
 * @throws {AppError} `payload_too_large`, `invalid_request`; {ZodError} for a `meta` out of shape
 */
export async function readUploadForm(
  request: Request,
): Promise<{ meta: CreateUploadMeta; sample: Uint8Array }> {
  const declared = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(declared <= maxFormBytes)) throw new AppError("payload_too_large");
  const form = await request.formData().catch((error: unknown) => {
    throw new AppError("invalid_request", { cause: error });
  });
  const meta = form.get("meta");
  const sample = form.get("sample");
  if (typeof meta !== "string" || !(sample instanceof Blob)) throw new AppError("invalid_request");
  return {
    meta: createUploadMeta.parse(parseJson(meta)),
    sample: new Uint8Array(await sample.arrayBuffer()),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid_request", { cause: error });
  }
}
