import { expect, test } from "@playwright/test";
import { applyJobEvent } from "@/lib/jobs/progress";
import type { JobEventView, JobView } from "@/lib/jobs/schema";
import { programSession } from "../fixtures/account";
import { speechVideo } from "../fixtures/media";
import { uploadFile } from "../fixtures/uploads";

interface Frame {
  id: number;
  event: string;
  data: unknown;
}

/** The frames of an event stream, to its end or to `count` of them. */
async function readFrames(response: Response, count = Number.POSITIVE_INFINITY): Promise<Frame[]> {
  const frames: Frame[] = [];
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
      const data = field("data");
      if (!data) continue;
      frames.push({ id: Number(field("id")), event: field("event") ?? "", data: JSON.parse(data) });
    }
    if (frames.length >= count) break;
  }
  return frames.slice(0, count);
}

test("a job tells its story live, and goes on where the listener left off", async ({ baseURL }) => {
  const session = await programSession(baseURL ?? "");
  const { jobId } = await uploadFile(session, await speechVideo("mp4"), { caption: true });
  const url = `/api/v1/jobs/${jobId}/events`;

  const first = await session.fetch(url);
  expect(first.headers.get("content-type")).toContain("text/event-stream");
  expect(first.headers.get("cache-control")).toContain("no-transform");
  const [snapshot] = await readFrames(first, 1);
  expect(snapshot?.event).toBe("snapshot");

  const rest = await session.fetch(url, { headers: { "last-event-id": String(snapshot?.id) } });
  const frames = await readFrames(rest);
  expect(frames.every((frame) => frame.event === "job")).toBe(true);
  const ids = frames.map((frame) => frame.id);
  expect(ids).toEqual(ids.map((_, index) => (snapshot?.id ?? 0) + 1 + index));

  // Applied one by one, the events lead to the job as it stands, and nothing ever falls.
  let view = snapshot?.data as JobView;
  for (const frame of frames) {
    const next = applyJobEvent(view, frame.data as JobEventView);
    expect(next.progress).toBeGreaterThanOrEqual(view.progress);
    view = next;
  }
  const { job } = await session.call<{ job: JobView }>(`/api/v1/jobs/${jobId}`);
  expect(job).toMatchObject({ status: "completed", progress: 100, detectedLanguage: "en" });
  const { status, progress, stages, tracks, detectedLanguage, seq } = view;
  expect({ status, progress, tracks, detectedLanguage, seq }).toEqual({
    status: job.status,
    progress: job.progress,
    tracks: job.tracks,
    detectedLanguage: job.detectedLanguage,
    seq: job.seq,
  });
  expect(stages.map((stage) => [stage.stage, stage.status, stage.progress])).toEqual(
    job.stages.map((stage) => [stage.stage, stage.status, stage.progress]),
  );
});
