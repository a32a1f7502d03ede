import { describe, expect, it } from "vitest";
import type { JobView } from "@/lib/jobs/schema";
import { makeJobView } from "@/lib/testing/job-view";
import type { VideoView } from "@/lib/videos/schema";
import { type JobFilter, jobPageKey } from "./use-jobs";
import { versionPageKey } from "./use-versions";
import { awaitsWaveform, isMoving, videoPageKey } from "./use-videos";

const allJobs: JobFilter = { status: null, q: "", from: null, to: null };

describe("addresses of list pages", () => {
  it("leaves out what isn't asked for and encodes what is", () => {
    expect(videoPageKey({ q: "  ", status: null }, 0, null)).toBe("/api/v1/videos");
    expect(videoPageKey({ q: " 강의 & co ", status: "ready" }, 0, null)).toBe(
      "/api/v1/videos?q=%EA%B0%95%EC%9D%98+%26+co&status=ready",
    );
    expect(jobPageKey({ ...allJobs, status: "failed" }, 0, null)).toBe(
      "/api/v1/jobs?status=failed",
    );
    const from = "2026-11-01T00:00:00+09:00";
    expect(jobPageKey({ ...allJobs, q: " 강의 ", from }, 0, null)).toBe(
      "/api/v1/jobs?q=%EA%B0%95%EC%9D%98&from=2026-11-01T00%3A00%3A00%2B09%3A00",
    );
  });

  it("goes on from the cursor and ends where there is none", () => {
    const filter = { q: "", status: null };
    expect(videoPageKey(filter, 1, { videos: [], nextCursor: "c" })).toBe(
      "/api/v1/videos?cursor=c",
    );
    expect(videoPageKey(filter, 1, { videos: [], nextCursor: null })).toBeNull();
    expect(jobPageKey(allJobs, 2, { jobs: [], nextCursor: "c" })).toBe("/api/v1/jobs?cursor=c");
    expect(jobPageKey(allJobs, 2, { jobs: [], nextCursor: null })).toBeNull();
    const versions = "/api/v1/tracks/t/versions";
    expect(versionPageKey("t", 0, null)).toBe(versions);
    expect(versionPageKey("t", 1, { versions: [], nextCursor: 51 })).toBe(`${versions}?cursor=51`);
    expect(versionPageKey("t", 1, { versions: [], nextCursor: null })).toBeNull();
  });
});

const video = (change: Partial<VideoView>): VideoView => ({
  id: "v",
  role: "owner",
  ownerName: null,
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

describe("isMoving", () => {
  const job = (status: JobView["status"]) => makeJobView({ status });

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

describe("awaitsWaveform", () => {
  const ready = { downloadUrl: "/original" };
  const soon = Date.parse("2026-01-01T00:05:00Z");
  it.each([
    [ready, soon, true],
    [ready, soon + 7_200_000, false],
    [{ ...ready, peaksUrl: "/peaks" }, soon, false],
    [{ ...ready, status: "preparing" }, soon, false],
    [{ ...ready, errorCode: "media_failed" }, soon, false],
    [{}, soon, false],
  ] as [Partial<VideoView>, number, boolean][])("%j at %i: %s", (change, nowMs, expected) => {
    expect(awaitsWaveform(video(change), nowMs)).toBe(expected);
  });
});
