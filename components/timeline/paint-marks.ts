import type { Block } from "./cue-lane";
import type { CueMarks, Mark } from "./cue-marks";
import type { Scene } from "./scene";
import { xOf } from "./view";

/** px */
const radius = 3.5;
/** Marks nearer to each other than this are one, the gravest of them, px. */
export const markStepPx = 10;
/** A row less high than this has no room for marks above the number: one stands beside it, px. */
const lowRowPx = 30;
/** From the start of a block to the middle of its mark, px. */
const insetPx = 8;

export interface PlacedMark {
  /** Its middle, px. */
  x: number;
  mark: Mark;
}

const gravity: Record<Mark, number> = { conflict: 0, error: 1, warning: 2 };

/**
 * Where marks stand: at the start of their blocks, in order, and never on each other, so that
 * twenty thousand cues in sight have no more of them than fit side by side.
 */
export function placeMarks(
  blocks: readonly Block[],
  { view, rows }: Pick<Scene, "view" | "rows">,
  { findings, conflicts }: CueMarks,
): PlacedMark[] {
  const placed: PlacedMark[] = [];
  if (findings.size === 0 && conflicts.size === 0) return placed;
  const isLow = isLowRow(rows);
  const put = (at: number, mark: Mark) => {
    const last = placed.at(-1);
    if (!last || at >= last.x + markStepPx) placed.push({ x: at, mark });
    else if (gravity[mark] < gravity[last.mark]) last.mark = mark;
  };
  for (const { cue, startMs, endMs } of blocks) {
    const severity = findings.get(cue.id);
    const isConflicted = conflicts.has(cue.id);
    const first = isConflicted ? "conflict" : severity;
    if (first === undefined) continue;
    const left = Math.max(0, xOf(view, startMs));
    const right = Math.min(view.widthPx, xOf(view, endMs));
    if (right < 0 || left > view.widthPx) continue;
    const width = Math.max(0, right - left);
    const x = left + Math.min(insetPx, width / 2);
    put(x, first);
    const hasRoom = !isLow && width >= insetPx * 2 + markStepPx;
    if (isConflicted && severity !== undefined && hasRoom) put(x + markStepPx, severity);
  }
  return placed;
}

const isLowRow = (rows: Scene["rows"]) => rows.bottom - rows.cuesTop < lowRowPx;

/** How far the number of a block makes way for its mark, px. */
export function roomForMark({ rows, marks }: Pick<Scene, "rows" | "marks">, cueId: string): number {
  if (!isLowRow(rows)) return 0;
  return marks.conflicts.has(cueId) || marks.findings.has(cueId) ? markStepPx : 0;
}

/** A circle is an error, a triangle a warning, a hollow diamond a conflict: not by colour alone. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  scene: Scene,
  blocks: readonly Block[],
): void {
  const { rows, palette, marks } = scene;
  const y = isLowRow(rows) ? (rows.cuesTop + rows.bottom) / 2 - 1 : rows.cuesTop + 9.5;
  for (const { x, mark } of placeMarks(blocks, scene, marks)) {
    const colour = mark === "error" ? palette.danger : palette.warning;
    context.beginPath();
    outline(context, x, y, mark);
    // Set off from whatever lies below.
    context.strokeStyle = palette.surface;
    context.lineWidth = 3;
    context.stroke();
    context.fillStyle = mark === "conflict" ? palette.surface : colour;
    context.fill();
    if (mark !== "conflict") continue;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.stroke();
  }
}

function outline(context: CanvasRenderingContext2D, x: number, y: number, mark: Mark): void {
  if (mark === "error") {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const shoulder = mark === "conflict" ? y : y + radius - 0.5;
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, shoulder);
  if (mark === "conflict") context.lineTo(x, y + radius);
  context.lineTo(x - radius, shoulder);
  context.closePath();
}
