import type { Cue } from "@/lib/subtitles/model";
import type { CueOperation } from "@/lib/subtitles/operations";
import type { Snapper } from "@/lib/subtitles/operations/editing";
import {
  type DragMaking,
  type Drawn,
  dragCues,
  dragEdge,
  drawnCue,
  nothing,
  type Outcome,
  type Times,
} from "./drag-times";
import { type Hit, hitAt, type Rows } from "./hit";
import { msAt, type TimelineView } from "./view";

/** A pointer that moves less than this hasn't dragged, px. */
const clickPx = 4;
/** How near a target draws an edge, px. */
const snapPx = 8;
/** How near an edge can be taken, px. */
export const edgeReachPx = { mouse: 6, touch: 16 };

export interface Pointer {
  /** px from the timeline's corner. */
  x: number;
  y: number;
  alt: boolean;
  shift: boolean;
  /** Ctrl, or Command on a Mac. */
  ctrl: boolean;
  touch: boolean;
  /** The middle button, which moves the view. */
  middle: boolean;
}

/** What the pointer is about. */
export type Drag =
  | { kind: "idle" }
  /** Down, and perhaps a click. */
  | { kind: "pressed"; at: Pointer; ms: number; hit: Hit }
  | { kind: "scrub" }
  | { kind: "pan"; x: number }
  | {
      kind: "edge";
      cueId: string;
      edge: "start" | "end";
      /** How far from the edge it was taken. */
      grabMs: number;
      snapper: Snapper;
      outcome: Outcome;
    }
  | {
      kind: "move";
      ids: ReadonlySet<string>;
      fromMs: number;
      snapper: Snapper;
      outcome: Outcome;
    }
  /** All cues between two times are being chosen. */
  | { kind: "sweep"; fromMs: number; toMs: number }
  | { kind: "draw"; fromMs: number; snapper: Snapper; span: Times | null };

export const idle: Drag = { kind: "idle" };

/** What has to be done. */
export type DragEffect =
  | { kind: "seek"; ms: number }
  | { kind: "select"; cueId: string; how: "one" | "extend" | "toggle" }
  | { kind: "sweep"; fromMs: number; toMs: number }
  | { kind: "scroll"; px: number }
  | { kind: "commit"; operation: CueOperation }
  | { kind: "insert"; span: Times };

export interface DragContext extends DragMaking {
  view: TimelineView;
  rows: Rows;
  selection: { cueId: string | null; range: ReadonlySet<string> };
  readOnly: boolean;
  playheadMs: number;
  /** What edges are drawn to while these cues move. */
  snapperFor: (ids: ReadonlySet<string>) => Snapper;
}

interface Step {
  drag: Drag;
  effects: DragEffect[];
}

const step = (drag: Drag, ...effects: DragEffect[]): Step => ({ drag, effects });

/** What lies under a pointer, for whoever may edit and who may not. */
export function hitOf(at: Pointer, context: DragContext): Hit {
  const { view, rows, lane, selection, readOnly } = context;
  const hit = hitAt(at.x, at.y, {
    ...{ view, rows, lane, selectedId: readOnly ? null : selection.cueId },
    reachPx: at.touch ? edgeReachPx.touch : edgeReachPx.mouse,
  });
  // Whoever can't change it, or has only a thumb, looks.
  const looks = (readOnly || at.touch) && hit.kind === "edge";
  if (!looks) return hit;
  return at.y < rows.cuesTop ? { kind: "ground" } : { kind: "cue", cueId: hit.cueId };
}

/** A button or a finger came down. */
export function pressed(at: Pointer, context: DragContext): Step {
  const hit = hitOf(at, context);
  const ms = Math.max(0, msAt(context.view, at.x));
  if (at.middle) return step({ kind: "pan", x: at.x });
  if (hit.kind === "ruler") return step({ kind: "scrub" }, { kind: "seek", ms });
  return step({ kind: "pressed", at, ms, hit });
}

