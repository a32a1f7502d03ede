import { log } from "@/lib/log";
import { localStorageEngine, storage } from "@/lib/storage";
import { createBlobProtocol } from "@/lib/storage/blob-protocol/handler";

let handle: ((request: Request) => Promise<Response>) | undefined;

/**
 * Vercel Blob's protocol over the local disk; authorised by the token in each request, not by
 * cookies. Where objects live in the hosted store there is nothing here.
 */
async function blob(request: Request): Promise<Response> {
  if (storage().id !== "local") return new Response(null, { status: 404 });
  handle ??= createBlobProtocol({
    storage: localStorageEngine(),
    basePath: "/api/blob",
    logger: log("blob"),
  });
  return handle(request);
}

export { blob as GET, blob as POST, blob as PUT };
