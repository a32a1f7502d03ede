import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../api";
import { TrackFeed } from "./track-feed";

/** A stream that the test speaks through. */
class TestStream {
  readyState = 1;
  readonly #listeners = new Map<string, ((event: { data?: unknown }) => void)[]>();
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  close(): void {
    this.readyState = 2;
  }

  says(type: string, data?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) {
      listener({ data: JSON.stringify(data ?? {}) });
    }
  }
}

function follow(poll: () => Promise<void> = async () => {}) {
  const streams: TestStream[] = [];
  const told: string[] = [];
  const polled = vi.fn(poll);
  const feed = new TrackFeed({
    trackId: "t",
    revision: () => 7,
    onHello: () => told.push("hello"),
    onEdits: (log) => told.push(`edits ${log.length}`),
    onPresence: (people) => told.push(`people ${people.length}`),
    onChanged: (what) => told.push(what),
    poll: polled,
    onLost: ({ code }) => told.push(`lost ${code}`),
    open: (url) => {
      const stream = new TestStream(url);
      streams.push(stream);
      return stream;
    },
  });
  feed.start();
  const last = () => streams.at(-1) as TestStream;
  return { feed, streams, told, polled, last };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("TrackFeed", () => {
  it("begins where the tab stands and tells what comes", () => {
    const { told, last } = follow();
    expect(last().url).toBe("/api/v1/tracks/t/events?after=7");
    last().says("hello", { revision: 8 });
    last().says("edits", { log: [{}, {}] });
    last().says("presence", { people: [{}] });
    last().says("changed", { what: "review" });
    expect(told).toEqual(["hello", "edits 2", "people 1", "review"]);
  });

  it("leaves the browser to open a stream again, and asks for the track when three break", async () => {
    const { streams, polled, last } = follow();
    last().says("error");
    last().says("hello", { revision: 7 });
    last().says("error");
    last().says("error");
    expect([streams.length, polled.mock.calls.length]).toEqual([1, 0]);
    last().says("error");
    await vi.advanceTimersByTimeAsync(11_000);
    expect([streams.length, polled.mock.calls.length]).toEqual([1, 3]);
    await vi.advanceTimersByTimeAsync(70_000);
    expect(streams.length).toBe(2);
    last().says("hello", { revision: 7 });
    const asked = polled.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(polled.mock.calls.length).toBe(asked);
  });

  it("learns why it is refused and stops", async () => {
    const { told, streams, last } = follow(async () => {
      throw new ApiError("not_found", { status: 404 });
    });
    last().close();
    last().says("error");
    await vi.advanceTimersByTimeAsync(120_000);
    expect([told, streams.length]).toEqual([["lost not_found"], 1]);
  });

  it("gives the stream back while nobody looks, and comes back with them", async () => {
    const { feed, streams, told, last } = follow();
    feed.seen(false);
    await vi.advanceTimersByTimeAsync(10_000);
    feed.seen(true);
    await vi.advanceTimersByTimeAsync(30_000);
    expect([streams.length, last().readyState]).toEqual([1, 1]);
    feed.seen(false);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(last().readyState).toBe(2);
    last().says("edits", { log: [{}] });
    feed.seen(true);
    expect([streams.length, told]).toEqual([2, []]);
  });
});
