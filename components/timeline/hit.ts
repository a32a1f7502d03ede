import type { Cue } from "@/lib/subtitles/model";
import type { CueLane } from "./cue-lane";
import { msAt, type TimelineView, xOf } from "./view";

/** Heights of the timeline's rows, px from the top. */
export interface Rows {
  /** The ruler ends and the waveform begins. */
  waveTop: number;
  /** The waveform ends and the cues begin. */
  cuesTop: number;
  bottom: number;
}

const ruler = { usual: 22, low: 14 };
const lane = { usual: 44, low: 24 };
/** A timeline less high than this has low rows, as on a phone, px. */
const lowPx = 110;

/** How a height is divided; the waveform has what the others leave. */
export function rowsOf(heightPx: number): Rows {
  const size = heightPx < lowPx ? "low" : "usual";
  const bottom = Math.max(ruler[size] + lane[size], heightPx);
  return { waveTop: ruler[size], cuesTop: bottom - lane[size], bottom };
}

/** What lies under the pointer. */
export type Hit =
  | { kind: "ruler" }
  | { kind: "edge"; cueId: string; edge: "start" | "end" }
  | { kind: "cue"; cueId: string }
  | { kind: "ground" };

interface HitOptions {
  view: TimelineView;
  rows: Rows;
  lane: CueLane;
  /** Its edges can be taken in the waveform too, and before those of others. */
  selectedId: string | null;
  /** How near an edge is near enough, px; fingers need more than a mouse. */
  reachPx: number;
}

/** Half of a target's least width, px (WCAG 2.2, 2.5.8). */
const handleReachPx = 12;

/** The width below which a block has no edges to take: it is moved, or zoomed in on, px. */
const narrowPx = 10;

/** What lies at a place of the timeline. */
export function hitAt(x: number, y: number, options: HitOptions): Hit {
  const { view, rows, lane, selectedId, reachPx } = options;
  if (y < rows.waveTop) return { kind: "ruler" };
  const selected = selectedId === null ? undefined : lane.cue(selectedId);
  const edge = selected && edgeAt(x, selected, view, Math.max(reachPx, handleReachPx));
  if (selected && edge) return { kind: "edge", cueId: selected.id, edge };
  if (y < rows.cuesTop) return { kind: "ground" };
  const near = lane.at(msAt(view, x), reachPx * view.msPerPx);
  const inside = near.filter((cue) => xOf(view, cue.startMs) <= x && x < xOf(view, cue.endMs));
  // Inside first: where two cues touch, each has the edge on its own side.
  for (const cue of [...inside.reverse(), ...near]) {
    const own = edgeAt(x, cue, view, reachPx);
    if (own) return { kind: "edge", cueId: cue.id, edge: own };
  }
  const [top] = inside;
  return top ? { kind: "cue", cueId: top.id } : { kind: "ground" };
}

function edgeAt(
  x: number,
  cue: Cue,
  view: TimelineView,
  reachPx: number,
): "start" | "end" | undefined {
  const [start, end] = [xOf(view, cue.startMs), xOf(view, cue.endMs)];
  const width = end - start;
  const isInside = x >= start && x < end;
  if (width < narrowPx && isInside) return undefined;
  // Of a short block a third each: something must be left to move it by.
  const reach = isInside ? Math.min(reachPx, width / 3) : reachPx;
  const [toStart, toEnd] = [Math.abs(x - start), Math.abs(x - end)];
  if (Math.min(toStart, toEnd) > reach) return undefined;
  return toStart <= toEnd ? "start" : "end";
}
