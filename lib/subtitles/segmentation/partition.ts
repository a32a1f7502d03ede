import type { RuleProfile } from "@/lib/subtitles/rules";
import type { Atoms } from "@/lib/subtitles/segmentation/atoms";
import type { Gaps } from "@/lib/subtitles/segmentation/gaps";

/** One cue: the atoms from `from` to `to` (exclusive), its second line beginning at `lineAt`. */
export interface CueRange {
  from: number;
  to: number;
  /** Equal to `to` when the cue has one line. */
  lineAt: number;
}

/** More atoms than any readable cue has; bounds the work for text of no width. */
const maxAtoms = 80;

/** The price of one more cue; balances fullness against the quality of breaks. */
const perCue = 60;
/** A second line takes more of the picture. */
const perSecondLine = 12;
/** For a sentence that ends inside of a cue; two short ones may share it. */
const perInnerSentence = 45;
/** For beginning a sentence behind another one and not ending it. */
const perUnfinished = 60;
/** For words cut off from the rest of their sentence: all of it when there are next to none. */
const perFragment = 80;
/** Below this, a cue flickers even where it is long enough to be read. */
const restlessMs = 1500;
const forbidden = Number.POSITIVE_INFINITY;

/**
 * Chooses the cues for all atoms at once: of all partitions the one with the least total cost of
 * line length, reading speed, duration, pauses, break quality and balance. Time and memory grow
 * linearly with the number of atoms, because a cue holds two lines at most.
 */
export class Partitioner {
  readonly #atoms: Atoms;
  readonly #gaps: Gaps;
  readonly #profile: RuleProfile;
  readonly #gapMs: number;
  /** Sums of widths with their spaces: a range's width is one subtraction. */
  readonly #sums: Float64Array;
  #lineAt = 0;

  constructor(atoms: Atoms, gaps: Gaps, profile: RuleProfile, gapMs: number) {
    this.#atoms = atoms;
    this.#gaps = gaps;
    this.#profile = profile;
    this.#gapMs = gapMs;
    this.#sums = new Float64Array(atoms.count + 1);
    for (let i = 0; i < atoms.count; i++) {
      this.#sums[i + 1] = (this.#sums[i] ?? 0) + (atoms.width[i] ?? 0) + (atoms.spaceWidth[i] ?? 0);
    }
  }

