import { TransferFailure } from "./failure";
import type { PartTransport, StorageTarget } from "./ports";

interface Sdk {
  client: typeof import("@vercel/blob/client");
  /** Here for its error classes only. */
  blob: typeof import("@vercel/blob");
}

/**
 * The Blob SDK in the browser, loaded when the first file is sent. Its base address comes from
 * `process.env.VERCEL_BLOB_API_URL`, read at each call: Next leaves a name without `NEXT_PUBLIC_`
 * alone and gives all client modules the same `process` object, so that one build serves both
 * engines. Several uploads of one page always have the same address.
 *
 * Its own retries are off: ours know about pauses and missing networks. `onUploadProgress` is
 * never passed: it makes the SDK stream bodies, which browsers refuse over HTTP/1.1.
 */
async function loadSdk(blobApiUrl: string | null): Promise<Sdk> {
  const [client, blob] = await Promise.all([import("@vercel/blob/client"), import("@vercel/blob")]);
  // biome-ignore lint/style/noProcessEnv: the SDK has no other way to be told its address
  process.env.VERCEL_BLOB_API_URL = blobApiUrl ?? "";
  // biome-ignore lint/style/noProcessEnv: likewise for its retries
  process.env.VERCEL_BLOB_RETRIES = "0";
  return { client, blob };
}

/** Parts through `createMultipartUpload`, `uploadPart` and `completeMultipartUpload`. */
export function createBlobTransport(): PartTransport {
  const using = async <T>(target: StorageTarget, call: (sdk: Sdk) => Promise<T>): Promise<T> => {
    const sdk = await loadSdk(target.blobApiUrl);
    try {
      return await call(sdk);
    } catch (error) {
      throw translate(sdk.blob, error);
    }
  };
  const common = ({ token, contentType }: StorageTarget, abortSignal: AbortSignal) => ({
    access: "private" as const,
    token,
    contentType,
    abortSignal,
  });
  return {
    open: (target, signal) =>
      using(target, async ({ client }) => {
        const opened = await client.createMultipartUpload(target.pathname, common(target, signal));
        return { storageUploadId: opened.uploadId, storageKey: opened.key };
      }),
    send: (target, { partNumber, body }, signal) =>
      using(target, async ({ client }) => {
        const { storageUploadId: uploadId, storageKey: key } = target;
        const options = { ...common(target, signal), uploadId, key, partNumber };
        return (await client.uploadPart(target.pathname, body, options)).etag;
      }),
    join: (target, parts, signal) =>
      using(target, async ({ client }) => {
        const { storageUploadId: uploadId, storageKey: key } = target;
        const options = { ...common(target, signal), uploadId, key };
        await client.completeMultipartUpload(target.pathname, parts, options);
      }),
  };
}

/** The local engine's words for a full disk; the SDK passes them on inside its message. */
const STORAGE_FULL = "Storage is full";

function translate(sdk: Sdk["blob"], error: unknown): unknown {
  const failure = (
    kind: ConstructorParameters<typeof TransferFailure>[0],
    code: ConstructorParameters<typeof TransferFailure>[1],
    retryAfterMs?: number,
  ) => new TransferFailure(kind, code, { cause: error, retryAfterMs });
  if (error instanceof sdk.BlobRequestAbortedError) return error;
  if (error instanceof sdk.BlobClientTokenExpiredError) return failure("token", "upload_expired");
  // A secret that was renewed: a fresh token helps, a second refusal ends it.
  if (error instanceof sdk.BlobAccessError) return failure("token", "forbidden");
  if (error instanceof sdk.BlobNotFoundError) return failure("lost", "upload_expired");
  if (error instanceof sdk.BlobFileTooLargeError) return failure("refused", "size_mismatch");
  if (error instanceof sdk.BlobContentTypeNotAllowedError) {
    return failure("refused", "file_type_unsupported");
  }
  if (error instanceof sdk.BlobServiceRateLimited) {
    const waitMs = error.retryAfter > 0 ? error.retryAfter * 1000 : undefined;
    return failure("busy", "storage_unavailable", waitMs);
  }
  if (
    error instanceof sdk.BlobServiceNotAvailable ||
    error instanceof sdk.BlobUnknownError ||
    error instanceof TypeError
  ) {
    return failure("network", "storage_unavailable");
  }
  if (error instanceof sdk.BlobError && error.message.includes(STORAGE_FULL)) {
    return failure("refused", "storage_full");
  }
  return failure("refused", "storage_unavailable");
}
