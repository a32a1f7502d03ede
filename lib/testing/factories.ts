import { writeFile } from "node:fs/promises";
import path from "node:path";
import { grantCredits } from "@/lib/credits/ledger";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { storage } from "@/lib/storage";
import { transaction } from "@/lib/transaction";
import { sourceKey } from "@/lib/videos/keys";

/**
 * An account of its own for each test, so that tests never meet.
 * @param options `credits`: what it can spend; 0: it has no wallet
 */
export async function makeUser(
  options: { credits?: number } = {},
): Promise<{ id: string; email: string }> {
  const id = newId();
  const email = `${id}@example.test`;
  await db().user.create({ data: { id, email, name: "Test" } });
  await fund(id, options.credits ?? 1_000);
  return { id, email };
}

/** Gives an account credits to spend. */
export async function fund(ownerId: string, amount: number): Promise<void> {
  if (amount === 0) return;
  const key = `test:${newId()}`;
  await transaction((tx) => grantCredits(tx, { ownerId, source: "goodwill", amount, key }));
}

/** A video whose original is in storage and which a job may start over. */
export async function makeVideo(options: {
  ownerId: string;
  file?: string;
  /** Null: nobody has looked at it yet. */
  durationMs?: number | null;
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
