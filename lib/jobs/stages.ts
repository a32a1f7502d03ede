/** All stages in their order; a job has those that it needs, see `stagesOf`. */
export const jobStages = [
  "upload",
  "audio",
  "recognition",
  "speakers",
  "saving",
  "translation",
] as const;
export type JobStageName = (typeof jobStages)[number];
export type StageStatus = "pending" | "running" | "completed" | "failed";
