import type { JobOptions } from "./options";
import { plainOptions } from "./plain-options";
import { remedyOf } from "./remedies";
import type { JobEventView, JobKind, JobLanguageView, JobView, StageView } from "./schema";
import { type JobStageName, jobStages } from "./stages";
import { finalStatuses } from "./statuses";

/**
 * Share of each stage in the whole where nothing has been measured yet: on two cores recognition
 * takes about nine tenths of the time. The upload is over before a job exists.
 */
const usualWeights: Record<JobStageName, number> = {
  upload: 0,
  audio: 10,
  recognition: 85,
  speakers: 20,
  saving: 5,
  translation: 40,
};

type StageProgress = Pick<StageView, "stage" | "progress"> & { estimateMs?: number | null };

/**
 * 0-99 from the stages, each weighing what it takes by measured speed where every one is known;
 * 100 is kept for a job whose result is stored.
 */
export function overallProgress(stages: readonly StageProgress[]): number {
  const measured = stages.every(({ estimateMs }) => typeof estimateMs === "number");
  const weight = ({ stage, estimateMs }: StageProgress) =>
    measured ? (estimateMs ?? 0) : usualWeights[stage];
  const all = stages.reduce((sum, stage) => sum + weight(stage), 0);
  if (all <= 0) return 0;
  const done = stages.reduce((sum, stage) => sum + weight(stage) * (stage.progress / 100), 0);
  return Math.min(99, Math.floor((100 * done) / all));
}

/** What a job does, as far as it decides about its stages. */
export interface JobPlan {
  kind: JobKind;
  options: Pick<JobOptions, "speakers" | "targets">;
}

/** The stages of a job in their order. */
export function stagesOf({ kind, options }: JobPlan): JobStageName[] {
  if (kind === "translate") return ["translation"];
  return jobStages.filter((stage) => {
    if (stage === "speakers") return options.speakers !== "off";
    return stage !== "translation" || options.targets.length > 0;
  });
}

