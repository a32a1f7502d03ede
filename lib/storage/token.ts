import "server-only";
import { createHmac } from "node:crypto";
import { generateClientTokenFromReadWriteToken } from "@vercel/blob/client";
import type { UploadTokenOptions } from "./types";

/** Name of the local store inside tokens; the SDK forbids an underscore here. */
export const LOCAL_STORE_ID = "local";

/**
 * The local store's master token in the hosted store's format. Derived, so that nothing has to be
 * stored: it changes with `AUTH_SECRET`, which also ends every upload token.
 */
export function localReadWriteToken(authSecret: string): string {
  const secret = createHmac("sha256", authSecret)
    .update("local blob store, version 1")
    .digest("hex");
  return `vercel_blob_rw_${LOCAL_STORE_ID}_${secret}`;
}

/** A client token as the Blob SDK makes it; both engines check the same format. */
export function signUploadToken(
  readWriteToken: string,
  options: UploadTokenOptions,
): Promise<string> {
  return generateClientTokenFromReadWriteToken({
    token: readWriteToken,
    pathname: options.pathname,
    allowedContentTypes: options.contentTypes,
    maximumSizeInBytes: options.sizeBytes,
    validUntil: options.validUntilMs,
    addRandomSuffix: false,
    allowOverwrite: false,
  });
}
