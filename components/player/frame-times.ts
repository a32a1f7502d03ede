/** Frames a second of video whose frame rate isn't known. */
export const usualFps = 30;

/** Keeps what is computed with fractions from falling just short of a whole frame. */
const tiny = 1e-6;
/** A seek goes so far into a frame: players round times to µs, and might show the one before. */
const intoFrameMs = 0.05;

/** The number, from 0, of the frame that is shown at a time, which may have fractions. */
export function frameAt(ms: number, fps: number): number {
  return Math.floor((ms * fps) / 1000 + tiny);
}

/**
 * The time of a frame in whole ms: what the picture's clock says while it is shown, and so what a
 * subtitle that comes with it starts at.
 */
export function frameTimeMs(frame: number, fps: number): number {
  return Math.round((frame * 1000) / fps);
}

/** Where to seek to see a frame. At 29.97 a second frame 1 comes at 33.37 ms: 33 is too early. */
export function frameSeekMs(frame: number, fps: number): number {
  return (frame * 1000) / fps + intoFrameMs;
}

/** Where to seek to see the frame so many after the one that is shown, or before it. */
export function steppedMs(ms: number, frames: number, fps: number): number {
  return frameSeekMs(Math.max(0, frameAt(ms, fps) + frames), fps);
}

/** The time of the frame so many after the one nearest to a time, or before it. */
export function framesLaterMs(ms: number, frames: number, fps: number): number {
  return frameTimeMs(Math.max(0, Math.round((ms * fps) / 1000) + frames), fps);
}
