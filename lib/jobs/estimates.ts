import type { JobOptions } from "./options";
import { type JobPlan, stagesOf } from "./progress";
import type { JobStageName } from "./stages";

/** Work whose speed is measured. */
export type MeasuredWork = "audio" | "recognition" | "speakers" | "translation";

/** How fast an engine has worked here lately: ms of work over ms of audio, old ones fading. */
export interface MeasuredSpeed {
  work: string;
  engine: string;
  model: string;
  audioMs: number;
  workMs: number;
}

/** What is known of a job, or of one that may be ordered. */
export interface EstimatedJob extends JobPlan {
  options: Pick<JobOptions, "speakers" | "targets" | "quality">;
  /** Length of the video in ms; null: not known. */
  durationMs: number | null;
  /** How much of it is speech, in ms; null: not looked for yet. */
  speechMs: number | null;
  /** The engine that recognises; undefined: whichever. */
  recogniser: { engine: string; model: string } | undefined;
}

/** Recognition of another quality is another speed. */
export function speedModel(model: string, quality: JobOptions["quality"]): string {
  return quality === "standard" ? model : `${model} ${quality}`;
}

/** What saving takes at most, in ms; cues of three hours are cut in less. */
const savingMs = 1_000;

/** How long each stage takes by measured speed, in ms; null where nothing was measured. */
export function stageEstimates(
  job: EstimatedJob,
  speeds: readonly MeasuredSpeed[],
): Map<JobStageName, number | null> {
  return new Map(stagesOf(job).map((stage) => [stage, stageEstimate(stage, job, speeds)]));
}

function stageEstimate(
  stage: JobStageName,
  job: EstimatedJob,
  speeds: readonly MeasuredSpeed[],
): number | null {
  const { durationMs, speechMs, options } = job;
  if (stage === "upload") return 0;
  if (stage === "saving") return savingMs;
  if (durationMs === null) return null;
  const rate = workPerAudio(stage, job, speeds);
  if (rate === undefined) return null;
  const audioMs = {
    audio: durationMs,
    recognition: speechMs ?? durationMs,
    speakers: durationMs,
    translation: durationMs * options.targets.length,
  }[stage];
  return Math.round(audioMs * rate);
}

/** ms of work for each ms of audio; undefined: never measured. */
function workPerAudio(
  work: MeasuredWork,
  { recogniser, options }: EstimatedJob,
  speeds: readonly MeasuredSpeed[],
): number | undefined {
  const fitting = speeds.filter((speed) => {
    if (speed.work !== work) return false;
    if (work === "speakers") return speed.engine === options.speakers;
    if (work !== "recognition" || !recogniser) return true;
    const model = speedModel(recogniser.model, options.quality);
    return speed.engine === recogniser.engine && speed.model === model;
  });
  const sum = (part: "audioMs" | "workMs") => fitting.reduce((all, speed) => all + speed[part], 0);
  const audioMs = sum("audioMs");
  return audioMs > 0 ? sum("workMs") / audioMs : undefined;
}

/** All stages together; null while one of them is unknown. */
export function wholeEstimate(stages: Iterable<number | null>): number | null {
  let whole = 0;
  for (const estimateMs of stages) {
    if (estimateMs === null) return null;
    whole += estimateMs;
  }
  return whole;
}

/**
 * How long something was at work, in ms: pieces that ran side by side count once, and pauses
 * between them (a crash, a turn waited for) don't count.
 */
export function busyMs(pieces: readonly { endMs: number; workMs: number }[]): number {
  const spans = pieces
    .map(({ endMs, workMs }) => ({ startMs: endMs - workMs, endMs }))
    .sort((one, other) => one.startMs - other.startMs);
  let busy = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of spans) {
    busy += Math.max(0, endMs - Math.max(startMs, untilMs));
    untilMs = Math.max(untilMs, endMs);
  }
  return busy;
}