  ranges(): CueRange[] {
    const { count } = this.#atoms;
    const best = new Float64Array(count + 1).fill(forbidden);
    const cameFrom = new Int32Array(count + 1);
    best[0] = 0;
    for (let to = 1; to <= count; to++) {
      for (let from = to - 1; from >= 0 && this.#mayHold(from, to); from--) {
        const cost = (best[from] ?? 0) + this.#cost(from, to);
        if (cost < (best[to] ?? 0) || from === to - 1) {
          best[to] = Math.min(cost, Number.MAX_VALUE);
          cameFrom[to] = from;
        }
      }
    }
    const ranges: CueRange[] = [];
    for (let to = count; to > 0; to = cameFrom[to] ?? 0) {
      const from = cameFrom[to] ?? 0;
      this.#textCost(from, to);
      ranges.push({ from, to, lineAt: this.#lineAt });
    }
    return ranges.reverse();
  }

  /** Whether a cue over the range may be looked at at all; once false, longer ones are too. */
  #mayHold(from: number, to: number): boolean {
    if (to - from === 1) return true;
    if (to - from > maxAtoms || this.#gaps.mustBreak[from + 1] === 1) return false;
    const { maxDurationMs, maxLineWidth, maxLines } = this.#profile;
    const durationMs = (this.#atoms.endMs[to - 1] ?? 0) - (this.#atoms.startMs[from] ?? 0);
    return durationMs <= maxDurationMs && this.#width(from, to) <= maxLineWidth * maxLines + 1;
  }

  /** The width of atoms on one line. */
  #width(from: number, to: number): number {
    return (this.#sums[to] ?? 0) - (this.#sums[from] ?? 0) - (this.#atoms.spaceWidth[from] ?? 0);
  }

  #cost(from: number, to: number): number {
    const end = to < this.#atoms.count ? (this.#gaps.cueCost[to] ?? 0) : 0;
    let inner = 0;
    let lastSentence = from;
    for (let i = from + 1; i < to; i++) {
      if (this.#gaps.sentence[i] === 1) {
        inner += perInnerSentence;
        lastSentence = i;
      }
      inner += Math.max(0, (this.#gaps.pauseMs[i] ?? 0) - 300) * 0.2;
    }
    if (lastSentence > from) inner += this.#fragmentCost(lastSentence, to);
    else inner += this.#tailCost(from, to);
    return perCue + end + inner + this.#timeCost(from, to) + this.#textCost(from, to);
  }

  /** For the first words of a sentence left behind at the end of a cue. */
  #fragmentCost(from: number, to: number): number {
    if (to === this.#atoms.count || this.#gaps.sentence[to] === 1) return 0;
    const half = this.#profile.maxLineWidth / 2;
    const shortness = Math.max(0, half - this.#width(from, to)) / half;
    return perUnfinished + shortness * perFragment;
  }

  /** For the last words of a sentence alone in a cue. */
  #tailCost(from: number, to: number): number {
    const begins =
      from === 0 || this.#gaps.sentence[from] === 1 || this.#gaps.mustBreak[from] === 1;
    const ends = to === this.#atoms.count || this.#gaps.sentence[to] === 1;
    if (begins || !ends) return 0;
    const half = this.#profile.maxLineWidth / 2;
    return (Math.max(0, half - this.#width(from, to)) / half) * perFragment;
  }

  /** Too short to see, too fast to read, too long to stay. */
  #timeCost(from: number, to: number): number {
    const { minDurationMs, maxDurationMs, maxCharsPerSecond, maxLingerMs } = this.#profile;
    const startMs = this.#atoms.startMs[from] ?? 0;
    const speechEndMs = this.#atoms.endMs[to - 1] ?? 0;
    const nextMs = to < this.#atoms.count ? (this.#atoms.startMs[to] ?? 0) : forbidden;
    const room = Math.max(1, Math.min(nextMs - this.#gapMs, speechEndMs + maxLingerMs) - startMs);
    let cost = Math.max(0, minDurationMs - room) * 0.25 + Math.max(0, restlessMs - room) * 0.04;
    cost += Math.max(0, speechEndMs - startMs - maxDurationMs) * 0.5;
    const neededMs = (this.#width(from, to) * 1000) / maxCharsPerSecond;
    if (neededMs > room) cost += Math.min(1000, 150 * (neededMs / room - 1));
    return cost;
  }

  /** The cost of the best lines for a range; leaves where the second begins in `#lineAt`. */
  #textCost(from: number, to: number): number {
    const { maxLineWidth, maxLines } = this.#profile;
    const width = this.#width(from, to);
    this.#lineAt = to;
    const least = maxLineWidth / 3;
    const small = Math.max(0, (least - width) / least) * 25;
    if (width <= maxLineWidth) return small;
    let best = forbidden;
    if (maxLines === 2) {
      for (let at = from + 1; at < to; at++) {
        const cost = this.#splitCost(from, at, to);
        if (cost < best) {
          best = cost;
          this.#lineAt = at;
        }
      }
    }
    // One piece that is too long for a line, and can't be cut.
    if (to - from === 1) return 1000 + width;
    return best;
  }

  /** Two lines alike in length, the lower one rather longer, the upper one ending in sense. */
  #splitCost(from: number, at: number, to: number): number {
    const { maxLineWidth } = this.#profile;
    const upper = this.#width(from, at);
    const lower = this.#width(at, to);
    if (upper > maxLineWidth || lower > maxLineWidth) return forbidden;
    const imbalance = (Math.abs(upper - lower) / maxLineWidth) * (upper > lower ? 70 : 50);
    return perSecondLine + imbalance + (this.#gaps.lineCost[at] ?? 0);
  }
}
