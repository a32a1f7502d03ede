import type { CueLane } from "./cue-lane";
import type { Times } from "./drag-times";
import type { SnapTargets } from "./snap";
import { type TimelineView, toMs } from "./view";

interface SnapSources {
  lane: CueLane;
  view: TimelineView;
  /** Cues that are being moved: no edge is drawn to itself. */
  ids: ReadonlySet<string>;
  shots: readonly number[];
  speech: readonly Times[];
  playheadMs: number;
}

/** More cues in sight than this are too small to aim at. */
const mostCues = 600;

/**
 * What edges can be drawn to, of what is in sight and a screen to either side: other cues first,
 * then what is aimed at most.
 */
export function snapTargets(sources: SnapSources): SnapTargets[] {
  const { lane, view, ids, shots, speech, playheadMs } = sources;
  const spanMs = toMs(view) - view.fromMs;
  const [fromMs, endMs] = [view.fromMs - spanMs, toMs(view) + spanMs];
  const { from, to } = lane.between(fromMs, endMs);
  const near = to - from > mostCues ? [] : lane.cues.slice(from, to);
  const others = near.filter(({ id }) => !ids.has(id));
  const inReach = (ms: number) => ms >= fromMs && ms <= endMs;
  const words = near.flatMap((cue) => cue.words ?? []);
  return [
    { kind: "playhead", times: [playheadMs] },
    { kind: "cue", times: edgesOf(others) },
    { kind: "shot", times: shots.filter(inReach) },
    { kind: "word", times: edgesOf(words) },
    { kind: "speech", times: edgesOf(speech.filter((one) => inReach(one.startMs))) },
  ];
}

function edgesOf(spans: readonly Times[]): number[] {
  return spans.flatMap(({ startMs, endMs }) => [startMs, endMs]).sort((a, b) => a - b);
}
