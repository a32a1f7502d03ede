"use client";

import { useCallback, useEffect, useState } from "react";
import type { JobView } from "@/lib/jobs/schema";
import type { ApiError } from "./api";
import { followJob } from "./job-stream";

interface FollowedJob {
  jobId: string | null;
  job: JobView | undefined;
  error: ApiError | undefined;
}

/**
 * One job, live. The stream ends with the effect: also when the page is hidden by a navigation
 * (React keeps such pages) and when the job ends. `restart` follows it anew, e.g. after a retry.
 */
export function useJob(jobId: string | null) {
  const [followed, setFollowed] = useState<FollowedJob>({
    jobId,
    job: undefined,
    error: undefined,
  });
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens a new stream
  useEffect(() => {
    if (jobId === null) return;
    return followJob({
      jobId,
      onView: (job) => setFollowed({ jobId, job, error: undefined }),
      onError: (error) => setFollowed((before) => ({ ...before, jobId, error })),
    });
  }, [jobId, round]);

  const restart = useCallback(() => {
    setFollowed((before) => ({ ...before, error: undefined }));
    setRound((before) => before + 1);
  }, []);
  const current = followed.jobId === jobId ? followed : undefined;
  return { job: current?.job, error: current?.error, restart };
}
