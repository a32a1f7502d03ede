/** A stretch that is played over and over, or once. */
export interface PlaySpan {
  startMs: number;
  endMs: number;
  repeat: boolean;
}

/** How many times as fast as chosen J and L go when pressed again and again. */
const shuttleSpeeds = [1, 2, 4] as const;

/**
 * The speed after one more press of L (`direction` 1) or J (-1): signed, 0 at rest. The other
 * direction begins anew.
 */
export function nextShuttle(speed: number, direction: 1 | -1): number {
  const same = Math.sign(speed) === direction;
  const faster = shuttleSpeeds.find((step) => step > Math.abs(speed));
  if (!same) return direction;
  return direction * (faster ?? shuttleSpeeds[shuttleSpeeds.length - 1] ?? 1);
}

/** Whether the picture has just run out of a stretch, rather than been taken somewhere else. */
export function runsOut(span: PlaySpan, beforeMs: number, nowMs: number): boolean {
  return beforeMs >= span.startMs && beforeMs < span.endMs && nowMs >= span.endMs;
}

/** Where a picture is that runs backwards, in ms. */
export function backwardsMs(from: { ms: number; atMs: number }, nowMs: number, speed: number) {
  return Math.max(0, from.ms - (nowMs - from.atMs) * speed);
}
