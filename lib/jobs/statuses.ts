/** Where a job stands; the last three are final. */
export const jobStatuses = ["pending", "processing", "completed", "failed", "cancelled"] as const;
export type JobStatus = (typeof jobStatuses)[number];
/** From these a job goes nowhere by itself. */
export const finalStatuses: readonly JobStatus[] = ["completed", "failed", "cancelled"];
