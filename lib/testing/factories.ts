import { writeFile } from "node:fs/promises";
import path from "node:path";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { storage } from "@/lib/storage";
import { sourceKey } from "@/lib/videos/keys";

/** An account of its own for each test, so that tests never meet. */
export async function makeUser(): Promise<{ id: string; email: string }> {
  const id = newId();
  const email = `${id}@example.test`;
  await db().user.create({ data: { id, email, name: "Test" } });
  return { id, email };
}

/** A video whose original is in storage and which a job may start over. */
export async function makeVideo(options: {
  ownerId: string;
  file?: string;
  durationMs?: number;
  title?: string;
}): Promise<{ id: string; sourceKey: string }> {
  const { ownerId, durationMs = 10_000, title = "A video" } = options;
  const id = newId();
  const key = sourceKey(ownerId, id, "mp4");
  const file = options.file ?? (await placeholder());
  await storage().put(key, { path: file }, { contentType: "video/mp4" });
  await db().video.create({
    data: {
      id,
      ownerId,
      status: "ready",
      title,
      fileName: `${title}.mp4`,
      contentType: "video/mp4",
      sizeBytes: 1,
      sourceKey: key,
      durationMs,
      uploadedAt: new Date(),
    },
  });
  return { id, sourceKey: key };
}

async function placeholder(): Promise<string> {
  const file = path.join(env().dataDir, "placeholder.mp4");
  await writeFile(file, "not a video");
  return file;
}
