import "server-only";
import { type Clock, systemClock } from "@/lib/clock";
import type { Logger } from "@/lib/log";
import type { LocalStorage } from "../local/engine";
import { translatingDiskErrors } from "../local/files";
import { authenticate, type Grant } from "./auth";
import { asProtocolError, BlobProtocolError } from "./errors";
import { multipart } from "./multipart";
import { copyObject, deleteObjects, headObject, listObjects, putObject } from "./objects";

export interface BlobProtocolOptions {
  storage: LocalStorage;
  /** Path the protocol is mounted at, e.g. `/api/blob`. */
  basePath: string;
  clock?: Clock;
  logger?: Pick<Logger, "warn" | "error">;
}

export interface ProtocolCall {
  request: Request;
  url: URL;
  grant: Grant;
  storage: LocalStorage;
  /** Absolute address of the store, without a slash at the end. */
  baseUrl: string;
}

/**
 * The wire protocol of Vercel Blob, version 12, over the local store, so that the unmodified SDK
 * puts, heads, lists, copies, deletes and uploads in parts. Reading bytes isn't part of it: the
 * SDK's `get` knows only the hosted store's address.
 */
export function createBlobProtocol(
  options: BlobProtocolOptions,
): (request: Request) => Promise<Response> {
  const { storage, basePath, clock = systemClock, logger } = options;
  return async (request) => {
    try {
      const url = new URL(request.url);
      const grant = authenticate(request, storage.readWriteToken, clock.now());
      const call = { request, url, grant, storage, baseUrl: `${url.origin}${basePath}` };
      const action = url.pathname.slice(basePath.length).replace(/^\/+|\/+$/g, "");
      return answer(200, await translatingDiskErrors(() => dispatch(call, action)));
    } catch (error) {
      const failure = asProtocolError(error);
      if (failure.status >= 500) logger?.error({ err: error }, "blob request failed");
      const { code, message, status } = failure;
      return answer(status, { error: { code, message } });
    }
  };
}

function dispatch(call: ProtocolCall, action: string): Promise<unknown> {
  const { request, url } = call;
  const { searchParams } = url;
  if (request.method === "POST" && action === "mpu") return multipart(call);
  if (request.method === "POST" && action === "delete") return deleteObjects(call);
  if (request.method === "PUT" && action === "") {
    return searchParams.has("fromUrl") ? copyObject(call) : putObject(call);
  }
  if (request.method === "GET" && action === "") {
    return searchParams.has("url") ? headObject(call) : listObjects(call);
  }
  throw new BlobProtocolError("not_found", 404, "No such operation");
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, {
    status,
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
}
