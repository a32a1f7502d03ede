/** How a TTML document counts time. */
export interface TimeBase {
  /** Frames a second, the multiplier included. */
  frameRate: number;
  subFrames: number;
  ticksPerSecond: number;
}

const clockTime = /^(\d{2,9}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*|:(\d{2,9})(?:\.(\d{1,9}))?)?$/;
const offsetTime = /^(\d{1,15}(?:\.\d{1,9})?)\d*(h|m|s|ms|f|t)$/;

/** A time expression of TTML in whole ms; undefined when it is none. */
export function ttmlTime(text: string, base: TimeBase): number | undefined {
  const value = text.trim();
  const offset = offsetTime.exec(value);
  if (offset) {
    const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
    const unit = offset[2] ?? "";
    const perUnit =
      unit === "f"
        ? 1000 / base.frameRate
        : unit === "t"
          ? 1000 / base.ticksPerSecond
          : (units[unit] ?? 1);
    return whole(Number(offset[1]) * perUnit);
  }
  const [, hours, minutes, seconds, fraction, frames, subFrames] = clockTime.exec(value) ?? [];
  if (hours === undefined) return undefined;
  const inFrames = Number(frames ?? 0) + Number(subFrames ?? 0) / base.subFrames;
  const ms =
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
    (fraction === undefined ? (inFrames * 1000) / base.frameRate : Number(`0.${fraction}`) * 1000);
  return whole(ms);
}

function whole(ms: number): number | undefined {
  return ms <= Number.MAX_SAFE_INTEGER ? Math.round(ms) : undefined;
}

function positive(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && value > 0 && Number.isFinite(value) ? value : fallback;
}

/** From the attributes of `tt`, by local name; TTML's defaults where they say nothing. */
export function timeBaseOf(attributes: ReadonlyMap<string, string>): TimeBase {
  const nominal = positive(attributes.get("frameRate"), 30);
  const [up, down] = (attributes.get("frameRateMultiplier") ?? "1 1").trim().split(/[\s:]+/);
  const frameRate = (nominal * positive(up, 1)) / positive(down, 1);
  const subFrames = positive(attributes.get("subFrameRate"), 1);
  const ticks = attributes.has("frameRate") ? frameRate * subFrames : 1;
  return { frameRate, subFrames, ticksPerSecond: positive(attributes.get("tickRate"), ticks) };
}

/** How a frame rate is written: whole frames and a multiplier, 29.97 as 30 × 1000/1001. */
export function frameRateAttributes(fps: number): { nominal: number; multiplier: string } {
  const nominal = Math.max(1, Math.round(fps));
  if (Math.abs(fps - nominal) < 1e-6) return { nominal, multiplier: "1 1" };
  if (Math.abs(fps - (nominal * 1000) / 1001) < 0.005) return { nominal, multiplier: "1000 1001" };
  return { nominal, multiplier: `${Math.round(fps * 1000)} ${nominal * 1000}` };
}
