import { describe, expect, it } from "vitest";
import { initialStages } from "@/lib/jobs/progress";
import type { JobView } from "@/lib/jobs/schema";
import type { VideoView } from "@/lib/videos/schema";
import { jobPageKey } from "./use-jobs";
import { isMoving, videoPageKey } from "./use-videos";

describe("addresses of list pages", () => {
  it("leaves out what isn't asked for and encodes what is", () => {
    expect(videoPageKey({ q: "  ", status: null }, 0, null)).toBe("/api/v1/videos");
    expect(videoPageKey({ q: " 강의 & co ", status: "ready" }, 0, null)).toBe(
      "/api/v1/videos?q=%EA%B0%95%EC%9D%98+%26+co&status=ready",
    );
    expect(jobPageKey("failed", 0, null)).toBe("/api/v1/jobs?status=failed");
  });

  it("goes on from the cursor and ends where there is none", () => {
    const filter = { q: "", status: null };
    expect(videoPageKey(filter, 1, { videos: [], nextCursor: "c" })).toBe(
      "/api/v1/videos?cursor=c",
    );
    expect(videoPageKey(filter, 1, { videos: [], nextCursor: null })).toBeNull();
    expect(jobPageKey(null, 2, { jobs: [], nextCursor: "c" })).toBe("/api/v1/jobs?cursor=c");
    expect(jobPageKey(null, 2, { jobs: [], nextCursor: null })).toBeNull();
  });
});

describe("isMoving", () => {
  const video = (change: Partial<VideoView>): VideoView => ({
    id: "v",
    title: "t",
    fileName: "t.mp4",
    status: "ready",
    sizeBytes: 1,
    durationMs: 1,
    width: 1,
    height: 1,
    fps: 1,
    container: null,
    videoCodec: null,
    audioCodec: null,
    errorCode: null,
    createdAt: "2026-01-01T00:00:00Z",
    mediaDeletedAt: null,
    expiresAt: null,
    thumbnailUrl: null,
    peaksUrl: null,
    playUrl: null,
    downloadUrl: null,
    previewPending: false,
    upload: null,
    job: null,
    tracks: [],
    ...change,
  });
  const job = (status: JobView["status"]): JobView => ({
    id: "j",
    videoId: "v",
    videoTitle: "t",
    status,
    progress: 0,
    language: "auto",
    detectedLanguage: null,
    attempt: 1,
    stages: initialStages(),
    errorCode: null,
    failedStage: null,
    speechEngine: null,
    speechModel: null,
    tracks: [],
    credits: { held: 0, captured: 0, released: 0 },
    seq: 0,
    cancelRequested: false,
    createdAt: "2026-01-01T00:00:00Z",
    startedAt: null,
    endedAt: null,
  });

  it.each([
    [{}, false],
    [{ status: "uploading" }, true],
    [{ status: "preparing" }, true],
    [{ status: "failed" }, false],
    [{ previewPending: true }, true],
    [{ job: job("pending") }, true],
    [{ job: job("processing") }, true],
    [{ job: job("completed") }, false],
    [{ job: job("failed") }, false],
    [{ job: job("cancelled") }, false],
  ] as [Partial<VideoView>, boolean][])("%j: %s", (change, moving) => {
    expect(isMoving(video(change))).toBe(moving);
  });
});
