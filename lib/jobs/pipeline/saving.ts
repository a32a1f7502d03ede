import "server-only";
import { newId } from "@/lib/ids";
import { cleanSpeech } from "@/lib/speech/clean";
import type { Cue } from "@/lib/subtitles/model";
import { cuesFromWords } from "@/lib/subtitles/segmentation";
import { saveTrack } from "@/lib/tracks/service";
import { transaction } from "@/lib/transaction";
import { getOwnVideo } from "@/lib/videos/service";
import { settleLocked } from "../settle";
import { readChunks } from "./chunk-repo";
import { lockLive, noteStage, reportStage } from "./progress";
import type { StepCall } from "./steps";

/** Language of a track in whose video nobody speaks and none was asked for: "undetermined". */
const undetermined = "und";

/**
 * Makes cues of what was recognised and ends the job: track, stages, the job's end and what it is
 * charged are stored together or not at all.
 */
export async function saveJobTrack(call: StepCall): Promise<{ trackId: string; cues: number }> {
  await reportStage(call, { stage: "recognition", status: "completed", progress: 100 });
  await reportStage(call, { stage: "saving", status: "running", progress: 0 });
  const made = await makeCues(call);
  return transaction(async (tx) => {
    const job = await lockLive(tx, call);
    const { ownerId, videoId } = job;
    const { cues, language } = made;
    const saved = { ownerId, videoId, jobId: job.id, language, cues };
    const { trackId } = await saveTrack(tx, saved);
    await noteStage(tx, job, { stage: "saving", status: "completed", progress: 100 });
    await settleLocked(tx, job, {
      status: "completed",
      tracks: [{ id: trackId, language }],
      captured: cues.length > 0 ? ["transcribe"] : [],
    });
    return { trackId, cues: cues.length };
  });
}

/** Words to cues: before the transaction, because a long video takes a moment. */
async function makeCues(call: StepCall): Promise<{ cues: Cue[]; language: string }> {
  const job = await transaction((tx) => lockLive(tx, call));
  const video = await getOwnVideo({ ownerId: job.ownerId, videoId: job.videoId });
  const asked = job.language === "auto" ? job.detectedLanguage : job.language;
  const language = asked ?? undetermined;
  const { words } = cleanSpeech(await readChunks(call.jobId));
  const fps = video.fps ? { fps: video.fps } : {};
  return { cues: cuesFromWords({ words, language, makeId: () => newId(), ...fps }), language };
}
