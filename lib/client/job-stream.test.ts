import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobEventView, JobView } from "@/lib/jobs/schema";
import { makeJobView } from "@/lib/testing/job-view";
import { ApiError } from "./api";
import { type EventStream, followJob } from "./job-stream";

const job = makeJobView({
  status: "processing",
  progress: 10,
  seq: 5,
  startedAt: "2026-01-01T00:00:00Z",
});

class FakeStream implements EventStream {
  readyState = 1;
  readonly url: string;
  readonly #listeners = new Map<string, (event: { data?: unknown }) => void>();
  constructor(url: string) {
    this.url = url;
  }
  addEventListener(type: string, listener: (event: { data?: unknown }) => void) {
    this.#listeners.set(type, listener);
  }
  close() {
    this.readyState = 2;
  }
  send(type: "snapshot" | "job", data: JobView | JobEventView) {
    this.#listeners.get(type)?.({ data: JSON.stringify(data) });
  }
  fail(readyState: 0 | 2) {
    this.readyState = readyState;
    this.#listeners.get("error")?.({});
  }
}

function follow(load: () => Promise<{ job: JobView }> = () => new Promise(() => {})) {
  const streams: FakeStream[] = [];
  const views: JobView[] = [];
  const errors: ApiError[] = [];
  const loads = vi.fn(load);
  const stop = followJob({
    jobId: "j",
    onView: (view) => views.push(view),
    onError: (error) => errors.push(error),
    open: (url) => {
      const stream = new FakeStream(url);
      streams.push(stream);
      return stream;
    },
    load: loads,
  });
  const stream = () => {
    const last = streams.at(-1);
    if (!last) throw new Error("no stream");
    return last;
  };
  return { streams, stream, views, errors, loads, stop };
}

const at = "2026-01-01T00:00:10Z";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("followJob", () => {
  it("shows the snapshot, then each event, and closes at the end", () => {
    const { stream, views, streams } = follow();
    expect(stream().url).toBe("/api/v1/jobs/j/events");
    stream().send("snapshot", job);
    stream().send("job", {
      kind: "stage",
      stage: "audio",
      status: "running",
      stageProgress: 50,
      progress: 15,
      seq: 6,
      at,
    });
    stream().send("job", { kind: "status", status: "completed", progress: 100, seq: 7, at });
    expect(views.map((view) => [view.seq, view.progress, view.status])).toEqual([
      [5, 10, "processing"],
      [6, 15, "processing"],
      [7, 100, "completed"],
    ]);
    expect(stream().readyState).toBe(2);
    expect(streams).toHaveLength(1);
  });

  it("leaves a reconnecting stream to the browser and goes on with the same view", () => {
    const { stream, views, loads } = follow();
    stream().send("snapshot", job);
    stream().fail(0);
    stream().fail(0);
    stream().send("job", { kind: "language", language: "ko", seq: 6, at });
    stream().fail(0);
    stream().fail(0);
    expect(views.at(-1)?.detectedLanguage).toBe("ko");
    expect(loads).not.toHaveBeenCalled();
  });

  it("asks every 2 s after three failures in a row, until the job ends", async () => {
    let asked = 0;
    const { stream, views, streams } = follow(async () => {
      asked += 1;
      return { job: { ...job, seq: 5 + asked, status: asked < 3 ? "processing" : "completed" } };
    });
    stream().send("snapshot", job);
    for (let i = 0; i < 3; i++) stream().fail(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toBe(3);
    expect(views.map((view) => view.seq)).toEqual([5, 6, 7, 8]);
    expect(streams).toHaveLength(1);
  });

  it("opens a refused stream again when the job itself can be read", async () => {
    const { stream, streams, views } = follow(async () => ({ job }));
    stream().fail(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(streams).toHaveLength(2);
    expect(views).toHaveLength(1);
  });

  it("keeps asking through failures that may pass, and says the ones that won't", async () => {
    const answers = [new ApiError("network"), new ApiError("not_found", { status: 404 })];
    const { stream, errors, loads } = follow(() => Promise.reject(answers.shift()));
    for (let i = 0; i < 3; i++) stream().fail(0);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(loads).toHaveBeenCalledTimes(2);
    expect(errors.map((error) => error.code)).toEqual(["not_found"]);
  });

  it("never goes back to an older view", async () => {
    const { stream, views } = follow(async () => ({ job: { ...job, seq: 2, progress: 1 } }));
    stream().send("snapshot", job);
    for (let i = 0; i < 3; i++) stream().fail(0);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(views.map((view) => view.seq)).toEqual([5]);
  });

  it("is silent once stopped", async () => {
    const { stream, views, loads, stop } = follow(async () => ({ job }));
    stop();
    stream().send("snapshot", job);
    stream().fail(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(views).toEqual([]);
    expect(loads).not.toHaveBeenCalled();
    expect(stream().readyState).toBe(2);
  });
});
