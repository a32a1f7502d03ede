import type { RuleProfile } from "@/lib/subtitles/rules";
import type { Atoms } from "@/lib/subtitles/segmentation/atoms";
import { imbalanceCost } from "@/lib/subtitles/segmentation/balance";
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
const perInnerSentence = 50;
/** For lines that don't part where the sentences do. */
const perMixedLine = 50;
/** For beginning a sentence behind another one and not ending it. */
const perUnfinished = 110;
/** For words cut off from the rest of their sentence: all of it when there are next to none. */
const perFragment = 150;
/** Below this, a cue flickers even where it is long enough to be read. */
const restlessMs = 1500;
/** The price of a ms below that. */
const perRestlessMs = 0.04;
/** For breaking a rule of time at all, before how much it is broken by. */
const perBreach = 250;
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
    let firstSentence = to;
    let lastSentence = from;
    for (let i = from + 1; i < to; i++) {
      if (this.#gaps.sentence[i] === 1) {
        inner += perInnerSentence;
        if (firstSentence === to) firstSentence = i;
        lastSentence = i;
      }
      inner += Math.max(0, (this.#gaps.pauseMs[i] ?? 0) - 300) * 0.2;
    }
    inner += this.#headCost(from, firstSentence) + this.#fragmentCost(lastSentence, to);
    const text = this.#textCost(from, to);
    const mixed =
      firstSentence < to && this.#lineAt < to && this.#gaps.sentence[this.#lineAt] !== 1;
    if (mixed) inner += perMixedLine;
    return perCue + end + inner + text + this.#timeCost(from, to);
  }

  /** For the first words of a sentence left behind at the end of a cue. */
  #fragmentCost(from: number, to: number): number {
    const alone = from === 0 || this.#gaps.sentence[from] !== 1;
    if (alone || this.#endsSentence(to)) return 0;
    return perUnfinished + this.#shortness(from, to) * perFragment;
  }

  /** For the last words of a sentence cut off from the rest of it. */
  #headCost(from: number, to: number): number {
    const begins =
      from === 0 || this.#gaps.sentence[from] === 1 || this.#gaps.mustBreak[from] === 1;
    return begins || !this.#endsSentence(to) ? 0 : this.#shortness(from, to) * perFragment;
  }

  #endsSentence(to: number): boolean {
    return to === this.#atoms.count || this.#gaps.sentence[to] === 1;
  }

  /** 1 for next to nothing, 0 from three quarters of a line on. */
  #shortness(from: number, to: number): number {
    const enough = this.#profile.maxLineWidth * 0.75;
    return Math.max(0, enough - this.#width(from, to)) / enough;
  }

  /** Too short to see, too fast to read, too long to stay: with the end that `applyTiming` gives. */
  #timeCost(from: number, to: number): number {
    const { minDurationMs, maxDurationMs, maxCharsPerSecond } = this.#profile;
    const startMs = this.#atoms.startMs[from] ?? 0;
    const speechEndMs = this.#atoms.endMs[to - 1] ?? 0;
    const room = Math.min(maxDurationMs, this.#latestEnd(to, speechEndMs) - startMs);
    let cost = Math.max(0, restlessMs - room) * perRestlessMs;
    if (room < minDurationMs) cost += perBreach + (minDurationMs - room) * 0.25;
    cost += Math.max(0, speechEndMs - startMs - maxDurationMs) * 0.5;
    // A line break counts for nothing, the space that it replaces did.
    const atBreak = this.#lineAt < to ? (this.#atoms.spaceWidth[this.#lineAt] ?? 0) : 0;
    const neededMs = ((this.#width(from, to) - atBreak) * 1000) / maxCharsPerSecond;
    if (neededMs > room)
      cost += perBreach + Math.min(1000, 800 * (neededMs / Math.max(1, room) - 1));
    return cost;
  }

  /** How long a cue may stay whose last atom is before `to`. */
  #latestEnd(to: number, speechEndMs: number): number {
    const { maxLingerMs, closeGapBelowMs } = this.#profile;
    const latest = speechEndMs + maxLingerMs;
    if (to >= this.#atoms.count) return latest;
    const before = (this.#atoms.startMs[to] ?? 0) - this.#gapMs;
    return before - latest < closeGapBelowMs ? before : latest;
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
    const imbalance = imbalanceCost(upper, lower, maxLineWidth);
    return perSecondLine + imbalance + (this.#gaps.lineCost[at] ?? 0);
  }
}
