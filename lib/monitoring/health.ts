import "server-only";
import { env } from "@/lib/env";
import { mediaTools } from "@/lib/media";
import { speechStatus } from "@/lib/speech";
import { databaseAnswers } from "./repo";

export interface Health {
  /** The product can serve: what follows may still lack a part, and says so. */
  ok: boolean;
  database: boolean;
  storage: "local" | "vercel-blob";
  jobs: "local" | "inngest";
  speech: Awaited<ReturnType<typeof speechStatus>>;
  media: Awaited<ReturnType<typeof mediaTools>> | { problem: string };
}

/** How the product and what it leans on are doing; holds nothing secret. */
export async function checkHealth(): Promise<Health> {
  const [database, speech, media] = await Promise.all([
    databaseAnswers(),
    speechStatus(),
    Promise.resolve(mediaTools()).catch(() => ({ problem: "ffmpeg was not found" })),
  ]);
  const { storageEngine, jobEngine } = env();
  return { ok: database, database, storage: storageEngine, jobs: jobEngine, speech, media };
}
