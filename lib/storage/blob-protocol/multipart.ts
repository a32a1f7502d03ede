import "server-only";
import { z } from "zod";
import { MAX_PART_NUMBER } from "../local/multipart";
import { isPathname } from "../pathname";
import { assertPathnameAllowed } from "./auth";
import { badRequest } from "./errors";
import type { ProtocolCall } from "./handler";
import { announcedBytes, blobView, readJson, readWriteRequest, withCacheAge } from "./objects";

const completeBody = z
  .array(
    z.object({
      partNumber: z.number().int().min(1).max(MAX_PART_NUMBER),
      etag: z.string().min(1).max(256),
    }),
  )
  .min(1)
  .max(MAX_PART_NUMBER);

/** The three steps of an upload in parts, told apart by the header `x-mpu-action`. */
export async function multipart(call: ProtocolCall): Promise<unknown> {
  const action = call.request.headers.get("x-mpu-action");
  if (action === "create") return create(call);
  if (action === "upload") return receivePart(call);
  if (action === "complete") return complete(call);
  throw badRequest("x-mpu-action must be create, upload or complete");
}

async function create(call: ProtocolCall) {
  const { pathname, contentType, overwrite, cacheMaxAgeSeconds } = readWriteRequest(call);
  await call.storage.assertRoom(0);
  const uploadId = await call.storage.uploads.create(
    withCacheAge({ pathname, contentType, overwrite }, cacheMaxAgeSeconds),
  );
  return { uploadId, key: pathname };
}

async function receivePart(call: ProtocolCall) {
  const { request, storage } = call;
  const { uploadId, pathname, maxBytes } = readUpload(call);
  const partNumber = Number(request.headers.get("x-mpu-part-number"));
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > MAX_PART_NUMBER) {
    throw badRequest(`The part number must be between 1 and ${MAX_PART_NUMBER}`);
  }
  const body = request.body;
  if (!body) throw badRequest("The part is empty");
  const expectedBytes = announcedBytes(request);
  await storage.assertRoom(expectedBytes ?? 0);
  const part = { uploadId, pathname, partNumber, body, expectedBytes, maxBytes };
  return { etag: await storage.uploads.putPart(part) };
}

async function complete(call: ProtocolCall) {
  const { uploadId, pathname, maxBytes } = readUpload(call);
  const parts = completeBody.safeParse(await readJson(call.request));
  if (!parts.success) throw badRequest("The body must be [{etag, partNumber}]");
  const { uploads } = call.storage;
  const stored = await uploads.complete({ uploadId, pathname, parts: parts.data, maxBytes });
  return blobView(call, pathname, stored);
}

/**
 * The pathname may differ from the key when a suffix was added; the key is what was created. For a
 * client token without a suffix both must be the token's.
 */
function readUpload({ grant, request, url }: ProtocolCall) {
  const asked = url.searchParams.get("pathname") ?? "";
  assertPathnameAllowed(grant, asked);
  const pathname = decodeKey(request.headers.get("x-mpu-key") ?? "");
  if (!isPathname(asked) || !isPathname(pathname)) throw badRequest("The pathname is not allowed");
  if (!grant.client?.addRandomSuffix) assertPathnameAllowed(grant, pathname);
  const uploadId = request.headers.get("x-mpu-upload-id") ?? "";
  return { uploadId, pathname, maxBytes: grant.client?.maximumSizeInBytes };
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    throw badRequest("x-mpu-key is not encoded");
  }
}