/** Every stage of a new job: the upload is done, the rest waits. */
export function initialStages(
  plan: JobPlan = { kind: "caption", options: plainOptions },
): StageView[] {
  return stagesOf(plan).map((stage) => ({
    stage,
    status: stage === "upload" ? "completed" : "pending",
    progress: stage === "upload" ? 100 : 0,
    errorCode: null,
    estimateMs: null,
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
      return afterStatus(next, event);
    case "stage":
      return {
        ...next,
        progress: Math.max(next.progress, event.progress),
        stages: next.stages.map((stage) =>
          stage.stage === event.stage ? advance(stage, event) : stage,
        ),
      };
    case "language":
      return {
        ...next,
        detectedLanguage: event.language,
        languagePlan: event.plan ?? next.languagePlan,
      };
    case "translation":
      return afterTranslation(next, event);
    case "track":
      return {
        ...next,
        tracks: withTrack(next.tracks, event.track),
        credits: event.credits,
        lines: event.lines,
      };
  }
}

type EventOf<Kind extends JobEventView["kind"]> = Extract<JobEventView, { kind: Kind }>;

function afterStatus(view: JobView, event: EventOf<"status">): JobView {
  const stages = new Map(event.stages?.map((stage) => [stage.stage, stage]));
  const begun = event.status === "processing" ? event.at : null;
  return {
    ...view,
    status: event.status,
    progress: event.progress,
    errorCode: event.errorCode ?? null,
    remedy: event.errorCode ? remedyOf(event.errorCode) : null,
    failedStage: event.failedStage ?? null,
    tracks: event.tracks ?? view.tracks,
    credits: event.credits ?? view.credits,
    lines: event.lines ?? view.lines,
    languages: event.languages ?? view.languages,
    stages: view.stages.map((stage) => ({ ...stage, ...stages.get(stage.stage) })),
    startedAt: view.startedAt ?? begun,
    endedAt: finalStatuses.includes(event.status) ? event.at : null,
  };
}

function afterTranslation(view: JobView, event: EventOf<"translation">): JobView {
  const { language, trackId } = event;
  return {
    ...view,
    progress: Math.max(view.progress, event.progress),
    credits: event.credits ?? view.credits,
    lines: event.lines ?? view.lines,
    tracks: trackId ? withTrack(view.tracks, { id: trackId, language }) : view.tracks,
    languages: view.languages.flatMap((each) => {
      if (each.language !== language) return [each];
      return event.status === "skipped" ? [] : [advanceLanguage(each, event)];
    }),
  };
}

function advanceLanguage(view: JobLanguageView, event: EventOf<"translation">): JobLanguageView {
  if (event.status === "skipped") return view;
  const ended = event.status === "completed" || event.status === "failed";
  return {
    ...view,
    status: event.status,
    progress: Math.max(view.progress, event.languageProgress),
    errorCode: event.errorCode ?? null,
    retryAt: event.retryAt ?? null,
    trackId: event.trackId ?? view.trackId,
    startedAt: view.startedAt ?? event.at,
    endedAt: ended ? event.at : null,
  };
}

function withTrack(tracks: JobView["tracks"], track: JobView["tracks"][number]): JobView["tracks"] {
  return [...tracks.filter(({ id }) => id !== track.id), track];
}

function advance(stage: StageView, event: EventOf<"stage">): StageView {
  const ended = event.status === "completed" || event.status === "failed";
  return {
    ...stage,
    status: event.status,
    progress: Math.max(stage.progress, event.stageProgress),
    errorCode: event.errorCode ?? null,
    startedAt: stage.startedAt ?? event.at,
    endedAt: ended ? event.at : null,
  };
}

/** Whether a part of a language is waiting for another try. */
export function isTriedAgain({ status, errorCode }: JobLanguageView): boolean {
  return status === "running" && errorCode !== null;
}

/** How long parts of languages wait before they are tried again; undefined: nobody knows. */
function waitLeft(languages: readonly JobLanguageView[], nowMs: number): number | undefined {
  const waits = languages.filter(isTriedAgain).map(({ retryAt }) => retryAt);
  let longest = 0;
  for (const retryAt of waits) {
    if (retryAt === null) return undefined;
    longest = Math.max(longest, Date.parse(retryAt) - nowMs);
  }
  return longest;
}

interface JobPace extends Pick<JobView, "progress" | "startedAt"> {
  stages?: readonly StageView[];
  languages?: readonly JobLanguageView[];
}

/**
 * Milliseconds until the end, or undefined while there is too little to go by. Each stage counts
 * what it takes by measured speed, the running one by how it goes. Where nothing was measured, the
 * speed of the whole job so far (from 5 s and 3 % on). What waits for another try waits on top.
 */
export function msLeft(view: JobPace, nowMs: number): number | undefined {
  const waitMs = waitLeft(view.languages ?? [], nowMs);
  const workMs = waitMs === undefined ? undefined : workLeft(view, nowMs);
  return waitMs === undefined || workMs === undefined ? undefined : workMs + waitMs;
}

function workLeft(view: JobPace, nowMs: number): number | undefined {
  const byStages = view.startedAt ? stagesLeft(view.stages ?? [], nowMs) : undefined;
  if (byStages !== undefined) return byStages;
  if (!view.startedAt || view.progress < 3) return undefined;
  const elapsedMs = nowMs - Date.parse(view.startedAt);
  if (elapsedMs < 5_000) return undefined;
  return Math.round((elapsedMs / view.progress) * (100 - view.progress));
}

/** A stage is judged by how it goes itself from so many percent and ms on. */
const telling = { progress: 20, ms: 5_000 };

function stagesLeft(stages: readonly StageView[], nowMs: number): number | undefined {
  let left = 0;
  for (const { status, progress, estimateMs, startedAt } of stages) {
    if (status === "completed" || status === "failed") continue;
    const elapsedMs = status === "running" && startedAt ? nowMs - Date.parse(startedAt) : 0;
    if (progress >= telling.progress && elapsedMs >= telling.ms) {
      left += (elapsedMs / progress) * (100 - progress);
    } else if (estimateMs !== null) {
      left += estimateMs * (1 - progress / 100);
    } else {
      return undefined;
    }
  }
  return stages.length === 0 ? undefined : Math.round(left);
}
