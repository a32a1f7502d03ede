import {
  finalStatuses,
  type JobEventView,
  type JobStageName,
  type JobView,
  jobStages,
  type StageView,
} from "./schema";

/**
 * Share of each stage in the whole, in percent: measured on two cores, where recognition takes
 * about nine tenths of the time. The upload is over before a job exists.
 */
const stageWeights: Record<JobStageName, number> = {
  upload: 0,
  audio: 10,
  recognition: 85,
  saving: 5,
};

type StageProgress = Pick<StageView, "stage" | "progress">;

/** 0-99 from the stages; 100 is kept for a job whose result is stored. */
export function overallProgress(stages: readonly StageProgress[]): number {
  const done = stages.reduce(
    (sum, { stage, progress }) => sum + (stageWeights[stage] * progress) / 100,
    0,
  );
  return Math.min(99, Math.floor(done));
}

/** Every stage of a new job: the upload is done, the rest waits. */
export function initialStages(): StageView[] {
  return jobStages.map((stage) => ({
    stage,
    status: stage === "upload" ? "completed" : "pending",
    progress: stage === "upload" ? 100 : 0,
    startedAt: null,
    endedAt: null,
  }));
}

/** The view after one more event. Events already included, and late ones, change nothing. */
export function applyJobEvent(view: JobView, event: JobEventView): JobView {
  if (event.seq <= view.seq) return view;
  const next = { ...view, seq: event.seq };
  switch (event.kind) {
    case "status":
      return {
        ...next,
        status: event.status,
        progress: event.progress,
        errorCode: event.errorCode ?? null,
        failedStage: event.failedStage ?? null,
        tracks: event.tracks ?? next.tracks,
        credits: event.credits ?? next.credits,
        startedAt: next.startedAt ?? (event.status === "processing" ? event.at : null),
        endedAt: finalStatuses.includes(event.status) ? event.at : null,
      };
    case "stage":
      return {
        ...next,
        progress: Math.max(next.progress, event.progress),
        stages: next.stages.map((stage) =>
          stage.stage === event.stage ? advance(stage, event) : stage,
        ),
      };
    case "language":
      return { ...next, detectedLanguage: event.language };
  }
}

function advance(stage: StageView, event: Extract<JobEventView, { kind: "stage" }>): StageView {
  const ended = event.status === "completed" || event.status === "failed";
  return {
    ...stage,
    status: event.status,
    progress: Math.max(stage.progress, event.stageProgress),
    startedAt: stage.startedAt ?? event.at,
    endedAt: ended ? event.at : null,
  };
}

/**
 * Milliseconds until the end at the speed so far, or undefined while there is too little to go by
 * (under 5 s or under 3 %).
 */
export function msLeft(
  view: Pick<JobView, "progress" | "startedAt">,
  nowMs: number,
): number | undefined {
  if (!view.startedAt || view.progress < 3) return undefined;
  const elapsedMs = nowMs - Date.parse(view.startedAt);
  if (elapsedMs < 5_000) return undefined;
  return Math.round((elapsedMs / view.progress) * (100 - view.progress));
}
