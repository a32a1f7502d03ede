/**
 * Whether list and timeline go with the picture. `on`: they do. `paused`: the person scrolled the
 * list away and can come back. `off`: switched off, for both.
 */
export type FollowMode = "on" | "paused" | "off";

export type FollowEvent =
  /** The person moved the list by wheel, touch, scroll bar or keys. */
  | "scrolled"
  /** Follow was switched. */
  | "switched"
  /** The person went to a cue, or back to the current one. */
  | "returned";

/** Scrolling pauses, going somewhere resumes, and only the switch turns it on after off. */
export function nextFollow(mode: FollowMode, event: FollowEvent): FollowMode {
  if (event === "switched") return mode === "on" ? "off" : "on";
  if (mode === "off") return "off";
  return event === "scrolled" ? "paused" : "on";
}

interface RowInView {
  rowTopPx: number;
  rowHeightPx: number;
  viewTopPx: number;
  viewHeightPx: number;
}

/** Share of the view above the current row after a move. */
const restingPlace = 0.35;
const calmZone = { from: 0.12, to: 0.7 };

/**
 * Where to scroll so that the row is well in sight, in px; null while it is in the calm zone
 * between 12 % and 70 % of the view, so that the list moves every few cues and not at each.
 */
export function scrollForRow({
  rowTopPx,
  rowHeightPx,
  viewTopPx,
  viewHeightPx,
}: RowInView): number | null {
  const top = rowTopPx - viewTopPx;
  const inZone =
    top >= viewHeightPx * calmZone.from && top + rowHeightPx <= viewHeightPx * calmZone.to;
  if (inZone) return null;
  const wanted = Math.max(0, Math.round(rowTopPx - viewHeightPx * restingPlace));
  return wanted === Math.round(viewTopPx) ? null : wanted;
}
