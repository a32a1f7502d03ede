import "server-only";
import { captureForJob, creditsOfJob, linesOfJob } from "@/lib/credits/job-credits";
import { saveTrack } from "@/lib/tracks/service";
import { type Tx, transaction } from "@/lib/transaction";
import { lockForEnd } from "@/lib/videos/retention";
import { getOwnVideo } from "@/lib/videos/service";
import { appendEvent, type LockedJob, updateJob } from "../repo";
import { endIfDone } from "../settle";
import { dropNeedless } from "./needless";
import { lockLive, noteStage, reportStage } from "./progress";
import { type MadeCues, makeSourceCues } from "./source-cues";
import { speakerKeeper } from "./speakers";
import { noteRecognitionSpeed } from "./speeds";
import type { StepCall } from "./steps";

/**
 * Makes cues of what was recognised and stores them: track, stage and what they cost together or
 * not at all; and the job's end where nothing is to be translated.
 */
export async function saveJobTrack(
  call: StepCall,
): Promise<{ trackId: string; cues: number; ended: boolean }> {
  await reportStage(call, { stage: "recognition", status: "completed", progress: 100 });
  await reportStage(call, { stage: "saving", status: "running", progress: 0 });
  const before = await transaction((tx) => lockLive(tx, call));
  // Before the transaction, because a long video takes a moment.
  const made = await makeSourceCues(before, await getOwnVideo(before));
  const withSpeakers = await speakerKeeper(before, made);
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const { ownerId, videoId } = job;
    await lockForEnd(tx, videoId);
    await noteRecognitionSpeed(tx, job);
    const named = await withSpeakers(tx);
    const { trackId } = await saveTrack(tx, { ownerId, videoId, jobId: job.id, ...named });
    // Repeated late, it must not unpin the revision that is being translated by now.
    if (job.sourceTrackId !== trackId) {
      await updateJob(tx, job.id, { sourceTrackId: trackId, sourceRevision: null });
    }
    const ended = await chargeSource(tx, job, made, trackId);
    return { trackId, cues: made.cues.length, ended };
  });
}

/**
 * Takes what the subtitles cost; a video in which nobody speaks is looked at for nothing. Answers
 * whether that was the end of the job.
 */
async function chargeSource(
  tx: Tx,
  job: LockedJob,
  { cues, language }: MadeCues,
  trackId: string,
): Promise<boolean> {
  const of = { jobId: job.id, attempt: job.attempt };
  const spoken = cues.length > 0;
  if (spoken) await captureForJob(tx, { ...of, component: "transcribe" });
  await noteStage(tx, job, { stage: "saving", status: "completed", progress: 100 });
  await dropNeedless(tx, job, spoken ? language : undefined);
  if (await endIfDone(tx, job, spoken ? "unused" : "no_speech")) return true;
  const track = { id: trackId, language };
  const credits = await creditsOfJob(tx, job.id);
  await appendEvent(tx, job.id, {
    kind: "track",
    track,
    credits,
    lines: await linesOfJob(tx, job.id),
  });
  return false;
}
