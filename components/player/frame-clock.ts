/** A video that shows fewer frames than this is followed by its own clock in between, in ms. */
const slowFrameMs = 100;

/** The part of `HTMLVideoElement` that tells the time. */
export interface TimedVideo {
  readonly currentTime: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  requestVideoFrameCallback?(callback: (now: number, frame: { mediaTime: number }) => void): number;
  cancelVideoFrameCallback?(handle: number): void;
}

/** Where animation frames come from; the browser, except in tests. */
export interface FrameSource {
  request(callback: () => void): number;
  cancel(handle: number): void;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

const browserFrames: FrameSource = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
  now: () => performance.now(),
};

const events = ["loadedmetadata", "seeking", "seeked", "timeupdate", "play", "pause", "ended"];

/**
 * Reports the time of the picture on the screen, in whole ms, until stopped.
 *
 * While playing, the time is that of the frame just shown (`requestVideoFrameCallback`), so that
 * whatever is drawn with it changes together with the picture; `timeupdate` alone comes four times
 * a second. Between the frames of slow video, and where the browser has no such callback, it is
 * the element's clock at every animation frame. At rest it is `currentTime`.
 */
export function followFrames(
  video: TimedVideo,
  onTime: (ms: number) => void,
  frames: FrameSource = browserFrames,
): () => void {
  let animation = 0;
  let videoFrame = 0;
  let lastVideoFrameAt = Number.NEGATIVE_INFINITY;
  /** The frame at a sought time began before it: until a later one comes, the time is as sought. */
  let soughtMs = 0;

  const clockMs = () => Math.round(video.currentTime * 1000);

  const onVideoFrame = (_now: number, { mediaTime }: { mediaTime: number }) => {
    videoFrame = video.requestVideoFrameCallback?.(onVideoFrame) ?? 0;
    if (video.seeking || video.paused) return;
    lastVideoFrameAt = frames.now();
    const frameMs = Math.round(mediaTime * 1000);
    if (frameMs >= soughtMs) soughtMs = 0;
    onTime(Math.max(frameMs, soughtMs));
  };

  const framesComeQuickly = () => frames.now() - lastVideoFrameAt < slowFrameMs;

  const onAnimation = () => {
    animation = 0;
    if (video.paused) return;
    animation = frames.request(onAnimation);
    if (!framesComeQuickly()) onTime(clockMs());
  };

  const onEvent = () => {
    if (!video.paused && animation === 0) animation = frames.request(onAnimation);
    // The element's clock runs ahead of the frame on the screen: mixing both would flicker.
    if (!video.paused && !video.seeking && framesComeQuickly()) return;
    onTime(clockMs());
  };

  const onSeeking = () => {
    soughtMs = clockMs();
    lastVideoFrameAt = Number.NEGATIVE_INFINITY;
  };

  video.addEventListener("seeking", onSeeking);
  for (const event of events) video.addEventListener(event, onEvent);
  videoFrame = video.requestVideoFrameCallback?.(onVideoFrame) ?? 0;
  onEvent();

  return () => {
    video.removeEventListener("seeking", onSeeking);
    for (const event of events) video.removeEventListener(event, onEvent);
    video.cancelVideoFrameCallback?.(videoFrame);
    frames.cancel(animation);
  };
}
