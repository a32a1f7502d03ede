import { describe, expect, it } from "vitest";
import type { JobView } from "@/lib/jobs/schema";
import type { VideoTrack, VideoView } from "@/lib/videos/schema";
import { videoState } from "./video-state";

const job = (status: JobView["status"]) => ({ status }) as JobView;
const video = (change: Partial<VideoView>) =>
  ({ status: "ready", mediaDeletedAt: null, job: null, tracks: [], ...change }) as VideoView;
const mediaDeletedAt = "2026-01-01T00:00:00.000Z";
const track: VideoTrack = {
  id: "t",
  language: "ko",
  sourceTrackId: null,
  updatedAt: "2026-01-01T00:00:00.000Z",
};

describe("videoState", () => {
  it.each([
    [video({ status: "uploading" }), "uploading"],
    [video({ status: "preparing" }), "preparing"],
    [video({ status: "preparing", job: job("pending") }), "running"],
    [video({ status: "failed", job: job("failed") }), "unusable"],
    [video({}), "bare"],
    [video({ job: job("pending") }), "running"],
    [video({ job: job("processing") }), "running"],
    [video({ job: job("failed") }), "failed"],
    [video({ job: job("cancelled") }), "cancelled"],
    [video({ job: job("completed"), tracks: [track] }), "ready"],
    [video({ job: job("completed") }), "ready"],
    [video({ job: job("processing"), tracks: [track] }), "ready"],
    [video({ mediaDeletedAt, job: job("completed"), tracks: [track] }), "ready"],
    [video({ mediaDeletedAt, job: job("cancelled") }), "fileless"],
    [video({ mediaDeletedAt, job: job("failed") }), "fileless"],
    [video({ mediaDeletedAt }), "fileless"],
  ] as [VideoView, string][])("%j is %s", (view, state) => {
    expect(videoState(view)).toBe(state);
  });

  it("believes a fresher view of the job", () => {
    expect(videoState(video({ job: job("processing") }), job("failed"))).toBe("failed");
  });
});
