import { formatClock, formatPreciseClock } from "@/lib/subtitles/time";

/** Least space between two labels, px. */
const labelPx = 84;
/** What people count in, ms. */
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000,
  300_000, 600_000, 1_200_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000,
] as const;

export interface RulerScale {
  /** Between two labels, ms. */
  stepMs: number;
  /** Between two marks, ms. */
  markMs: number;
}

/** How a ruler is divided at a scale. */
export function rulerScale(msPerPx: number): RulerScale {
  const stepMs = steps.find((step) => step / msPerPx >= labelPx) ?? steps[steps.length - 1] ?? 1;
  // Into five or four, as the next smaller unit has it.
  const parts = stepMs % 5 === 0 && ![15_000, 1_800_000].includes(stepMs) ? 5 : 2;
  return { stepMs, markMs: stepMs === 1 ? 1 : stepMs / parts };
}

/** A label of the ruler: as exact as the step needs. */
export function rulerLabel(ms: number, stepMs: number): string {
  if (stepMs >= 1_000) return formatClock(ms);
  const precise = formatPreciseClock(ms);
  // Tenths and hundredths have no use for all three places.
  const spare = stepMs % 100 === 0 ? 2 : stepMs % 10 === 0 ? 1 : 0;
  return spare === 0 ? precise : precise.slice(0, -spare);
}
