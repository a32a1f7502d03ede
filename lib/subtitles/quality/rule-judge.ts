import type { Cue } from "@/lib/subtitles/model";
import type { RuleName, TrackEvidence } from "@/lib/subtitles/quality/types";
import { lineWidths, type RuleProfile, readingSpeed, readingTimeMs } from "@/lib/subtitles/rules";
import { minGapMs } from "@/lib/subtitles/timing";

/** What a cue is by itself. */
interface Measures {
  /** Of the widest line, as the profile counts. */
  width: number;
  lines: number;
  /** Characters a second, as the profile counts. */
  speed: number;
  durationMs: number;
  broken: readonly RuleName[];
}

/** A speed that is as good as infinite; JSON has no word for that. */
const fastest = 999;

/**
 * Says which rules cues break. Measures are kept by cue, because repairs ask for the same ones over
 * and over.
 */
export class RuleJudge {
  readonly profile: RuleProfile;
  readonly gapMs: number;
  readonly #measures = new WeakMap<Cue, Measures>();

  constructor(profile: RuleProfile, evidence: Pick<TrackEvidence, "fps">) {
    this.profile = profile;
    this.gapMs = minGapMs(profile, evidence.fps);
  }

  measures(cue: Cue): Measures {
    const known = this.#measures.get(cue);
    if (known) return known;
    const { profile } = this;
    const widths = lineWidths(cue.text, profile);
    const width = Math.max(0, ...widths);
    const durationMs = cue.endMs - cue.startMs;
    const broken: RuleName[] = [];
    if (width > profile.maxLineWidth) broken.push("line_width");
    if (widths.length > profile.maxLines) broken.push("line_count");
    if (durationMs < readingTimeMs(cue.text, profile)) broken.push("reading_speed");
    if (durationMs < profile.minDurationMs) broken.push("min_duration");
    if (durationMs > profile.maxDurationMs) broken.push("max_duration");
    const speed = Math.min(fastest, readingSpeed(cue.text, durationMs, profile));
    const measured = { width, lines: widths.length, speed, durationMs, broken };
    this.#measures.set(cue, measured);
    return measured;
  }

  /**
   * The rules that the cue at `index` breaks, in a list in a track's order. What two cues do to
   * each other counts for the first of them.
   */
  broken(cues: readonly Cue[], index: number): readonly RuleName[] {
    const cue = cues[index];
    if (!cue) return [];
    const { broken } = this.measures(cue);
    const between = this.between(cue, cues[index + 1], nextStartMs(cues, index));
    return between ? [...broken, between] : broken;
  }

  /**
   * What a cue does to those after it. `following` is the next in the list, `nextMs` when the next
   * moment at which cues start. Cues of one moment stand beside each other where they are told
   * apart by speaker or place; where they aren't, one covers the other.
   */
  between(cue: Cue, following: Cue | undefined, nextMs: number): "gap" | "overlap" | undefined {
    if (following && following.startMs === cue.startMs && !apart(cue, following)) return "overlap";
    const pauseMs = nextMs - cue.endMs;
    if (pauseMs < 0) return "overlap";
    return pauseMs < this.gapMs ? "gap" : undefined;
  }
}

function apart(a: Cue, b: Cue): boolean {
  return a.speaker !== b.speaker || a.settings !== undefined || b.settings !== undefined;
}

/** When the first cue starts after the start of the one at `index`; infinite for the last. */
export function nextStartMs(cues: readonly Cue[], index: number): number {
  const startMs = cues[index]?.startMs ?? 0;
  for (let i = index + 1; i < cues.length; i++) {
    const other = cues[i]?.startMs ?? 0;
    if (other > startMs) return other;
  }
  return Number.POSITIVE_INFINITY;
}

/** `nextStartMs` of every cue. */
export function nextStarts(cues: readonly Cue[]): Float64Array {
  const found = new Float64Array(cues.length).fill(Number.POSITIVE_INFINITY);
  for (let i = cues.length - 2; i >= 0; i--) {
    const later = cues[i + 1]?.startMs ?? 0;
    found[i] = later > (cues[i]?.startMs ?? 0) ? later : (found[i + 1] ?? 0);
  }
  return found;
}
