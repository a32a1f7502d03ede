import "server-only";
import { lastLedgerCheck } from "@/lib/credits/ledger-check";
import { env } from "@/lib/env";
import { mediaTools } from "@/lib/media";
import type { MediaTool, MediaTools } from "@/lib/media/schema";
import { speechStatus } from "@/lib/speech";
import { databaseAnswers } from "./repo";

export interface Health {
  /** The product can serve: what follows may still lack a part, and says so. */
  ok: boolean;
  database: boolean;
  storage: "local" | "vercel-blob";
  jobs: "local" | "inngest";
  speech: Awaited<ReturnType<typeof speechStatus>>;
  media: Record<keyof MediaTools, ToolHealth> | { problem: string };
  /** Whether the credits added up when that was last checked; null: not yet, or nobody knows. */
  ledger: { ok: boolean; at: string } | null;
}

/** Anybody may read it: neither where a tool lies nor its version. */
type ToolHealth = Pick<MediaTool, "origin" | "outdated">;

/** How the product and what it leans on are doing; holds nothing secret. */
export async function checkHealth(): Promise<Health> {
  const [database, speech, media, ledger] = await Promise.all([
    databaseAnswers(),
    speechStatus(),
    mediaHealth().catch(() => ({ problem: "ffmpeg was not found" })),
    lastLedgerCheck().catch(() => null),
  ]);
  const { storageEngine, jobEngine } = env();
  return { ok: database, database, storage: storageEngine, jobs: jobEngine, speech, media, ledger };
}

async function mediaHealth(): Promise<Record<keyof MediaTools, ToolHealth>> {
  const { ffmpeg, ffprobe } = await mediaTools();
  const shown = ({ origin, outdated }: MediaTool) => ({ origin, outdated });
  return { ffmpeg: shown(ffmpeg), ffprobe: shown(ffprobe) };
}
