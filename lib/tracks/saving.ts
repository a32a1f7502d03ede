import "server-only";
import { newId } from "@/lib/ids";
import type { Cue } from "@/lib/subtitles/model";
import { inTrackOrder } from "@/lib/subtitles/operations";
import type { QualityReport, TrackEvidence } from "@/lib/subtitles/quality/types";
import type { RuleProfile } from "@/lib/subtitles/rules";
import type { SubtitleStyle } from "@/lib/subtitles/style/types";
import type { Tx } from "@/lib/transaction";
import { insertOperations } from "./log-repo";
import { notifyEdits, notifyTrack } from "./notify";
import { contentOf } from "./reading";
import { advanceTrack, insertSnapshot, lockTrackOf, styleOf, updateTrack } from "./repo";
import { findVersion, insertVersion, versionOfJob } from "./version-repo";

/** What a job has made of one language. */
export interface SavedTrack {
  ownerId: string;
  videoId: string;
  jobId: string;
  /** BCP 47. */
  language: string;
  cues: readonly Cue[];
  /** Of a translation: the track that it renders. */
  sourceTrackId?: string | undefined;
  profile?: RuleProfile | undefined;
  evidence?: TrackEvidence | undefined;
  report?: QualityReport | undefined;
}

/**
 * Stores what a job made, within the transaction that ends its part of the job: a new track, or a
 * new version of the language's track. What people had edited since the last version is kept as
 * one of its own. Called again for the same job and language it changes nothing.
 */
export async function saveTrack(
  tx: Tx,
  made: SavedTrack,
): Promise<{ trackId: string; version: number }> {
  const { ownerId, videoId, language, jobId, profile } = made;
  const track = await lockTrackOf(tx, { id: newId(), ownerId, videoId, language });
  const trackId = track.id;
  const stored = track.made ? undefined : await versionOfJob(tx, trackId, jobId);
  if (stored) return { trackId, version: stored.number };
  await updateTrack(tx, trackId, {
    sourceTrackId: made.sourceTrackId ?? null,
    ...(profile && { profile }),
  });
  const { evidence, report } = made;
  const details = {
    kind: "job" as const,
    jobId,
    ...(evidence && { evidence }),
    ...(report && { report }),
  };
  if (track.made) {
    await insertSnapshot(tx, trackId, 0, { cues: inTrackOrder(made.cues), style: null });
    await insertVersion(tx, { trackId, number: 1, revision: 0, ...details });
    return { trackId, version: 1 };
  }
  const { revision, number } = await replaceCues(tx, {
    trackId,
    revision: track.revision,
    cues: made.cues,
    actorId: ownerId,
    // No editor's id has a slash: none can take a job's beforehand.
    clientOpId: `job/${jobId}`,
  });
  await insertVersion(tx, { trackId, number, revision, ...details });
  return { trackId, version: number };
}

/**
 * Puts other cues in the place of all of a locked track's. What was there is kept as a version
 * where it isn't one. Answers the revision with the new cues and the number of their version,
 * which the caller makes.
 */
export async function replaceCues(
  tx: Tx,
  change: {
    trackId: string;
    /** The track's present one. */
    revision: number;
    cues: readonly Cue[];
    /** How the track is to look; left out: as it does. */
    style?: SubtitleStyle | null | undefined;
    /** Who asked for it. */
    actorId: string;
    clientOpId: string;
  },
): Promise<{ revision: number; number: number }> {
  const { trackId, cues, actorId, clientOpId } = change;
  const style = change.style === undefined ? await styleOf(tx, trackId) : change.style;
  const kept = await keepVersion(tx, trackId, change.revision, actorId);
  const revision = change.revision + 1;
  const number = kept.newest + 1;
  const operation = { kind: "replace" as const, version: number };
  const inverse = { kind: "replace" as const, version: kept.number };
  await insertOperations(tx, trackId, [
    { revision, baseRevision: change.revision, clientOpId, actorId, operation, inverse },
  ]);
  const { approvalEnded } = await advanceTrack(tx, trackId, { revision, actorId, style });
  await insertSnapshot(tx, trackId, revision, { cues: inTrackOrder(cues), style });
  await notifyEdits(tx, trackId);
  await notifyTrack(tx, trackId, "versions");
  if (approvalEnded) await notifyTrack(tx, trackId, "review");
  return { revision, number };
}

/**
 * The version of a locked track's present revision, made where there is none; and the newest
 * number.
 */
export async function keepVersion(
  tx: Tx,
  trackId: string,
  revision: number,
  actorId: string,
): Promise<{ number: number; newest: number }> {
  const newest = (await findVersion(tx, trackId))?.number ?? 0;
  const present = await findVersion(tx, trackId, { revision });
  if (present) return { number: present.number, newest };
  const number = newest + 1;
  await insertSnapshot(tx, trackId, revision, await contentOf(tx, trackId));
  await insertVersion(tx, { trackId, number, revision, kind: "kept", actorId });
  return { number, newest: number };
}
