import "server-only";
import { AppError } from "@/lib/errors";
import { keepSpeakerNames, keepSpeakers } from "@/lib/speakers/service";
import { speakerEngine } from "@/lib/speech/diarization";
import type { SpeakerTurn } from "@/lib/speech/diarization/types";
import type { Cue } from "@/lib/subtitles/model";
import { trackSource } from "@/lib/tracks/service";
import { type Tx, transaction } from "@/lib/transaction";
import { localCopy, withWorkFolder } from "@/lib/videos/files";
import { derivativeKey } from "@/lib/videos/keys";
import { getOwnVideo } from "@/lib/videos/service";
import type { LockedJob } from "../repo";
import { addSpeed } from "../speed-repo";
import { readChunks, type SpeechSpan } from "./chunk-repo";
import { lockLive, noteStage, progressReporter, reportStage } from "./progress";
import { readSpeakers, storeSpeakers } from "./speakers-repo";
import type { StepCall } from "./steps";

/**
 * Finds who speaks when, once a job: a second call, and another attempt, keep what was found. Does
 * nothing where it wasn't asked for.
 * @throws {AppError} speakers_failed, which may pass; speakers_unavailable; and what a service
 *   refuses. The job goes on without speakers: whoever calls decides when, and says so.
 */
export async function findJobSpeakers(call: StepCall): Promise<void> {
  const job = await transaction((tx) => lockLive(tx, call));
  if (job.settings.speakers === "off") return;
  if (!(await readSpeakers(job.id))) {
    await reportStage(call, { stage: "speakers", status: "running", progress: 0 });
    const { audioMs, workMs, ...found } = await diarize(call, job);
    await transaction(async (tx) => {
      const { id } = await lockLive(tx, call);
      await storeSpeakers(tx, id, found);
      const { engine, model } = found;
      if (audioMs > 0) await addSpeed(tx, { work: "speakers", engine, model, audioMs, workMs });
    });
  }
  await transaction(async (tx) =>
    noteStage(tx, await lockLive(tx, call), {
      ...{ stage: "speakers", status: "completed", progress: 100 },
    }),
  );
}

/** The turns found for a job; none where nobody looked, or it could not be told. */
export async function jobTurns(jobId: string): Promise<SpeakerTurn[]> {
  return (await readSpeakers(jobId))?.turns ?? [];
}

/**
 * Gets ready to keep the speakers found for a job: what it answers does so, within the transaction
 * that stores the track, and gives the cues their keys instead of the turns' numbers and of names
 * that came with a text. Who was known in the track that these cues replace stays the same person.
 */
export async function speakerKeeper<Made extends { language: string; cues: Cue[] }>(
  job: LockedJob,
  made: Made,
): Promise<(tx: Tx) => Promise<Made>> {
  const turns = await jobTurns(job.id);
  const heard = new Set(turns.map(({ speaker }) => speaker));
  const names = made.cues
    .flatMap(({ speaker }) => speaker ?? [])
    .filter((name) => !heard.has(name));
  if (turns.length === 0 && names.length === 0) return async () => made;
  const { ownerId, videoId, id: jobId } = job;
  const { tracks } = await getOwnVideo({ ownerId, videoId });
  const before = tracks.find((track) => track.language === made.language);
  const known = before ? (await trackSource({ ownerId, trackId: before.id })).cues : [];
  return async (tx) => {
    const keys = await keepSpeakers(tx, { videoId, jobId, turns, known });
    const named = await keepSpeakerNames(tx, { videoId, names });
    return withKeys(made, new Map([...named, ...keys]));
  };
}

function withKeys<Made extends { cues: Cue[] }>(made: Made, keys: ReadonlyMap<string, string>) {
  const keyed = <Spoken extends { speaker?: string }>(spoken: Spoken): Spoken => {
    const speaker = spoken.speaker === undefined ? undefined : keys.get(spoken.speaker);
    return speaker === undefined ? spoken : { ...spoken, speaker };
  };
  const cues = made.cues.map((cue) => ({
    ...keyed(cue),
    ...(cue.words && { words: cue.words.map(keyed) }),
  }));
  return { ...made, cues };
}

async function diarize(call: StepCall, job: LockedJob) {
  const { signal } = call;
  const { speakers, speakerCount } = job.settings;
  if (speakers === "off") throw new AppError("internal", { detail: "speakers weren't asked for" });
  const engine = speakerEngine(speakers);
  const { sourceKey, durationMs } = await getOwnVideo(job);
  const speech = joined((await readChunks(job.id)).flatMap((chunk) => chunk.speech));
  const { id, model } = engine;
  if (speech.length === 0) return { engine: id, model, turns: [], audioMs: 0, workMs: 0 };
  const begunMs = performance.now();
  const reporter = progressReporter(call, { stage: "speakers", from: 0, to: 99 });
  const turns = await withWorkFolder(async (folder) => {
    const copy = (key: string) => localCopy({ key, folder, ...(signal && { signal }) });
    return engine.diarize({
      path: await copy(derivativeKey(sourceKey, "audio.wav")),
      originalPath: await copy(sourceKey),
      durationMs: durationMs ?? 0,
      speech,
      ...(speakerCount !== undefined && { speakers: speakerCount }),
      onProgress: reporter.onProgress,
      ...(signal && { signal }),
    });
  });
  await reporter.flush();
  const workMs = Math.round(performance.now() - begunMs);
  return { engine: id, model, turns, audioMs: durationMs ?? 0, workMs };
}

/** A stretch that was cut for recognition stands in both chunks. */
function joined(speech: readonly SpeechSpan[]): SpeechSpan[] {
  const spans: SpeechSpan[] = [];
  for (const { startMs, endMs } of speech.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = spans.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else spans.push({ startMs, endMs });
  }
  return spans;
}
