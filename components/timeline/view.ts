/** The part of a video that a timeline shows, and how closely. */
export interface TimelineView {
  /** What stands at the left edge. */
  fromMs: number;
  msPerPx: number;
  widthPx: number;
  /** All that there is to show: the video, and cues that end after it. */
  extentMs: number;
}

/** The closest look: eight px a sample of sound at 16 kHz. */
export const closestMsPerPx = 1 / 128;
/** Space after the end, so that the last cue can be taken by its edge, px. */
const afterEndPx = 24;

export const initialView: TimelineView = { fromMs: 0, msPerPx: 20, widthPx: 0, extentMs: 0 };

/** Where a time stands, px from the left edge. */
export const xOf = (view: TimelineView, ms: number): number => (ms - view.fromMs) / view.msPerPx;

/** The time at a place; not rounded. */
export const msAt = (view: TimelineView, x: number): number => view.fromMs + x * view.msPerPx;

/** The time at the right edge. */
export const toMs = (view: TimelineView): number => msAt(view, view.widthPx);

/** ms per px at which everything is in sight. */
export function widestMsPerPx({ widthPx, extentMs }: TimelineView): number {
  return Math.max(closestMsPerPx, extentMs / Math.max(1, widthPx - afterEndPx));
}

/** The nearest view that can be shown: no closer than a sample, no farther than all. */
export function possible(view: TimelineView): TimelineView {
  const msPerPx = Math.min(widestMsPerPx(view), Math.max(closestMsPerPx, view.msPerPx));
  const lastFrom = Math.max(0, view.extentMs - (view.widthPx - afterEndPx) * msPerPx);
  const fromMs = Math.min(lastFrom, Math.max(0, view.fromMs));
  return { ...view, msPerPx, fromMs };
}

/** Closer (a factor above 1) or farther, with the time at `x` staying where it is. */
export function zoomed(view: TimelineView, factor: number, x: number): TimelineView {
  const msPerPx = Math.min(widestMsPerPx(view), Math.max(closestMsPerPx, view.msPerPx / factor));
  return possible({ ...view, msPerPx, fromMs: msAt(view, x) - x * msPerPx });
}

/** All of it. */
export function fitted(view: TimelineView): TimelineView {
  return possible({ ...view, fromMs: 0, msPerPx: widestMsPerPx(view) });
}

/** Scrolled by so many px; to the right above 0. */
export function scrolled(view: TimelineView, px: number): TimelineView {
  return possible({ ...view, fromMs: view.fromMs + px * view.msPerPx });
}

/** With another width, or more or less to show; what is in sight stays. */
export function reshaped(
  view: TimelineView,
  shape: Partial<Pick<TimelineView, "widthPx" | "extentMs">>,
): TimelineView {
  return possible({ ...view, ...shape });
}

/** Whether a time is in sight. */
export function inSight(view: TimelineView, ms: number): boolean {
  return ms >= view.fromMs && ms <= toMs(view);
}

/** Share of the width in front of the playhead after a page was turned. */
const pageLead = 0.08;
/** The page is turned when the playhead has this share of the width left. */
const pageEnd = 0.04;

/**
 * The view that follows the playhead by turning pages: the same until the playhead leaves it, or
 * comes to its end.
 */
export function paged(view: TimelineView, ms: number): TimelineView {
  const spanMs = view.widthPx * view.msPerPx;
  if (ms >= view.fromMs && ms <= view.fromMs + spanMs * (1 - pageEnd)) return view;
  const next = possible({ ...view, fromMs: ms - spanMs * pageLead });
  return next.fromMs === view.fromMs ? view : next;
}

/** A stretch brought into sight with room around it; the same view while it is in sight. */
export function revealed(view: TimelineView, startMs: number, endMs: number): TimelineView {
  if (startMs >= view.fromMs && endMs <= toMs(view)) return view;
  const spanMs = view.widthPx * view.msPerPx;
  const room = Math.max(0, spanMs - (endMs - startMs));
  return possible({ ...view, fromMs: startMs - room / 2 });
}

/**
 * The view once the playhead is elsewhere: pages are turned while it moves by itself, and it is
 * looked for where somebody has put it. The same view where it isn't followed.
 */
export function withPlayhead(
  view: TimelineView,
  ms: number,
  { playing, followed }: { playing: boolean; followed: boolean },
): TimelineView {
  if (!followed) return view;
  return playing ? paged(view, ms) : revealed(view, ms, ms);
}
