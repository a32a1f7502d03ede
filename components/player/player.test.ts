import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Player } from "./player";

/** A video element as far as the player knows one; `at` lets its clock say a time. */
class Video extends EventTarget {
  currentTime = 0;
  duration = 60;
  paused = true;
  seeking = false;
  readyState = 4;
  playbackRate = 1;
  volume = 1;
  muted = false;
  error = null;
  preservesPitch = false;
  buffered = { length: 0 };

  async play() {
    this.paused = false;
    this.dispatchEvent(new Event("play"));
  }

  pause() {
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  at(ms: number) {
    this.currentTime = ms / 1000;
    this.dispatchEvent(new Event("timeupdate"));
  }
}

let frames: (() => void)[] = [];
const nextFrame = () => {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
};

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
  vi.stubGlobal("HTMLMediaElement", { HAVE_FUTURE_DATA: 3 });
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function playing(fps: number | null = 25) {
  const video = new Video();
  const player = new Player();
  const detach = player.attach(video as unknown as HTMLVideoElement, { fps });
  return { video, player, detach };
}

describe("a player", () => {
  it("repeats a stretch until it is told not to, wherever it was taken meanwhile", () => {
    const { video, player } = playing();
    player.playSpan({ startMs: 1_000, endMs: 2_000, repeat: true });
    expect(player.getState()).toMatchObject({ paused: false, loop: { startMs: 1_000 } });
    video.at(1_990);
    video.at(2_010);
    expect(player.timeMs).toBe(1_000);
    player.seek(5_000);
    video.at(5_040);
    expect(player.timeMs).toBe(5_040);
    player.setLoop(null);
    player.seek(1_950);
    video.at(2_010);
    expect(player.timeMs).toBe(2_010);
    expect(player.getState().loop).toBeNull();
  });

  it("plays a stretch once, and stays where it can still be seen", () => {
    const { video, player } = playing();
    player.playSpan({ startMs: 1_000, endMs: 2_000, repeat: false });
    expect(player.getState().loop).toBeNull();
    video.at(1_990);
    video.at(2_020);
    expect(player.getState().paused).toBe(true);
    expect(player.timeMs).toBe(1_999);
    player.play();
    video.at(2_040);
    expect(player.getState().paused).toBe(false);
  });

  it("repeats what ends after the video does", () => {
    const { video, player } = playing();
    player.playSpan({ startMs: 58_000, endMs: 61_000, repeat: true });
    video.at(59_980);
    video.at(60_000);
    expect(player.timeMs).toBe(58_000);
  });

  it("goes faster with L, and back to the chosen speed with K", () => {
    const { video, player } = playing();
    player.setRate(0.5);
    player.shuttle(1);
    expect(video.paused).toBe(false);
    expect(video.playbackRate).toBe(0.5);
    player.shuttle(1);
    player.shuttle(1);
    expect(video.playbackRate).toBe(2);
    expect(player.getState().rate).toBe(0.5);
    player.pause();
    expect(video.playbackRate).toBe(0.5);
    expect(player.getState().paused).toBe(true);
  });

  it("runs backwards with J, faster with each press, to the start and no further", () => {
    const { video, player } = playing();
    player.seek(3_000);
    player.shuttle(-1);
    expect(player.getState().paused).toBe(false);
    vi.advanceTimersByTime(1_000);
    nextFrame();
    expect(video.currentTime).toBeCloseTo(2);
    player.shuttle(-1);
    vi.advanceTimersByTime(500);
    nextFrame();
    expect(video.currentTime).toBeCloseTo(1);
    vi.advanceTimersByTime(5_000);
    nextFrame();
    expect(video.currentTime).toBe(0);
    expect(player.getState().paused).toBe(true);
  });

  it("is stopped by one press while it runs backwards", () => {
    const { video, player } = playing();
    player.seek(3_000);
    player.shuttle(-1);
    player.toggle();
    expect(player.getState().paused).toBe(true);
    vi.advanceTimersByTime(1_000);
    nextFrame();
    expect(video.currentTime).toBe(3);
  });

  it("steps from frame to frame", () => {
    const { video, player } = playing(30);
    player.seek(1_000);
    player.stepFrames(1);
    expect(Math.floor(video.currentTime * 30)).toBe(31);
    expect(player.timeMs).toBe(1_033);
    player.stepFrames(-2);
    expect(Math.floor(video.currentTime * 30)).toBe(29);
  });

  it("keeps the pitch, and gives the element back at rest", () => {
    const { video, player, detach } = playing();
    expect(video.preservesPitch).toBe(true);
    player.play();
    detach();
    expect(video.paused).toBe(true);
  });
});
