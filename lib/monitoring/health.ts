import "server-only";
import { lastLedgerCheck } from "@/lib/credits/ledger-check";
import { env } from "@/lib/env";
import { mediaTools } from "@/lib/media";
import type { MediaTool, MediaTools } from "@/lib/media/schema";
import { speechStatus } from "@/lib/speech";
import { hasExactPreview } from "./exact-preview";
import { databaseAnswers } from "./repo";

export interface Health {
  /** The product can serve: what follows may still lack a part, and says so. */
  ok: boolean;
  database: boolean;
  storage: "local" | "vercel-blob";
  jobs: "local" | "inngest";
  speech: Awaited<ReturnType<typeof speechStatus>>;
  media: Record<keyof MediaTools, ToolHealth> | { problem: string };
  /** The files of libass for browsers are there: without them there is no exact preview. */
  exactPreview: boolean;
  /** Whether the credits added up when that was last checked; null: not yet, or nobody knows. */
  ledger: { ok: boolean; at: string } | null;
}

/** Anybody may read it: neither where a tool lies nor its version. */
type ToolHealth = Pick<MediaTool, "origin" | "outdated">;

/** How the product and what it leans on are doing; holds nothing secret. */
export async function checkHealth(): Promise<Health> {
  const [database, speech, media, exactPreview, ledger] = await Promise.all([
    databaseAnswers(),
    speechStatus(),
    mediaHealth().catch(() => ({ problem: "ffmpeg was not found" })),
    hasExactPreview(),
    lastLedgerCheck().catch(() => null),
  ]);
  const { storageEngine, jobEngine } = env();
  const engines = { storage: storageEngine, jobs: jobEngine };
  return { ok: database, database, ...engines, speech, media, exactPreview, ledger };
}

async function mediaHealth(): Promise<Record<keyof MediaTools, ToolHealth>> {
  const { ffmpeg, ffprobe } = await mediaTools();
  const shown = ({ origin, outdated }: MediaTool) => ({ origin, outdated });
  return { ffmpeg: shown(ffmpeg), ffprobe: shown(ffprobe) };
}
