import { blocksInSight, paintCues, paintSpans } from "./paint-cues";
import { paintMarks } from "./paint-marks";
import { paintRuler } from "./paint-ruler";
import { paintShots, paintSound } from "./paint-sound";
import type { Scene } from "./scene";
import { xOf } from "./view";

/** Draws all of a timeline but the playhead and the handles, which are elements of the page. */
export function paintTimeline(context: CanvasRenderingContext2D, scene: Scene): void {
  const { dpr, view } = scene;
  context.setTransform(dpr, 0, 0, dpr, 0, 0);
  context.textAlign = "left";
  context.lineWidth = 1;
  context.globalAlpha = 1;
  const blocks = blocksInSight(scene);
  paintSpans(context, scene, blocks);
  if (view.extentMs > 0) paintRuler(context, scene);
  context.lineWidth = 1;
  paintSound(context, scene);
  paintShots(context, scene);
  paintCues(context, scene, blocks);
  paintMarks(context, scene, blocks);
  paintSpan(context, scene, scene.sweep, false);
  paintSpan(context, scene, scene.newCue, true);
  paintSnap(context, scene);
}

/** What is being chosen, or the cue that is being drawn. */
function paintSpan(
  context: CanvasRenderingContext2D,
  { view, rows, palette }: Scene,
  span: Scene["sweep"],
  isCue: boolean,
): void {
  if (!span) return;
  const left = xOf(view, Math.min(span.startMs, span.endMs));
  const width = Math.abs(span.endMs - span.startMs) / view.msPerPx;
  const top = isCue ? rows.cuesTop + 3 : rows.waveTop;
  const height = isCue ? rows.bottom - rows.cuesTop - 6 : rows.bottom - rows.waveTop;
  context.fillStyle = palette.accent;
  context.globalAlpha = isCue ? 0.3 : 0.15;
  context.fillRect(left, top, width, height);
  context.globalAlpha = 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, Math.max(0, width - 1), height - 1);
}

/** What an edge is drawn to, with its name. */
function paintSnap(
  context: CanvasRenderingContext2D,
  { view, rows, palette, snap, words }: Scene,
): void {
  if (!snap) return;
  const x = Math.round(xOf(view, snap.ms));
  context.fillStyle = palette.accent;
  for (let y = rows.waveTop; y < rows.bottom; y += 6) context.fillRect(x, y, 1, 4);
  const name = words.snap(snap.kind);
  context.font = `11px ${palette.font}`;
  const width = context.measureText(name).width + 10;
  const left = x + width + 6 > view.widthPx ? x - width - 4 : x + 4;
  context.beginPath();
  context.roundRect(left, rows.waveTop + 4, width, 18, 4);
  context.fill();
  context.fillStyle = palette.accentInk;
  context.textBaseline = "middle";
  context.fillText(name, left + 5, rows.waveTop + 13.5);
}
