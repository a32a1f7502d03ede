import "server-only";
import path from "node:path";
import { env } from "@/lib/env";
import { LocalStorage } from "./local/engine";
import type { Storage } from "./types";
import { VercelBlobStorage } from "./vercel-blob";

export type * from "./types";

let local: LocalStorage | undefined;
let hosted: VercelBlobStorage | undefined;

/** The engine this deployment keeps its objects in. */
export function storage(): Storage {
  const token = env().BLOB_READ_WRITE_TOKEN;
  if (env().storageEngine === "vercel-blob" && token) {
    hosted ??= new VercelBlobStorage({ token });
    return hosted;
  }
  return localStorageEngine();
}

/** The local engine itself, which the Blob protocol under `/api/blob` writes to. */
export function localStorageEngine(): LocalStorage {
  local ??= new LocalStorage({
    root: path.resolve(/* turbopackIgnore: true */ env().storageDir),
    authSecret: env().authSecret,
  });
  return local;
}
