import { soundSampleRate } from "@/lib/videos/waveform-format";
import type { Scene } from "./scene";
import { toMs, xOf } from "./view";

/** Below so many ms a px, single samples are joined by a line. */
const singleSampleMs = 1 / 16;
/** Shot changes nearer to each other than this on average would be a grey over all else, px. */
const leastShotPx = 14;

let columns = new Float32Array(0);

/** The waveform with what is known of the picture and of speech. */
export function paintSound(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, rows, palette } = scene;
  const middle = (rows.waveTop + rows.cuesTop) / 2;
  context.fillStyle = palette.line;
  context.fillRect(0, Math.round(middle), view.widthPx, 1);
  paintSpeech(context, scene);
  context.fillStyle = palette.inkFaint;
  context.strokeStyle = palette.inkMuted;
  if (view.msPerPx <= singleSampleMs && paintSamples(context, scene)) return;
  paintOutline(context, scene);
}

function paintOutline(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, rows, waveform, dpr } = scene;
  if (!waveform) return;
  const count = Math.ceil(view.widthPx * dpr);
  if (columns.length !== count * 2) columns = new Float32Array(count * 2);
  const msPerColumn = view.msPerPx / dpr;
  // From a whole column: the same sound keeps its shape while the view glides.
  const firstColumn = Math.floor(view.fromMs / msPerColumn);
  waveform.columns(firstColumn * msPerColumn, msPerColumn, columns);
  const middle = (rows.waveTop + rows.cuesTop) / 2;
  const half = ((rows.cuesTop - rows.waveTop) / 2 - 3) * waveform.gain;
  // Rectangles on whole device px: one path of all of them takes many times as long to fill.
  const whole = (px: number) => Math.round(px * dpr) / dpr;
  for (let column = 0; column < count; column++) {
    const low = columns[column * 2] ?? Number.NaN;
    const high = columns[column * 2 + 1] ?? Number.NaN;
    if (Number.isNaN(low)) continue;
    // What is louder than usual is cut off, not drawn over the rows beside.
    const top = whole(Math.max(rows.waveTop, middle - high * half));
    const bottom = whole(Math.min(rows.cuesTop - 1, middle - low * half));
    const height = Math.max(1 / dpr, bottom - top);
    context.fillRect(column / dpr, top, 1 / dpr, height);
  }
}

function paintSamples(context: CanvasRenderingContext2D, scene: Scene): boolean {
  const { view, rows, waveform } = scene;
  const samples = waveform?.samples(view.fromMs, Math.min(view.extentMs, toMs(view)));
  if (!waveform || !samples) return false;
  const perMs = soundSampleRate / 1000;
  const middle = (rows.waveTop + rows.cuesTop) / 2;
  const half = (((rows.cuesTop - rows.waveTop) / 2 - 3) * waveform.gain) / 32_768;
  const from = Math.floor(view.fromMs * perMs) - 1;
  const to = Math.ceil(toMs(view) * perMs) + 1;
  const dots: [number, number][] = [];
  const inRow = (y: number) => Math.min(rows.cuesTop - 1, Math.max(rows.waveTop, y));
  let place = samples.first;
  context.beginPath();
  for (const tile of samples.values) {
    const end = Math.min(tile.length, to - place);
    for (let i = Math.max(0, from - place); i < end; i++) {
      const x = xOf(view, (place + i) / perMs);
      const y = inRow(middle - (tile[i] ?? 0) * half);
      context.lineTo(x, y);
      dots.push([x, y]);
    }
    place += tile.length;
  }
  context.stroke();
  if (view.msPerPx * perMs > 1 / 5) return true;
  for (const [x, y] of dots) context.fillRect(x - 1.5, y - 1.5, 3, 3);
  return true;
}

/** Where somebody is heard: a band along the bottom. */
function paintSpeech(context: CanvasRenderingContext2D, { view, rows, palette, speech }: Scene) {
  context.fillStyle = palette.success;
  context.globalAlpha = 0.55;
  let drawnTo = Number.NEGATIVE_INFINITY;
  const first = firstAfter(speech.length, (place) => speech[place]?.endMs ?? 0, view.fromMs);
  for (let i = first; i < speech.length; i++) {
    const stretch = speech[i];
    if (!stretch || stretch.startMs > toMs(view)) break;
    const left = Math.max(drawnTo, Math.floor(xOf(view, stretch.startMs)));
    const right = Math.ceil(xOf(view, stretch.endMs));
    if (right > left) context.fillRect(left, rows.cuesTop - 4, right - left, 3);
    drawnTo = Math.max(drawnTo, right);
  }
  context.globalAlpha = 1;
}

/** The first place whose value lies above a limit; values don't fall. */
function firstAfter(count: number, value: (place: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value(middle) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where the picture cuts: thin lines through everything, as far as they can be told apart. */
export function paintShots(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, rows, palette, shots } = scene;
  const placeAfter = (ms: number) => firstAfter(shots.length, (place) => shots[place] ?? 0, ms);
  const inSight = shots.slice(placeAfter(view.fromMs - 1), placeAfter(toMs(view)));
  if (inSight.length * leastShotPx > view.widthPx) return;
  context.fillStyle = palette.warning;
  context.globalAlpha = 0.7;
  for (const ms of inSight) {
    context.fillRect(Math.round(xOf(view, ms)), rows.waveTop, 1, rows.bottom - rows.waveTop);
  }
  context.globalAlpha = 1;
}
