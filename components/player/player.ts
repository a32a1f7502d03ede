import { followFrames } from "./frame-clock";

/** Slower and faster than this is no help to anybody who listens. */
export const playbackRates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** A frame of video whose frame rate isn't known, in ms. */
const usualFrameMs = 1000 / 30;

export interface PlayerState {
  paused: boolean;
  /** Playing, but waiting for data. */
  stalled: boolean;
  /** 0 until known. */
  durationMs: number;
  rate: number;
  /** 0 to 1. */
  volume: number;
  muted: boolean;
  /** The browser can't play the file, or can't reach it. */
  broken: boolean;
}

const initial: PlayerState = {
  paused: true,
  stalled: false,
  durationMs: 0,
  rate: 1,
  volume: 1,
  muted: false,
  broken: false,
};

const stateEvents = [
  "play",
  "pause",
  "ended",
  "playing",
  "waiting",
  "seeking",
  "canplay",
  "durationchange",
  "loadedmetadata",
  "ratechange",
  "volumechange",
  "error",
] as const;

/**
 * The video element and everything that may be done to it. State that changes seldom goes to React
 * by `subscribe`; the time goes by `onTime` to whoever writes it into the page by hand.
 */
export class Player {
  readonly #listeners = new Set<() => void>();
  readonly #timeListeners = new Set<(ms: number) => void>();
  #video: HTMLVideoElement | undefined;
  #state = initial;
  #timeMs = 0;
  #frameMs = usualFrameMs;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): PlayerState => this.#state;

  /** Calls back with the time of the picture, in ms: now, and whenever it changes. */
  onTime(listener: (ms: number) => void): () => void {
    this.#timeListeners.add(listener);
    listener(this.#timeMs);
    return () => this.#timeListeners.delete(listener);
  }

  get timeMs(): number {
    return this.#timeMs;
  }

  get durationMs(): number {
    return this.#state.durationMs;
  }

  /** What is loaded ahead of the present place, in ms from the start. */
  get bufferedMs(): number {
    const video = this.#video;
    if (!video) return 0;
    for (let i = 0; i < video.buffered.length; i++) {
      const holds = video.buffered.start(i) <= video.currentTime + 0.1;
      if (holds && video.buffered.end(i) > video.currentTime) return video.buffered.end(i) * 1000;
    }
    return this.#timeMs;
  }

  /**
   * Takes over an element. The answer gives it back, paused: React keeps the pages that a
   * navigation hides, and a hidden video would go on talking.
   */
  attach(video: HTMLVideoElement, { fps }: { fps: number | null }): () => void {
    this.#video = video;
    this.#frameMs = fps && fps > 0 ? 1000 / fps : usualFrameMs;
    const read = () => this.#read(video);
    for (const event of stateEvents) video.addEventListener(event, read);
    const stopFollowing = followFrames(video, (ms) => this.#tell(ms));
    read();
    return () => {
      video.pause();
      stopFollowing();
      for (const event of stateEvents) video.removeEventListener(event, read);
      this.#video = undefined;
    };
  }

  play(): void {
    // Refused without a gesture, or interrupted by a pause: the state says so already.
    this.#video?.play().catch(() => {});
  }

  pause(): void {
    this.#video?.pause();
  }

  toggle(): void {
    if (this.#video?.paused) this.play();
    else this.pause();
  }

  seek(ms: number): void {
    const video = this.#video;
    if (!video) return;
    const end = Number.isFinite(video.duration) ? video.duration : ms / 1000;
    video.currentTime = Math.min(Math.max(0, ms / 1000), end);
    // Before the first data the element keeps the place to itself and fires nothing.
    this.#tell(Math.round(video.currentTime * 1000));
  }

  seekBy(ms: number): void {
    if (this.#video) this.seek(this.#video.currentTime * 1000 + ms);
  }

  /** One frame forward or back, paused. */
  stepFrames(count: number): void {
    this.pause();
    this.seekBy(count * this.#frameMs);
  }

  setRate(rate: number): void {
    if (this.#video) this.#video.playbackRate = rate;
  }

  /** The next faster or slower of `playbackRates`. */
  stepRate(steps: number): void {
    const at = playbackRates.findIndex((rate) => rate >= this.#state.rate);
    const next = playbackRates[Math.min(playbackRates.length - 1, Math.max(0, at + steps))];
    if (next !== undefined) this.setRate(next);
  }

  setVolume(volume: number): void {
    if (!this.#video) return;
    this.#video.volume = Math.min(1, Math.max(0, volume));
    this.#video.muted = volume <= 0;
  }

  toggleMute(): void {
    const video = this.#video;
    if (!video) return;
    video.muted = !video.muted;
    if (!video.muted && video.volume === 0) video.volume = 0.5;
  }

  #tell(ms: number): void {
    this.#timeMs = ms;
    for (const listener of [...this.#timeListeners]) listener(ms);
  }

  #read(video: HTMLVideoElement): void {
    const next: PlayerState = {
      paused: video.paused,
      stalled: !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
      durationMs: Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : 0,
      rate: video.playbackRate,
      volume: video.volume,
      muted: video.muted,
      broken: video.error !== null,
    };
    const keys = Object.keys(next) as (keyof PlayerState)[];
    if (keys.every((key) => next[key] === this.#state[key])) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
