import { plainOffset, plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import {
  type Cut,
  cutCue,
  cutOffsets,
  isInside,
  timesAtOffset,
} from "@/lib/subtitles/operations/editing/cut";
import {
  type Edited,
  edited,
  leastTimes,
  type Making,
  refused,
} from "@/lib/subtitles/operations/editing/edited";

/** Where a cue is to be split. What is absent is worked out from what is there. */
export interface SplitPlace {
  /** Offset in the cue's text, markup included: where the text cursor stands. */
  caret?: number | undefined;
  /** Where the video stands; counts where that is inside the cue. */
  playheadMs?: number | undefined;
  /** The index of the word that the second part begins with; counts where the words say the text. */
  word?: number | undefined;
}

export interface SplitOptions extends Making {
  cue: Cue;
  at: SplitPlace;
  makeId: () => string;
}

/**
 * A cue as two. The text is cut at the caret, else before the word, else where it is said at the
 * playhead, else in its middle (at a line break where there is one). The time is the playhead's
 * where it is inside the cue, else that of the words, else shared by the length of the text.
 * The second part gets the new id.
 */
export function splitCue({ cue, at, makeId, ...making }: SplitOptions): Edited {
  const least = leastTimes(making);
  if (cue.endMs - cue.startMs < 2 * least.cueMs + least.gapMs) return refused("too_short");
  const playheadMs = insideCue(cue, at.playheadMs, least);
  const offset = offsetOf(cue, { ...at, playheadMs }, making);
  if (offset === undefined) return refused("one_piece");
  const cut =
    playheadMs === undefined
      ? fitted(cue, spokenCut(cue, offset, making), making)
      : { endMs: playheadMs - least.gapMs, startMs: playheadMs };
  return replaced(cue, [{ ...cut, offset }], making, makeId);
}

/**
 * A cue as one for each of its lines, as where two people share it. Times as in `splitCue`.
 */
export function splitByLines({ cue, makeId, ...making }: Omit<SplitOptions, "at">): Edited {
  const plain = plainText(cue.text);
  const offsets = [...plain.matchAll(/\n/g)]
    .map(({ index }) => index)
    .filter((offset, i, all) => isInside(plain.slice(all[i - 1] ?? 0), offset - (all[i - 1] ?? 0)));
  if (offsets.length === 0) return refused("one_piece");
  const { gapMs, cueMs } = leastTimes(making);
  const durationMs = cue.endMs - cue.startMs;
  if (durationMs < (offsets.length + 1) * cueMs + offsets.length * gapMs) {
    return refused("too_short");
  }
  const cuts: Cut[] = [];
  for (const [i, offset] of offsets.entries()) {
    const from = cuts.at(-1)?.startMs ?? cue.startMs;
    const later = offsets.length - 1 - i;
    const rest = { startMs: from, endMs: cue.endMs - later * (cueMs + gapMs) };
    cuts.push({ ...fitted(rest, spokenCut(cue, offset, making), making), offset });
  }
  return replaced(cue, cuts, making, makeId);
}

function replaced(cue: Cue, cuts: readonly Cut[], making: Making, makeId: () => string): Edited {
  const ids = cuts.map(makeId);
  return edited([
    { kind: "replaceCues", remove: [cue.id], insert: cutCue(cue, cuts, ids, making) },
  ]);
}

/** The playhead where both parts would be seen. */
function insideCue(
  cue: Cue,
  playheadMs: number | undefined,
  { gapMs, cueMs }: { gapMs: number; cueMs: number },
): number | undefined {
  if (playheadMs === undefined) return undefined;
  const ms = Math.round(playheadMs);
  return ms >= cue.startMs + cueMs + gapMs && ms <= cue.endMs - cueMs ? ms : undefined;
}

function offsetOf(cue: Cue, at: SplitPlace, making: Making): number | undefined {
  const plain = plainText(cue.text);
  if (at.caret !== undefined) {
    const offset = wholeCharacter(plain, plainOffset(cue.text, at.caret));
    if (isInside(plain, offset)) return offset;
    if (at.playheadMs === undefined) return undefined;
  }
  if (at.word !== undefined) return offsetOfWord(cue, plain, at.word);
  const offsets = cutOffsets(plain, cue.language ?? making.language);
  const { playheadMs } = at;
  if (playheadMs !== undefined) {
    return nearest(offsets, (offset) => {
      const { beforeMs, afterMs } = timesAtOffset(cue, offset, making);
      return Math.max(beforeMs - playheadMs, playheadMs - afterMs, 0);
    });
  }
  const lines = offsets.filter((offset) => plain.charAt(offset) === "\n");
  const middle = plain.length / 2;
  return nearest(lines.length > 0 ? lines : offsets, (offset) => Math.abs(offset - middle));
}

/** Never between the halves of a character. */
function wholeCharacter(plain: string, offset: number): number {
  const unit = plain.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset + 1 : offset;
}

function offsetOfWord(cue: Cue, plain: string, index: number): number | undefined {
  const before = (cue.words ?? [])
    .slice(0, index)
    .reduce((length, { text }) => length + text.replace(/\s+/g, "").length, 0);
  let compact = 0;
  for (let offset = 0; offset < plain.length; offset++) {
    if (/\s/.test(plain.charAt(offset))) continue;
    if (compact === before) return isInside(plain, offset) ? offset : undefined;
    compact += 1;
  }
  return undefined;
}

function nearest(offsets: readonly number[], distance: (offset: number) => number) {
  let best: { offset: number; far: number } | undefined;
  for (const offset of offsets) {
    const far = distance(offset);
    if (best === undefined || far < best.far) best = { offset, far };
  }
  return best?.offset;
}

/** A cut at what is said: a part ends with its last word where there is a pause, or a little on. */
function spokenCut(cue: Cue, offset: number, making: Making): Omit<Cut, "offset"> {
  const { gapMs } = leastTimes(making);
  const { beforeMs, afterMs } = timesAtOffset(cue, offset, making);
  const { closeGapBelowMs, maxLingerMs } = making.profile;
  const closes = afterMs - beforeMs < closeGapBelowMs;
  const endMs = closes ? afterMs - gapMs : Math.min(afterMs - gapMs, beforeMs + maxLingerMs);
  return { endMs, startMs: afterMs };
}

/** A cut that leaves both parts the shortest duration, or an equal share where that is too long. */
function fitted(
  span: Pick<Cue, "startMs" | "endMs">,
  cut: Omit<Cut, "offset">,
  making: Making,
): Omit<Cut, "offset"> {
  const { gapMs, cueMs } = leastTimes(making);
  const half = Math.floor((span.endMs - span.startMs - gapMs) / 2);
  const least = Math.max(cueMs, Math.min(making.profile.minDurationMs, half));
  const startMs = clamp(cut.startMs, span.startMs + least + gapMs, span.endMs - least);
  return { startMs, endMs: clamp(cut.endMs, span.startMs + least, startMs - gapMs) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
