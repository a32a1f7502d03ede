import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import type { Block } from "./cue-lane";
import { fitText } from "./fit-text";
import { roomForMark } from "./paint-marks";
import type { Scene } from "./scene";
import { toMs, xOf } from "./view";

/** Blocks narrower than this on average are drawn as a band without edges, px. */
const bandPx = 4;
/** Less room than this has no use for a text, px. */
const textPx = 12;
/** Pauses are measured when there is room for the figure, and not when nobody asks, px and ms. */
const gapLabelPx = 34;
const longestGapMs = 3_000;

/** The blocks in sight, in order of their starts; moved ones where they are moved to. */
export function blocksInSight({
  view,
  lane,
  preview,
}: Pick<Scene, "view" | "lane" | "preview">): Block[] {
  const blocks: Block[] = [];
  const add = (from: number, to: number, wanted: (cue: Cue) => boolean, deltaMs = 0) => {
    for (let place = from; place < to; place++) {
      const block = lane.block(place);
      if (!block || block.endMs + deltaMs < view.fromMs || !wanted(block.cue)) continue;
      const { startMs, endMs } = block;
      blocks.push(
        deltaMs === 0 ? block : { ...block, startMs: startMs + deltaMs, endMs: endMs + deltaMs },
      );
    }
  };
  const { from, to } = lane.between(view.fromMs, toMs(view));
  if (preview === null) add(from, to, () => true);
  else if (preview.kind === "times") {
    add(from, to, (cue) => !preview.times.has(cue.id));
    for (const [cueId, times] of preview.times) {
      const block = lane.block(lane.placeOf(cueId));
      if (block) blocks.push({ ...block, ...times });
    }
  } else {
    const { ids, deltaMs } = preview;
    add(from, to, (cue) => !ids.has(cue.id));
    const shifted = lane.between(view.fromMs - deltaMs, toMs(view) - deltaMs);
    add(shifted.from, shifted.to, (cue) => ids.has(cue.id), deltaMs);
  }
  return preview === null ? blocks : blocks.sort((a, b) => a.startMs - b.startMs);
}

/** Behind the sound: where cues are, so that speech without any is seen. */
export function paintSpans(
  context: CanvasRenderingContext2D,
  scene: Scene,
  blocks: readonly Block[],
): void {
  const { view, rows, palette, selection } = scene;
  context.fillStyle = palette.sunken;
  context.fillRect(0, rows.waveTop, view.widthPx, rows.bottom - rows.waveTop);
  const [top, height] = [rows.waveTop, rows.cuesTop - rows.waveTop];
  context.fillStyle = palette.surface;
  eachBand(blocks, view, (left, width) => context.fillRect(left, top, width, height));
  context.fillStyle = palette.accentSoft;
  for (const { cue, startMs, endMs } of blocks) {
    if (cue.id !== selection.cueId && !selection.range.has(cue.id)) continue;
    const left = xOf(view, startMs);
    context.fillRect(left, top, Math.max(1, xOf(view, endMs) - left), height);
  }
}

/** Blocks that lie within the same px, or touch, as one. */
function eachBand(
  blocks: readonly Block[],
  view: Scene["view"],
  draw: (left: number, width: number) => void,
): void {
  let left = Number.NEGATIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  const flush = () => right > left && draw(Math.max(-1, left), right - Math.max(-1, left));
  for (const { startMs, endMs } of blocks) {
    const start = Math.floor(xOf(view, startMs));
    const end = Math.max(start + 1, Math.ceil(xOf(view, endMs)));
    if (start > right) {
      flush();
      left = start;
      right = end;
    } else right = Math.max(right, end);
  }
  flush();
}

/** The blocks themselves, what lies between them, and where they lie over each other. */
export function paintCues(
  context: CanvasRenderingContext2D,
  scene: Scene,
  blocks: readonly Block[],
): void {
  const { view, rows, palette } = scene;
  const [top, height] = [rows.cuesTop, rows.bottom - rows.cuesTop];
  context.fillStyle = palette.line;
  context.fillRect(0, top - 1, view.widthPx, 1);
  const shownMs = blocks.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (blocks.length > 0 && shownMs / blocks.length / view.msPerPx < bandPx) {
    context.fillStyle = palette.lineStrong;
    eachBand(blocks, view, (left, width) => context.fillRect(left, top + 4, width, height - 8));
    paintChosenBands(context, scene, blocks);
  } else {
    context.font = `12px ${palette.font}`;
    context.textBaseline = "middle";
    let readFromMs = Number.NEGATIVE_INFINITY;
    for (const [i, block] of blocks.entries()) {
      const readToMs = Math.min(block.endMs, blocks[i + 1]?.startMs ?? block.endMs);
      paintBlock(context, scene, block);
      paintText(context, scene, block, [Math.max(block.startMs, readFromMs), readToMs]);
      readFromMs = Math.max(readFromMs, block.endMs);
    }
    paintGaps(context, scene, blocks);
  }
  paintOverlaps(context, scene, blocks);
}

