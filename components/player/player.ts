import { followFrames } from "./frame-clock";
import { steppedMs, usualFps } from "./frame-times";
import { backwardsMs, nextShuttle, type PlaySpan, runsOut } from "./playback";

/** Browsers refuse more. */
const fastest = 16;

/** Slower and faster than this is no help to anybody who listens. */
export const playbackRates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

export interface PlayerState {
  /** Neither playing nor running backwards. */
  paused: boolean;
  /** Playing, but waiting for data. */
  stalled: boolean;
  /** 0 until known. */
  durationMs: number;
  /** As chosen; going faster by J and L doesn't change it. */
  rate: number;
  /** The stretch that is played over and over. */
  loop: PlaySpan | null;
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
  loop: null,
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
  #fps = usualFps;
  #rate = 1;
  /** Signed speed of J and L; 0 while the video plays as chosen, or not at all. */
  #shuttle = 0;
  #span: PlaySpan | null = null;
  #backwards = 0;

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

  /** Frames a second; a usual number where it isn't known. */
  get fps(): number {
    return this.#fps;
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
    this.#fps = fps && fps > 0 ? fps : usualFps;
    video.preservesPitch = true;
    video.playbackRate = this.#rate;
    const read = () => this.#read(video);
    for (const event of stateEvents) video.addEventListener(event, read);
    const stopFollowing = followFrames(video, (ms) => this.#follow(ms));
    read();
    return () => {
      this.pause();
      stopFollowing();
      for (const event of stateEvents) video.removeEventListener(event, read);
      this.#video = undefined;
    };
  }

  play(): void {
    this.#setShuttle(0);
    // Refused without a gesture, or interrupted by a pause: the state says so already.
    this.#video?.play().catch(() => {});
  }

  pause(): void {
    this.#setShuttle(0);
    this.#video?.pause();
  }

  toggle(): void {
    if (this.#state.paused) this.play();
    else this.pause();
  }

  /**
   * Plays forward (1) or backwards (-1); again in the same direction: faster. Browsers play no
   * video backwards, so the picture is sought back as fast as it comes, without sound.
   */
  shuttle(direction: 1 | -1): void {
    const video = this.#video;
    if (!video) return;
    const speed = this.#shuttle || (video.paused ? 0 : 1);
    this.#setShuttle(nextShuttle(speed, direction));
    if (direction > 0) return void video.play().catch(() => {});
    video.pause();
    const from = { ms: video.currentTime * 1000, atMs: performance.now() };
    const step = () => {
      const ms = backwardsMs(from, performance.now(), -this.#shuttle);
      if (!video.seeking) video.currentTime = ms / 1000;
      if (ms === 0) this.pause();
      else this.#backwards = requestAnimationFrame(step);
    };
    this.#backwards = requestAnimationFrame(step);
  }

  /** Plays a stretch from its start, once or over and over. */
  playSpan(span: PlaySpan): void {
    this.seek(span.startMs);
    this.#setSpan(span);
    this.play();
  }

  /** Whether what is played once it gets there begins again at its end; null: nothing does. */
  setLoop(span: Omit<PlaySpan, "repeat"> | null): void {
    this.#setSpan(span && { ...span, repeat: true });
  }

  seek(ms: number): void {
    const video = this.#video;
    if (!video) return;
    if (this.#shuttle < 0) this.#setShuttle(0);
    if (this.#span && !this.#span.repeat) this.#setSpan(null);
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
    if (this.#video) this.seek(steppedMs(this.#video.currentTime * 1000, count, this.#fps));
  }

  setRate(rate: number): void {
    this.#rate = rate;
    this.#setShuttle(0);
    if (this.#video) this.#read(this.#video);
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

  setMuted(muted: boolean): void {
    if (this.#video) this.#video.muted = muted;
  }

  toggleMute(): void {
    const video = this.#video;
    if (!video) return;
    video.muted = !video.muted;
    if (!video.muted && video.volume === 0) video.volume = 0.5;
  }

  /** Speed and direction; ends a run backwards. */
  #setShuttle(speed: number): void {
    cancelAnimationFrame(this.#backwards);
    this.#shuttle = speed;
    if (!this.#video) return;
    this.#video.playbackRate = Math.min(fastest, this.#rate * Math.max(1, speed));
    this.#read(this.#video);
  }

  #setSpan(span: PlaySpan | null): void {
    this.#span = span;
    if (this.#video) this.#read(this.#video);
  }

  /** The video's own clock. */
  #follow(ms: number): void {
    const [span, before] = [this.#span, this.#timeMs];
    this.#tell(ms);
    if (!span || this.#shuttle < 0) return;
    const endMs = Math.min(span.endMs, this.#state.durationMs || span.endMs);
    if (!runsOut({ ...span, endMs }, before, ms)) return;
    if (span.repeat) {
      this.seek(span.startMs);
      // The video may have come to its own end.
      this.#video?.play().catch(() => {});
    } else {
      this.pause();
      // What was played is still to be seen.
      this.seek(endMs - 1);
    }
  }

  #tell(ms: number): void {
    this.#timeMs = ms;
    for (const listener of [...this.#timeListeners]) listener(ms);
  }

  #read(video: HTMLVideoElement): void {
    const next: PlayerState = {
      paused: video.paused && this.#shuttle >= 0,
      stalled: !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
      durationMs: Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : 0,
      rate: this.#rate,
      loop: this.#span?.repeat ? this.#span : null,
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
