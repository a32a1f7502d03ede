import "server-only";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { storage } from "@/lib/storage";

const contentTypeByName: Record<string, string> = {
  "thumbnail.webp": "image/webp",
  "preview.mp4": "video/mp4",
  "audio.wav": "audio/wav",
};

/** A folder for one step's files, gone when the step ends, however it ends. */
export async function withWorkFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.resolve(/* turbopackIgnore: true */ env().dataDir, "work");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, "step-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The object as a file to read: its own where storage is on this machine, else a copy. */
export async function localCopy(options: {
  key: string;
  folder: string;
  signal?: AbortSignal;
}): Promise<string> {
  const { key, folder, signal } = options;
  const own = storage().localPath(key);
  if (own) return own;
  const copy = path.join(folder, path.basename(key));
  await storage().fetchToFile(key, copy, signal ? { signal } : {});
  return copy;
}

/** Stores what a step made; the key's last part tells its type. */
export async function storeDerivative(key: string, file: string): Promise<void> {
  const contentType = contentTypeByName[path.basename(key)] ?? "application/octet-stream";
  await storage().put(key, { path: file }, { contentType });
}
