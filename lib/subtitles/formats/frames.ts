import type { LossLog } from "@/lib/subtitles/formats/loss-log";
import type { Cue, SubtitleDocument } from "@/lib/subtitles/model";
import { wholeMs } from "@/lib/subtitles/time";

/** The rates of film and television that people write short, exactly. */
const exactRates = [24, 30, 48, 60, 120].map((nominal) => (nominal * 1000) / 1001);

/** A frame rate as it is meant: 29.97 is 30000/1001. Undefined for what is none. */
export function exactRate(fps: number | undefined): number | undefined {
  if (fps === undefined || !(fps >= 1 && fps <= 1000)) return undefined;
  return exactRates.find((rate) => Math.abs(rate - fps) < 0.005) ?? fps;
}

/** The frame that is nearest to a time. */
export function frameAt(ms: number, fps: number): number {
  return Math.round((ms * fps) / 1000);
}

/**
 * When a frame is on the screen, in whole ms: rounded down, or a player that compares the times of
 * frames would show the subtitle a frame late.
 */
export function frameStartMs(frame: number, fps: number): number {
  return Math.floor((frame * 1000) / fps + 1e-6);
}

/** The document with every time at the nearest frame; a cue lasts at least one. */
export function alignedToFrames(
  document: SubtitleDocument,
  fps: number,
  losses: LossLog,
): SubtitleDocument {
  const cues = document.cues.map((cue): Cue => {
    const start = frameAt(wholeMs(cue.startMs), fps);
    const end = Math.max(frameAt(wholeMs(cue.endMs), fps), start + 1);
    const startMs = frameStartMs(start, fps);
    const endMs = frameStartMs(end, fps);
    if (startMs === cue.startMs && endMs === cue.endMs) return cue;
    losses.add("time_rounded", cue.id);
    return { ...cue, startMs, endMs };
  });
  return { ...document, cues };
}