function paintChosenBands(
  context: CanvasRenderingContext2D,
  { view, rows, palette, selection }: Scene,
  blocks: readonly Block[],
): void {
  const { cueId, range } = selection;
  const chosen = blocks.filter(({ cue }) => cue.id === cueId || range.has(cue.id));
  const height = rows.bottom - rows.cuesTop;
  context.fillStyle = palette.accent;
  eachBand(chosen, view, (left, width) => {
    context.fillRect(left, rows.cuesTop + 4, Math.max(2, width), height - 8);
  });
}

function paintBlock(context: CanvasRenderingContext2D, scene: Scene, block: Block): void {
  const { view, rows, palette, selection, isCurrent } = scene;
  const { cue } = block;
  const left = Math.max(-4, Math.round(xOf(view, block.startMs)));
  const right = Math.min(view.widthPx + 4, Math.round(xOf(view, block.endMs)));
  const width = Math.max(1, right - left - 1);
  const [top, height] = [rows.cuesTop + 3, rows.bottom - rows.cuesTop - 6];
  const selected = cue.id === selection.cueId;
  const chosen = selected || selection.range.has(cue.id);
  context.fillStyle = chosen ? palette.accentSoft : palette.surface;
  context.strokeStyle = chosen ? palette.accent : palette.lineStrong;
  context.lineWidth = selected ? 2 : 1;
  context.beginPath();
  const inset = selected ? 1 : 0.5;
  const corner = Math.min(4, width / 3);
  context.roundRect(
    left + inset,
    top + inset,
    Math.max(0.5, width - 2 * inset),
    height - 2 * inset,
    corner,
  );
  context.fill();
  context.stroke();
  if (isCurrent(cue.id)) {
    context.fillStyle = palette.accent;
    context.fillRect(left + 2, top + height - 4, Math.max(1, width - 4), 2);
  }
}

/** Its number and text, where no other block lies over it. */
function paintText(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { cue, number }: Block,
  [fromMs, readToMs]: [number, number],
): void {
  const { view, rows, palette, words } = scene;
  // Of a block that begins before the edge the text is still to be read.
  const left = Math.max(0, xOf(view, fromMs)) + 7 + roomForMark(scene, cue.id);
  const right = Math.min(view.widthPx, xOf(view, readToMs)) - 7;
  if (right - left < textPx) return;
  const text = plainText(cue.text).replace(/\s+/g, " ").trim();
  const line = `${number}  ${text === "" ? words.empty : text}`;
  context.fillStyle = text === "" ? palette.inkFaint : palette.ink;
  const fitted = fitText(context, cue, line, Math.round(right - left));
  if (fitted) context.fillText(fitted, left, (rows.cuesTop + rows.bottom) / 2 - 1);
}

function paintGaps(
  context: CanvasRenderingContext2D,
  { view, rows, palette, words }: Scene,
  blocks: readonly Block[],
): void {
  const y = (rows.cuesTop + rows.bottom) / 2;
  context.font = `11px ${palette.font}`;
  context.textAlign = "center";
  let end = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of blocks) {
    const gapMs = startMs - end;
    const width = gapMs / view.msPerPx;
    if (gapMs > 0 && gapMs <= longestGapMs && width >= gapLabelPx) {
      const [left, right] = [xOf(view, end) + 3, xOf(view, startMs) - 4];
      context.fillStyle = palette.lineStrong;
      context.fillRect(left, y + 8, right - left, 1);
      context.fillRect(left, y + 5, 1, 7);
      context.fillRect(right, y + 5, 1, 7);
      context.fillStyle = palette.inkMuted;
      context.fillText(words.gap(gapMs), (left + right) / 2, y - 2);
    }
    end = Math.max(end, endMs);
  }
  context.textAlign = "left";
}

/** Hatched where two cues show at once: not by colour alone. */
function paintOverlaps(
  context: CanvasRenderingContext2D,
  { view, rows, palette }: Scene,
  blocks: readonly Block[],
): void {
  const [top, bottom] = [rows.cuesTop + 3, rows.bottom - 3];
  context.strokeStyle = palette.danger;
  context.lineWidth = 1.5;
  let end = Number.NEGATIVE_INFINITY;
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of blocks) {
    const left = Math.max(0, drawnTo, Math.round(xOf(view, startMs)));
    const right = Math.min(view.widthPx, Math.round(xOf(view, Math.min(end, endMs))));
    if (right > left) {
      hatch(context, left, right, top, bottom);
      drawnTo = right;
    } else if (startMs < end && left <= view.widthPx && drawnTo < left) {
      // Too short to be hatched, and still something to see.
      context.fillStyle = palette.danger;
      context.fillRect(left, top, 2, bottom - top);
      drawnTo = left + 2;
    }
    end = Math.max(end, endMs);
  }
}

function hatch(
  context: CanvasRenderingContext2D,
  left: number,
  right: number,
  top: number,
  bottom: number,
): void {
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.beginPath();
  const height = bottom - top;
  // On a grid of the page, so that neighbouring stretches join.
  for (let x = Math.floor((left - height) / 6) * 6; x < right; x += 6) {
    context.moveTo(x, bottom);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}
