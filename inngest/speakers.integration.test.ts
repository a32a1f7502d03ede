import { execFileSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenAiStandIn, startOpenAiStandIn } from "@/e2e/providers/openai";
import { newId } from "@/lib/ids";
import { jobOptions } from "@/lib/jobs/options";
import type { JobView } from "@/lib/jobs/schema";
import { startTestApp, type TestApp } from "@/lib/testing/app";
import { makeUser, makeVideo } from "@/lib/testing/factories";
import { hasLibrivox, librivoxFolder } from "@/lib/testing/speech-video";
import { startTestWorker } from "@/lib/testing/worker";

let app: TestApp;
let service: OpenAiStandIn;
let worker: Awaited<ReturnType<typeof startTestWorker>>;
let jobs: typeof import("@/lib/jobs/service");
let tracks: typeof import("@/lib/tracks/service");
let speakers: typeof import("@/lib/speakers/service");
let owner: { id: string };
let interview: string;

/** One reads for seven seconds into the left microphone, then another into the right one. */
function makeInterview(output: string): void {
  const clip = (number: string) =>
    path.join(librivoxFolder, `sense_and_sensibility_01_austen_64kb-${number}.wav`);
  const filter =
    "[0:a]adelay=500,apad=whole_dur=16[l];[1:a]adelay=9000,apad=whole_dur=16[r];" +
    "[l][r]join=inputs=2:channel_layout=stereo[a]";
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", "-i", clip("0870"), "-i", clip("0890")],
    ...["-f", "lavfi", "-i", "testsrc2=s=320x180:r=5", "-filter_complex", filter],
    ...["-map", "2:v", "-map", "[a]", "-t", "16", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", "-c:a", "aac", output],
  ]);
}

beforeAll(async () => {
  if (!hasLibrivox) return;
  service = await startOpenAiStandIn({
    transcript: {
      language: "english",
      segments: [
        {
          startMs: 800,
          endMs: 6_500,
          text: " He was not an ill disposed young man.",
          speaker: "a",
        },
        {
          startMs: 9_000,
          endMs: 13_500,
          text: " Had he married a more amiable woman,",
          speaker: "b",
        },
      ],
    },
  });
  app = await startTestApp({
    OPENAI_BASE_URL: service.url,
    OPENAI_API_KEY: service.apiKey,
    SPEAKER_MODEL: "gpt-4o-transcribe-diarize",
  });
  [jobs, tracks, speakers] = await Promise.all([
    import("@/lib/jobs/service"),
    import("@/lib/tracks/service"),
    import("@/lib/speakers/service"),
  ]);
  worker = await startTestWorker(app);
  owner = await makeUser();
  interview = path.join(app.dataDir, "interview.mp4");
  makeInterview(interview);
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  await service?.close();
  await app?.stop();
});

const video = () => makeVideo({ ownerId: owner.id, file: interview, durationMs: 16_000 });

async function caption(videoId: string, engine: "channels" | "openai" | "off"): Promise<JobView> {
  const options = jobOptions.parse({ speakers: engine });
  const input = { videoId, language: "en", options, idempotencyKey: newId() } as const;
  const job = await jobs.createJob({ ownerId: owner.id, input });
  for (let waited = 0; waited < 600; waited++) {
    const now = await jobs.getJob({ ownerId: owner.id, jobId: job.id });
    if (["completed", "failed", "cancelled"].includes(now.status)) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the job didn't end");
}

async function cuesOf(job: JobView) {
  const trackId = job.tracks[0]?.id ?? "";
  return (await tracks.getTrack({ userId: owner.id, trackId })).cues;
}

const stageOf = (job: JobView) => job.stages.find(({ stage }) => stage === "speakers")?.status;

describe.skipIf(!hasLibrivox)("a job that tells speakers apart", { timeout: 90_000 }, () => {
  it.each(["channels", "openai"] as const)("by %s gives each cue its speaker", async (engine) => {
    const { id: videoId } = await video();
    const job = await caption(videoId, engine);
    expect(job.status).toBe("completed");
    expect(stageOf(job)).toBe("completed");
    const list = await speakers.listSpeakers({ userId: owner.id, videoId });
    expect(list.map(({ number, name }) => [number, name])).toEqual([
      [1, null],
      [2, null],
    ]);
    const cues = await cuesOf(job);
    const said = (key: string | undefined) =>
      cues
        .filter((cue) => cue.speaker === key)
        .map(({ text }) => text)
        .join(" ")
        .replaceAll("\n", " ");
    expect(said(list[0]?.key)).toBe("He was not an ill disposed young man.");
    expect(said(list[1]?.key)).toBe("Had he married a more amiable woman,");
    for (const { words = [], speaker } of cues) {
      expect(words.every((word) => word.speaker === speaker)).toBe(true);
    }
  });

  it("keeps names and corrections when the subtitles are made anew", async () => {
    const { id: videoId } = await video();
    const first = await caption(videoId, "channels");
    const [one] = await speakers.listSpeakers({ userId: owner.id, videoId });
    const key = one?.key ?? "";
    const change = { name: "Marianne" };
    await speakers.changeSpeaker({ userId: owner.id, videoId, key, change });
    const before = (await cuesOf(first)).map(({ speaker }) => speaker);
    const again = await caption(videoId, "channels");
    expect(again.tracks[0]?.id).toBe(first.tracks[0]?.id);
    expect((await cuesOf(again)).map(({ speaker }) => speaker)).toEqual(before);
    expect(await speakers.listSpeakers({ userId: owner.id, videoId })).toHaveLength(2);
  });

  it("goes on without when it can't be done, and says so", async () => {
    const { id: videoId } = await video();
    // The first request is for what is said, the second for who says it.
    service.script({ kind: "slow", delayMs: 0 }, { kind: "unauthorized" });
    const job = await caption(videoId, "openai");
    expect(job.status).toBe("completed");
    expect(stageOf(job)).toBe("failed");
    const cues = await cuesOf(job);
    expect(cues.length).toBeGreaterThan(0);
    expect(cues.some(({ speaker }) => speaker !== undefined)).toBe(false);
    expect(await speakers.listSpeakers({ userId: owner.id, videoId })).toEqual([]);
  });

  it("isn't taken for a video whose channels are one sound, once that is known", async () => {
    const mono = path.join(app.dataDir, "mono.mp4");
    execFileSync("ffmpeg", ["-v", "error", "-y", "-i", interview, "-ac", "1", mono]);
    const made = await makeVideo({ ownerId: owner.id, file: mono, durationMs: 16_000 });
    expect((await caption(made.id, "off")).status).toBe("completed");
    await expect(caption(made.id, "channels")).rejects.toMatchObject({
      code: "speakers_unavailable",
      data: { reason: "mono" },
    });
  });
});
