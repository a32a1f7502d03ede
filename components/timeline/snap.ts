import { makeSnapper, type Snapper } from "@/lib/subtitles/operations/editing";
import { leastTimes } from "@/lib/subtitles/operations/editing/edited";
import type { RuleProfile } from "@/lib/subtitles/rules";
import type { CueLane } from "./cue-lane";
import type { Times } from "./drag-times";
import { type TimelineView, toMs } from "./view";

interface SnapSources {
  lane: CueLane;
  view: TimelineView;
  /** Cues that are being moved: no edge is drawn to itself. */
  moving: ReadonlySet<string>;
  profile: RuleProfile;
  fps: number | null;
  shots: readonly number[];
  speech: readonly Times[];
}

/** More cues in sight than this are too small to aim at. */
const mostCues = 600;

/** What edges are drawn to, of what is in sight and a screen to either side. */
export function snapperInSight(sources: SnapSources): Snapper {
  const { lane, view, moving, profile, fps, shots, speech } = sources;
  const spanMs = toMs(view) - view.fromMs;
  const [fromMs, endMs] = [view.fromMs - spanMs, toMs(view) + spanMs];
  const { from, to } = lane.between(fromMs, endMs);
  const frames = fps !== null && { fps };
  return makeSnapper({
    cues: to - from > mostCues ? [] : lane.cues.slice(from, to),
    moving,
    gapMs: leastTimes({ profile, ...frames }).gapMs,
    shotChanges: shots.filter((ms) => ms >= fromMs && ms <= endMs),
    speech: speech.filter((one) => one.endMs >= fromMs && one.startMs <= endMs),
    ...frames,
  });
}
