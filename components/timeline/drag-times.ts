import { framesLaterMs } from "@/components/player/frame-times";
import type { Cue } from "@/lib/subtitles/model";
import type { CueOperation } from "@/lib/subtitles/operations";
import {
  moveCues,
  type Snapper,
  type SnapTarget,
  setTimes,
} from "@/lib/subtitles/operations/editing";
import { leastTimes } from "@/lib/subtitles/operations/editing/edited";
import type { RuleProfile } from "@/lib/subtitles/rules";
import type { CueLane } from "./cue-lane";

export interface Times {
  startMs: number;
  endMs: number;
}

/** Where cues would be if the pointer were let go now. */
export type Preview =
  | { kind: "times"; times: ReadonlyMap<string, Times> }
  | { kind: "shift"; ids: ReadonlySet<string>; deltaMs: number };

/** What a drag would do; `operation` is null while it changes nothing. */
export interface Outcome {
  preview: Preview | null;
  operation: CueOperation | null;
  /** What an edge was drawn to. */
  snap: SnapTarget | null;
}

export const nothing: Outcome = { preview: null, operation: null, snap: null };

export interface DragMaking {
  lane: CueLane;
  profile: RuleProfile;
  /** Null: not known, and nothing is drawn to frames. */
  fps: number | null;
  /** Length of the video, ms; 0: not known. */
  durationMs: number;
}

/** How the pointer's time becomes that of an edge. */
export interface Drawn {
  snapper: Snapper;
  reachMs: number;
  playheadMs: number;
  /** Held off: times are as the pointer has them. */
  free: boolean;
}

const making = ({ profile, fps }: DragMaking) => ({ profile, ...(fps !== null && { fps }) });

/** The time that an edge gets: a target's, else the pointer's in whole ms. */
function drawnTo(ms: number, edge: "start" | "end", drawn: Drawn): SnapTarget | number {
  const { snapper, reachMs, playheadMs, free } = drawn;
  const snap = free ? undefined : snapper.at({ ms, edge, toleranceMs: reachMs, playheadMs });
  return snap ?? Math.max(0, Math.round(ms));
}

const msOf = (to: SnapTarget | number): number => (typeof to === "number" ? to : to.ms);
/** Frames are everywhere: that an edge has come to one isn't worth a word. */
const snapOf = (to: SnapTarget | number): SnapTarget | null =>
  typeof to === "number" || to.kind === "frame" ? null : to;

interface EdgeDrag {
  cueId: string;
  edge: "start" | "end";
  /** Where the edge shall be, before it is drawn anywhere. */
  ms: number;
  drawn: Drawn;
  /** The neighbours give way. */
  push: boolean;
}

/** One edge of a cue: up to the neighbours, or into them, and never past the other edge. */
export function dragEdge(drag: EdgeDrag, made: DragMaking): Outcome {
  const cue = made.lane.cue(drag.cueId);
  if (!cue) return nothing;
  const to = drawnTo(drag.ms, drag.edge, drag.drawn);
  const { cueMs } = leastTimes(making(made));
  const least = Math.min(cueMs, cue.endMs - cue.startMs);
  const times =
    drag.edge === "start"
      ? { startMs: Math.min(msOf(to), cue.endMs - least), endMs: cue.endMs }
      : { startMs: cue.startMs, endMs: Math.max(msOf(to), cue.startMs + least) };
  return retimed(cue, times, drag.push, made, to);
}

function retimed(
  cue: Cue,
  times: Times,
  push: boolean,
  made: DragMaking,
  to: SnapTarget | number,
): Outcome {
  const edited = setTimes({
    ...{ cues: made.lane.cues, cueId: cue.id, ...times },
    neighbours: push ? "push" : "clamp",
    ...making(made),
  });
  if (!edited.ok) return nothing;
  const preview = new Map<string, Times>();
  const { operation } = edited;
  for (const part of operation.kind === "batch" ? operation.operations : [operation]) {
    if (part.kind === "setTimes") preview.set(part.cueId, part);
  }
  const reached = preview.get(cue.id);
  const at = msOf(to);
  const held = reached !== undefined && (reached.startMs === at || reached.endMs === at);
  return { preview: { kind: "times", times: preview }, operation, snap: held ? snapOf(to) : null };
}

interface MoveDrag {
  ids: ReadonlySet<string>;
  deltaMs: number;
  drawn: Drawn;
  push: boolean;
}

