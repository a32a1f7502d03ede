import { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import { speechLanguageChoice } from "@/lib/speech/schema";
import { cleanLine } from "@/lib/text";

/** Where a job stands; the last three are final. */
export type JobStatus = "pending" | "processing" | "completed" | "failed" | "cancelled";
export const finalStatuses: readonly JobStatus[] = ["completed", "failed", "cancelled"];

/** The stages of a job in their order. */
export const jobStages = ["upload", "audio", "recognition", "saving"] as const;
export type JobStageName = (typeof jobStages)[number];
export type StageStatus = "pending" | "running" | "completed" | "failed";

export interface StageView {
  stage: JobStageName;
  status: StageStatus;
  /** 0-100, whole, never falls. */
  progress: number;
  /** ISO 8601. */
  startedAt: string | null;
  endedAt: string | null;
}

/** Credits of a job, all its attempts together. */
export type JobCredits = {
  /** Set aside while it runs. */
  held: number;
  /** Taken for what it finished. */
  captured: number;
  /** Given back. */
  released: number;
};
export const noCredits: JobCredits = { held: 0, captured: 0, released: 0 };

/** The most that the person agreed to pay, in whole credits: the total they saw. */
export const maxCredits = z.number().int().min(0).max(1_000_000);

export interface JobView {
  id: string;
  videoId: string;
  videoTitle: string;
  status: JobStatus;
  /** 0-100, whole, never falls within an attempt; 100 only when everything is stored. */
  progress: number;
  /** "auto" or a language code, as asked for. */
  language: string;
  detectedLanguage: string | null;
  attempt: number;
  stages: StageView[];
  errorCode: ErrorCode | null;
  failedStage: JobStageName | null;
  speechEngine: string | null;
  speechModel: string | null;
  tracks: { id: string; language: string }[];
  credits: JobCredits;
  /** Number of the newest event this view includes. */
  seq: number;
  cancelRequested: boolean;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** One thing that happened to a job, as the live stream sends it. */
export type JobEventData =
  | {
      kind: "status";
      status: JobStatus;
      progress: number;
      errorCode?: ErrorCode;
      failedStage?: JobStageName;
      tracks?: { id: string; language: string }[];
      /** Where they have moved. */
      credits?: JobCredits;
    }
  | {
      kind: "stage";
      stage: JobStageName;
      status: StageStatus;
      stageProgress: number;
      progress: number;
    }
  | { kind: "language"; language: string };

export type JobEventView = JobEventData & { seq: number; at: string };

export const createJobInput = z.object({
  videoId: z.uuid(),
  language: speechLanguageChoice.default("auto"),
  /** Made by the caller; the same key again answers the first job instead of making a second. */
  idempotencyKey: cleanLine(8, 100),
  /** A higher price is refused as `price_changed`; left out: any price. */
  maxCredits: maxCredits.optional(),
});
export type CreateJobInput = z.infer<typeof createJobInput>;

export const retryJobInput = z.object({ maxCredits: maxCredits.optional() });

export const listJobsQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  status: z.enum(["pending", "processing", "completed", "failed", "cancelled"]).optional(),
});
export type ListJobsQuery = z.infer<typeof listJobsQuery>;
