/** Frames a second of video whose frame rate isn't known. */
export const usualFps = 30;

/** Keeps what is computed with fractions from falling just short of a whole frame. */
const tiny = 1e-6;

/** The number, from 0, of the frame that is shown at a time. */
export function frameAt(ms: number, fps: number): number {
  return Math.floor((ms * fps) / 1000 + tiny);
}

/**
 * The first whole ms at which a frame is shown. At 29.97 a second frame 1 comes at 33.37 ms: a
 * seek to 33 ms would show frame 0, and so would a subtitle that starts there.
 */
export function frameStartMs(frame: number, fps: number): number {
  return Math.max(0, Math.ceil((frame * 1000) / fps - tiny));
}

/** Where to seek to see the frame so many after the one that is shown, or before it. */
export function steppedMs(ms: number, frames: number, fps: number): number {
  return frameStartMs(Math.max(0, frameAt(ms, fps) + frames), fps);
}

/** The frame's start that is nearest to a time. */
export function nearestFrameMs(ms: number, fps: number): number {
  const frame = frameAt(ms, fps);
  const [before, after] = [frameStartMs(frame, fps), frameStartMs(frame + 1, fps)];
  return ms - before <= after - ms ? before : after;
}
