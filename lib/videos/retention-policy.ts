const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * How long a video's files stay once nothing works on them any more, in ms. Subtitles stay.
 * `completed`: they have served. `waiting`: no captions were ordered yet, or a job ended without
 * them, and starting it again needs the file.
 */
const retentionMs = { completed: 2 * hourMs, waiting: dayMs } as const;
/** A job that its owner cancelled gives the file no new day, or starting and cancelling would. */
const cancelledMs = hourMs;
/**
 * `rendered`: it was worked on to be taken home with its subtitles, which comes after other work
 * and takes none of the first day away.
 */
export type WorkOutcome = keyof typeof retentionMs | "cancelled" | "rendered";

/** When the files go: never before the time that was bought. */
export function expiryAfterWork(options: {
  outcome: WorkOutcome;
  retainedUntilMs: number | null;
  uploadedAtMs: number;
  nowMs: number;
}): number {
  const { outcome, retainedUntilMs, uploadedAtMs, nowMs } = options;
  const free =
    outcome === "cancelled"
      ? Math.max(nowMs + cancelledMs, uploadedAtMs + retentionMs.waiting)
      : outcome === "rendered"
        ? Math.max(nowMs + retentionMs.completed, uploadedAtMs + retentionMs.waiting)
        : nowMs + retentionMs[outcome];
  return Math.max(free, retainedUntilMs ?? 0);
}

/** Until when bought days reach: they are added to whatever time there is. */
export function extendedUntil(options: {
  days: number;
  expiresAtMs: number | null;
  retainedUntilMs: number | null;
  nowMs: number;
}): number {
  const { days, expiresAtMs, retainedUntilMs, nowMs } = options;
  return Math.max(nowMs, expiresAtMs ?? 0, retainedUntilMs ?? 0) + days * dayMs;
}

/** Nobody is told earlier than this that files go, in ms. */
export const longestWarningMs = dayMs;

/** So long before files go their owner is told: a day where days were bought, else half an hour. */
export function warningMs(retainedUntilMs: number | null): number {
  return retainedUntilMs === null ? hourMs / 2 : longestWarningMs;
}