/** Whole cues: as far as their neighbours and the video let them. */
export function dragCues(drag: MoveDrag, made: DragMaking): Outcome {
  const { lane } = made;
  const places = [...drag.ids].map((id) => lane.placeOf(id)).filter((place) => place >= 0);
  if (places.length === 0) return nothing;
  const moving = places.sort((a, b) => a - b).flatMap((place) => lane.cues[place] ?? []);
  const [first] = moving;
  if (!first) return nothing;
  const drawn = drawnDelta(moving, drag);
  const [only] = moving;
  if (only && moving.length === 1 && drag.push) {
    const [startMs, endMs] = [only.startMs + drawn.deltaMs, only.endMs + drawn.deltaMs];
    if (startMs < 0) return nothing;
    return retimed(only, { startMs, endMs }, true, made, drawn.snap ?? startMs);
  }
  const [least, most] = moveRoom(places, made);
  const deltaMs = Math.min(most, Math.max(least, drawn.deltaMs));
  const bounds = made.durationMs > 0 ? { durationMs: Math.max(made.durationMs, lane.endMs) } : {};
  const edited = moveCues(lane.cues, drag.ids, deltaMs, bounds);
  if (!edited.ok) return nothing;
  const { operation } = edited;
  const part = operation.kind === "batch" ? operation.operations[0] : operation;
  if (part?.kind !== "setTimes") return nothing;
  const moved = part.startMs - (lane.cue(part.cueId)?.startMs ?? 0);
  return {
    preview: { kind: "shift", ids: drag.ids, deltaMs: moved },
    operation,
    snap: moved === drawn.deltaMs ? drawn.snap : null,
  };
}

/** The way that brings the first start or the last end to what is nearest. */
function drawnDelta(
  moving: readonly Cue[],
  { deltaMs, drawn }: MoveDrag,
): { deltaMs: number; snap: SnapTarget | null } {
  const startMs = moving[0]?.startMs ?? 0;
  const endMs = moving.reduce((latest, cue) => Math.max(latest, cue.endMs), 0);
  const start = drawnTo(startMs + deltaMs, "start", drawn);
  const end = drawnTo(endMs + deltaMs, "end", drawn);
  const [startSnap, endSnap] = [snapOf(start), snapOf(end)];
  const off = (snap: SnapTarget, edgeMs: number) => Math.abs(snap.ms - (edgeMs + deltaMs));
  if (endSnap && (!startSnap || off(endSnap, endMs) < off(startSnap, startMs))) {
    return { deltaMs: endSnap.ms - endMs, snap: endSnap };
  }
  return { deltaMs: msOf(start) - startMs, snap: startSnap };
}

/** How far cues at these places, in order, can go back and forth before they meet others. */
function moveRoom(places: readonly number[], made: DragMaking): [number, number] {
  const { gapMs } = leastTimes(making(made));
  const { cues } = made.lane;
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  for (const [i, place] of places.entries()) {
    const cue = cues[place];
    if (!cue) continue;
    least = Math.max(least, -cue.startMs);
    const before = places[i - 1] === place - 1 ? undefined : cues[place - 1];
    // Those that lie over each other already keep nobody.
    if (before && before.endMs <= cue.startMs) {
      least = Math.max(least, Math.min(0, before.endMs + gapMs - cue.startMs));
    }
    const after = places[i + 1] === place + 1 ? undefined : cues[place + 1];
    if (after && after.startMs >= cue.endMs) {
      most = Math.min(most, Math.max(0, after.startMs - gapMs - cue.endMs));
    }
  }
  return [least, most];
}

/** A new cue between two times, in the room around the first of them; null: there is none. */
export function drawnCue(
  span: { fromMs: number; toMs: number },
  drawn: Drawn,
  made: DragMaking,
): Times | null {
  const free = made.lane.freeAround(span.fromMs);
  if (!free) return null;
  const { gapMs, cueMs } = leastTimes(making(made));
  const least = free.fromMs === 0 ? 0 : free.fromMs + gapMs;
  const end = made.durationMs > 0 ? Math.max(made.durationMs, made.lane.endMs) : Infinity;
  const most = Math.min(end, free.toMs - gapMs);
  const [from, to] = [Math.min(span.fromMs, span.toMs), Math.max(span.fromMs, span.toMs)];
  const startMs = Math.max(least, msOf(drawnTo(from, "start", drawn)));
  const endMs = Math.min(most, msOf(drawnTo(to, "end", drawn)));
  return endMs - startMs >= cueMs ? { startMs, endMs } : null;
}

/** What a time becomes by so many presses of a key: frames, or 10 ms where there are none. */
export function nudgedMs(ms: number, steps: number, fps: number | null): number {
  return fps === null ? Math.max(0, ms + steps * 10) : framesLaterMs(ms, steps, fps);
}
