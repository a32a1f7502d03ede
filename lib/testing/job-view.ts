import { plainOptions } from "@/lib/jobs/plain-options";
import { initialStages } from "@/lib/jobs/progress";
import type { JobView } from "@/lib/jobs/schema";

/** A job that has just been ordered, changed as a test needs it. */
export function makeJobView(change: Partial<JobView> = {}): JobView {
  return {
    id: "j",
    videoId: "v",
    videoTitle: "t",
    kind: "caption",
    status: "pending",
    progress: 0,
    language: "auto",
    detectedLanguage: null,
    languagePlan: null,
    options: plainOptions,
    sourceTrackId: null,
    transcriptId: null,
    attempt: 1,
    stages: initialStages(),
    languages: [],
    errorCode: null,
    remedy: null,
    failedStage: null,
    speechEngine: null,
    speechModel: null,
    tracks: [],
    credits: { held: 0, captured: 0, released: 0 },
    lines: [],
    estimateMs: null,
    seq: 0,
    cancelRequested: false,
    createdAt: "2026-01-01T00:00:00Z",
    startedAt: null,
    endedAt: null,
    ...change,
  };
}
