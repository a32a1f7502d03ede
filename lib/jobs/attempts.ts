import { overallProgress } from "./progress";
import type { JobKind } from "./schema";
import type { JobStageName, StageStatus } from "./stages";
import type { JobStatus } from "./statuses";

interface JobState {
  stages: readonly { stage: string; status: StageStatus; progress: number }[];
  translations: readonly { language: string; status: StageStatus }[];
  /** Of a complete job: which languages; undefined: none. */
  asked?: readonly string[] | undefined;
}

export interface Attempt {
  /** It has something left to recognise. */
  needsFiles: boolean;
  /** What it translates into. */
  languages: string[];
  /** 0-99: where the whole stands as it begins. */
  progress: number;
}

/**
 * What another attempt at a job has left to do; undefined: nothing, or the job is under way. A job
 * that failed or was cancelled goes on with everything unfinished; of a complete one, failed
 * languages can be tried again.
 */
export function attemptOf(
  job: { kind: JobKind; status: JobStatus },
  state: JobState,
): Attempt | undefined {
  const { stages, translations, asked = [] } = state;
  if (job.status === "pending" || job.status === "processing") return undefined;
  const complete = job.status === "completed";
  const languages = translations
    .filter(({ status }) => (complete ? status === "failed" : status !== "completed"))
    .map(({ language }) => language)
    .filter((language) => !complete || asked.includes(language));
  if (complete && languages.length === 0) return undefined;
  return { needsFiles: !hasSource(job.kind, stages), languages, progress: progressAtStart(state) };
}

/** Whether the subtitles in the spoken language are there: stored, or a track to translate. */
export function hasSource(
  kind: JobKind,
  stages: readonly { stage: string; status: StageStatus }[],
): boolean {
  if (kind === "translate") return true;
  return stages.some(({ stage, status }) => stage === "saving" && status === "completed");
}

/** Translation begins anew; the rest keeps what it has. */
function progressAtStart({ stages }: JobState): number {
  return overallProgress(
    stages.map(({ stage, status, progress }) => ({
      stage: stage as JobStageName,
      progress: stage === "translation" && status !== "completed" ? 0 : progress,
    })),
  );
}
