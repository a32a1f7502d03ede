import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { Cue } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";
import { sendEdits } from "@/lib/tracks/sending";
import { saveTrack } from "@/lib/tracks/service";
import { transaction } from "@/lib/transaction";

/** A finished job, for what jobs make. */
export async function makeJob(options: { ownerId: string; videoId: string }): Promise<string> {
  const id = newId();
  await db().job.create({
    data: { ...options, id, status: "completed", language: "ko", idempotencyKey: id },
  });
  return id;
}

/** A cue of a second and a half. */
export function makeCue(id: string, startMs: number, text: string, more: Partial<Cue> = {}): Cue {
  return { id, startMs, endMs: startMs + 1_500, text, ...more };
}

/** A track as a new job stores it. */
export async function makeTrack(options: {
  ownerId: string;
  videoId: string;
  cues: readonly Cue[];
  language?: string;
  sourceTrackId?: string;
  evidence?: TrackEvidence;
  report?: QualityReport;
}): Promise<{ trackId: string; version: number; jobId: string }> {
  const { ownerId, videoId, language = "ko" } = options;
  const jobId = await makeJob({ ownerId, videoId });
  const saved = await transaction((tx) => saveTrack(tx, { ...options, jobId, language }));
  return { ...saved, jobId };
}

/** One edit as an editor sends it; answers the track's revision with it. */
export async function editTrack(options: {
  actorId: string;
  trackId: string;
  baseRevision: number;
  operation: EditOperation;
}): Promise<number> {
  const { actorId, trackId, baseRevision, operation } = options;
  const edit = { clientOpId: newId(), groupId: newId(), operation };
  const input = { baseRevision, edits: [edit] };
  const { revision, outcomes } = await sendEdits({ actorId, trackId, input });
  if (outcomes[0]?.status !== "stored") throw new Error(`not stored: ${outcomes[0]?.status}`);
  return revision;
}
