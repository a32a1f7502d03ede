import { describe, expect, it } from "vitest";
import { type FrameSource, followFrames, type TimedVideo } from "./frame-clock";

type VideoFrame = (now: number, frame: { mediaTime: number }) => void;

/** A video and a screen that move only when told to. */
class Bench implements TimedVideo, FrameSource {
  currentTime = 0;
  paused = true;
  seeking = false;
  nowMs = 0;
  readonly times: number[] = [];
  readonly #listeners = new Map<string, Set<() => void>>();
  #animations = new Map<number, () => void>();
  #videoFrames = new Map<number, VideoFrame>();
  #handle = 0;
  readonly requestVideoFrameCallback?: (callback: VideoFrame) => number;

  constructor({ videoFrames = true } = {}) {
    if (videoFrames) {
      this.requestVideoFrameCallback = (callback) => {
        this.#videoFrames.set(++this.#handle, callback);
        return this.#handle;
      };
    }
  }
  cancelVideoFrameCallback(handle: number) {
    this.#videoFrames.delete(handle);
  }
  addEventListener(type: string, listener: () => void) {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }
  removeEventListener(type: string, listener: () => void) {
    this.#listeners.get(type)?.delete(listener);
  }
  request(callback: () => void) {
    this.#animations.set(++this.#handle, callback);
    return this.#handle;
  }
  cancel(handle: number) {
    this.#animations.delete(handle);
  }
  now() {
    return this.nowMs;
  }
  fire(type: string) {
    for (const listener of this.#listeners.get(type) ?? []) listener();
  }
  /** The screen draws. */
  draw() {
    const due = [...this.#animations.values()];
    this.#animations = new Map();
    for (const callback of due) callback();
  }
  /** A frame of the video reaches the screen. */
  show(mediaTime: number) {
    const due = [...this.#videoFrames.values()];
    this.#videoFrames = new Map();
    for (const callback of due) callback(this.nowMs, { mediaTime });
  }
  play() {
    this.paused = false;
    this.fire("play");
  }
  seek(seconds: number) {
    this.seeking = true;
    this.currentTime = seconds;
    this.fire("seeking");
    this.seeking = false;
    this.fire("seeked");
  }
  follow() {
    return followFrames(this, (ms) => this.times.push(ms), this);
  }
  waiting() {
    return this.#animations.size + this.#videoFrames.size;
  }
  take() {
    return this.times.splice(0);
  }
}

describe("followFrames", () => {
  it("tells the time of each frame shown, not of the clock that runs ahead of it", () => {
    const bench = new Bench();
    bench.follow();
    bench.play();
    bench.take();
    for (const mediaTime of [0.033, 0.067, 0.1]) {
      bench.nowMs += 33;
      bench.currentTime = mediaTime + 0.02;
      bench.show(mediaTime);
      bench.draw();
      bench.fire("timeupdate");
    }
    expect(bench.take()).toEqual([33, 67, 100]);
  });

  it("goes by the clock between the frames of slow video", () => {
    const bench = new Bench();
    bench.follow();
    bench.play();
    bench.show(0);
    bench.take();
    for (const elapsed of [50, 99, 100, 150]) {
      bench.nowMs = elapsed;
      bench.currentTime = elapsed / 1000;
      bench.draw();
    }
    expect(bench.take()).toEqual([100, 150]);
  });

  it("goes by the clock where frames can't be told", () => {
    const bench = new Bench({ videoFrames: false });
    bench.follow();
    bench.play();
    bench.take();
    bench.currentTime = 0.5;
    bench.draw();
    bench.currentTime = 0.516;
    bench.draw();
    expect(bench.take()).toEqual([500, 516]);
  });

  it("holds a sought time although its frame began earlier", () => {
    const bench = new Bench();
    bench.follow();
    bench.play();
    bench.seek(10);
    bench.take();
    bench.show(9.968);
    bench.show(10.001);
    bench.show(10.034);
    expect(bench.take()).toEqual([10_000, 10_001, 10_034]);
    bench.seek(2);
    bench.take();
    bench.show(1.99);
    bench.show(2.02);
    expect(bench.take()).toEqual([2_000, 2_020]);
  });

  it("tells a jump at once, and the exact time while paused", () => {
    const bench = new Bench();
    bench.follow();
    bench.take();
    bench.seek(3.2);
    bench.show(3.18);
    expect(new Set(bench.take())).toEqual(new Set([3_200]));
  });

  it("ignores frames from before a jump that is under way", () => {
    const bench = new Bench();
    bench.follow();
    bench.play();
    bench.currentTime = 1;
    bench.seeking = true;
    bench.fire("seeking");
    bench.take();
    bench.show(8);
    expect(bench.take()).toEqual([]);
  });

  it("asks for no animation frames at rest, and for nothing once stopped", () => {
    const bench = new Bench({ videoFrames: false });
    const stop = bench.follow();
    expect(bench.waiting()).toBe(0);
    bench.play();
    expect(bench.waiting()).toBe(1);
    bench.paused = true;
    bench.draw();
    expect(bench.waiting()).toBe(0);
    bench.play();
    stop();
    expect(bench.waiting()).toBe(0);
    bench.take();
    bench.fire("timeupdate");
    expect(bench.take()).toEqual([]);
  });
});
