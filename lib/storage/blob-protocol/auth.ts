import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { LOCAL_STORE_ID } from "../token";
import { BlobProtocolError, badRequest, forbidden } from "./errors";

/** What a client token allows; the SDK signs exactly this JSON. */
const payloadSchema = z.object({
  pathname: z.string(),
  validUntil: z.number(),
  maximumSizeInBytes: z.number().optional(),
  allowedContentTypes: z.array(z.string()).optional(),
  addRandomSuffix: z.boolean().optional(),
  allowOverwrite: z.boolean().optional(),
  cacheControlMaxAge: z.number().optional(),
  ifMatch: z.string().optional(),
});
type ClientGrant = z.infer<typeof payloadSchema>;

/** `client` is undefined for the read-write token, which allows everything. */
export interface Grant {
  client: ClientGrant | undefined;
}

const clientPrefix = `vercel_blob_client_${LOCAL_STORE_ID}_`;

/**
 * Reads the bearer token of a request. A client token is
 * `vercel_blob_client_<store>_base64("<hex HMAC>.<base64 payload>")`, the HMAC-SHA256 being over
 * the base64 text with the whole read-write token as its key.
 */
export function authenticate(request: Request, readWriteToken: string, nowMs: number): Grant {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (isSame(bearer, readWriteToken)) return { client: undefined };
  if (!bearer.startsWith(clientPrefix)) throw forbidden("No valid token");
  const decoded = Buffer.from(bearer.slice(clientPrefix.length), "base64").toString("latin1");
  const [, signature, payload] = /^([0-9a-f]{64})\.([A-Za-z0-9+/=]+)$/.exec(decoded) ?? [];
  if (!signature || !payload) throw forbidden("No valid token");
  const expected = createHmac("sha256", readWriteToken).update(payload).digest("hex");
  if (!isSame(signature, expected)) throw forbidden("No valid token");
  const client = payloadSchema.parse(JSON.parse(Buffer.from(payload, "base64").toString("utf8")));
  // The SDK knows this failure by these words.
  if (client.validUntil <= nowMs) throw forbidden("Token expired");
  return { client };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Reading, listing, copying and deleting need the read-write token. */
export function assertReadWrite({ client }: Grant): void {
  if (client) {
    const message = "This operation is not available when using a client token";
    throw new BlobProtocolError("client_token_not_allowed", 403, message);
  }
}

export function assertPathnameAllowed({ client }: Grant, pathname: string): void {
  if (client && client.pathname !== pathname) {
    // The SDK knows this failure by these words.
    throw badRequest(`"pathname" ${JSON.stringify(pathname)} does not match the token payload`);
  }
}

export function assertContentTypeAllowed({ client }: Grant, contentType: string): void {
  const allowed = client?.allowedContentTypes;
  if (!allowed) return;
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const fits = allowed.some((one) => {
    const pattern = one.toLowerCase();
    return pattern.endsWith("/*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  });
  // The SDK knows this failure by these words.
  if (!fits) throw badRequest(`contentType ${JSON.stringify(contentType)} is not allowed`);
}
