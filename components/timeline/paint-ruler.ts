import { rulerLabel, rulerScale } from "./ruler";
import type { Scene } from "./scene";
import { toMs, xOf } from "./view";

/** The ruler with its labels, and lines that lead down from them. */
export function paintRuler(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, rows, palette } = scene;
  const { stepMs, markMs } = rulerScale(view.msPerPx);
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, view.widthPx, rows.waveTop);
  context.fillStyle = palette.line;
  context.fillRect(0, rows.waveTop - 1, view.widthPx, 1);
  const last = Math.floor(Math.min(toMs(view), view.extentMs + stepMs) / markMs);
  context.fillStyle = palette.lineStrong;
  for (let mark = Math.floor(view.fromMs / markMs); mark <= last; mark++) {
    context.fillRect(Math.round(xOf(view, mark * markMs)), rows.waveTop - 4, 1, 3);
  }
  context.font = `11px ${palette.font}`;
  context.textBaseline = "alphabetic";
  const baseline = rows.waveTop - (rows.waveTop < 20 ? 4 : 7);
  const lastStep = Math.floor(toMs(view) / stepMs);
  for (let step = Math.floor(view.fromMs / stepMs); step <= lastStep; step++) {
    const x = Math.round(xOf(view, step * stepMs));
    context.fillStyle = palette.line;
    context.fillRect(x, rows.waveTop, 1, rows.cuesTop - rows.waveTop);
    context.fillStyle = palette.lineStrong;
    context.fillRect(x, rows.waveTop - 8, 1, 7);
    context.fillStyle = palette.inkMuted;
    context.fillText(rulerLabel(step * stepMs, stepMs), x + 4, baseline);
  }
}