/** The pointer, or a key that changes what it does, has moved. */
export function moved(drag: Drag, at: Pointer, context: DragContext): Step {
  const ms = Math.max(0, msAt(context.view, at.x));
  switch (drag.kind) {
    case "idle":
      return step(drag);
    case "pressed": {
      if (Math.hypot(at.x - drag.at.x, at.y - drag.at.y) < clickPx) return step(drag);
      const begun = begin(drag, context);
      const next = moved(begun.drag, at, context);
      return { drag: next.drag, effects: [...begun.effects, ...next.effects] };
    }
    case "scrub":
      return step(drag, { kind: "seek", ms });
    case "pan":
      return step({ ...drag, x: at.x }, { kind: "scroll", px: drag.x - at.x });
    case "sweep":
      return step({ ...drag, toMs: ms });
    case "draw": {
      const span = { fromMs: drag.fromMs, toMs: ms };
      return step({ ...drag, span: drawnCue(span, drawnBy(at, context, drag, false), context) });
    }
    case "edge": {
      const { cueId, edge, grabMs } = drag;
      const wanted = { cueId, edge, ms: ms - grabMs, push: at.shift };
      return step({
        ...drag,
        outcome: dragEdge({ ...wanted, drawn: drawnBy(at, context, drag) }, context),
      });
    }
    case "move": {
      const wanted = { ids: drag.ids, deltaMs: ms - drag.fromMs, push: at.shift };
      return step({
        ...drag,
        outcome: dragCues({ ...wanted, drawn: drawnBy(at, context, drag) }, context),
      });
    }
  }
}

function drawnBy(
  at: Pointer,
  { view, playheadMs }: DragContext,
  { snapper }: { snapper: Snapper },
  free = at.alt,
): Drawn {
  return { snapper, playheadMs, reachMs: snapPx * view.msPerPx, free };
}

const none: ReadonlySet<string> = new Set();

/** What a press becomes once it moves. */
function begin({ at, ms, hit }: Extract<Drag, { kind: "pressed" }>, context: DragContext): Step {
  if (at.touch) return step({ kind: "pan", x: at.x });
  const cue = "cueId" in hit ? context.lane.cue(hit.cueId) : undefined;
  if (context.readOnly || !cue) {
    if (hit.kind === "ground" && at.alt && !context.readOnly) {
      const snapper = context.snapperFor(none);
      return step({ kind: "draw", fromMs: ms, snapper, span: null });
    }
    return step({ kind: "sweep", fromMs: ms, toMs: ms });
  }
  const { range, cueId } = context.selection;
  if (hit.kind === "edge") {
    const edgeMs = hit.edge === "start" ? cue.startMs : cue.endMs;
    const drag: Drag = {
      ...{ kind: "edge", cueId: cue.id, edge: hit.edge, grabMs: ms - edgeMs },
      snapper: context.snapperFor(new Set([cue.id])),
      outcome: nothing,
    };
    return cueId === cue.id ? step(drag) : step(drag, select(cue));
  }
  const ids = range.has(cue.id) ? range : new Set([cue.id]);
  const snapper = context.snapperFor(ids);
  const drag: Drag = { kind: "move", ids, fromMs: ms, snapper, outcome: nothing };
  return range.has(cue.id) || cueId === cue.id ? step(drag) : step(drag, select(cue));
}

const select = (cue: Cue): DragEffect => ({ kind: "select", cueId: cue.id, how: "one" });

/** The pointer was let go. */
export function released(drag: Drag): Step {
  switch (drag.kind) {
    case "pressed":
      return step(idle, ...clicked(drag));
    case "sweep": {
      const [fromMs, toMs] = [drag.fromMs, drag.toMs].sort((a, b) => a - b);
      return step(idle, { kind: "sweep", fromMs: fromMs ?? 0, toMs: toMs ?? 0 });
    }
    case "draw":
      return drag.span ? step(idle, { kind: "insert", span: drag.span }) : step(idle);
    case "edge":
    case "move": {
      const { operation } = drag.outcome;
      return operation ? step(idle, { kind: "commit", operation }) : step(idle);
    }
    default:
      return step(idle);
  }
}

function clicked({ at, ms, hit }: Extract<Drag, { kind: "pressed" }>): DragEffect[] {
  const seek: DragEffect = { kind: "seek", ms };
  if (!("cueId" in hit)) return [seek];
  const how = at.shift ? "extend" : at.ctrl ? "toggle" : "one";
  const chosen: DragEffect = { kind: "select", cueId: hit.cueId, how };
  return how === "one" ? [chosen, seek] : [chosen];
}

/** What the timeline shows instead of what is stored. */
export function outcomeOf(drag: Drag): Outcome {
  return drag.kind === "edge" || drag.kind === "move" ? drag.outcome : nothing;
}
