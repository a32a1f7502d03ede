import type { JobView } from "@/lib/jobs/schema";
import { finalStatuses } from "@/lib/jobs/statuses";
import type { VideoView } from "@/lib/videos/schema";

/**
 * What a person has to know about a video, in one word.
 * `running` covers a queued job; `ready` means that there are subtitles; `fileless` has neither
 * them nor a file to make them from.
 */
export type VideoState =
  | "uploading"
  | "preparing"
  | "unusable"
  | "running"
  | "ready"
  | "failed"
  | "cancelled"
  | "bare"
  | "fileless";

/** The state of a video with its newest job (`job`: a fresher view of it, when there is one). */
export function videoState(video: VideoView, job: JobView | null = video.job): VideoState {
  if (video.status === "failed") return "unusable";
  if (video.status === "uploading") return "uploading";
  if (video.tracks.length > 0) return "ready";
  if (video.mediaDeletedAt !== null) return "fileless";
  if (job?.status === "completed") return "ready";
  // A job may already wait while the video is being prepared; that it is being made says more.
  if (job && !finalStatuses.includes(job.status)) return "running";
  if (video.status === "preparing") return "preparing";
  if (job?.status === "failed") return "failed";
  if (job?.status === "cancelled") return "cancelled";
  return "bare";
}
