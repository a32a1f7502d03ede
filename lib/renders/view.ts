import { isErrorCode } from "@/lib/errors";
import { renderKeptMs } from "./limits";
import { type RenderView, renderOptions } from "./schema";
import { isOpen } from "./statuses";

/** What is known of a render, as the database has it. */
export interface RenderFacts {
  id: string;
  videoId: string;
  trackId: string;
  track: { language: string };
  revision: number;
  status: RenderView["status"];
  options: unknown;
  progress: number;
  key: string | null;
  sizeBytes: bigint | null;
  sha256: string | null;
  errorCode: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** Before so many percent the speed is that of opening files. */
const leastProgress = 3;

/** As the browser shows it. Its file has a time of its own, whatever becomes of the video's. */
export function renderView(row: RenderFacts, nowMs: number): RenderView {
  const { id, videoId, trackId, track, revision, status, progress, sha256, errorCode } = row;
  const goneAtMs = row.endedAt ? row.endedAt.getTime() + renderKeptMs : null;
  const kept = row.key !== null && goneAtMs !== null && goneAtMs > nowMs;
  const options = renderOptions.safeParse(row.options);
  return {
    ...{ id, videoId, trackId, language: track.language, revision, status, progress, sha256 },
    options: options.success ? options.data : renderOptions.parse({}),
    msLeft: msLeftOf(row, nowMs),
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    errorCode: errorCode === null ? null : isErrorCode(errorCode) ? errorCode : "internal",
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    expiresAt: kept && goneAtMs !== null ? new Date(goneAtMs).toISOString() : null,
    fileUrl: kept && status === "completed" ? `/api/v1/renders/${id}/file` : null,
  };
}

function msLeftOf({ status, progress, startedAt }: RenderFacts, nowMs: number): number | null {
  if (!isOpen(status) || !startedAt || progress < leastProgress) return null;
  const tookMs = Math.max(0, nowMs - startedAt.getTime());
  return Math.round((tookMs * (100 - progress)) / progress);
}
