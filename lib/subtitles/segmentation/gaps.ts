import { writesSpaces } from "@/lib/subtitles/model";
import type { Atoms, RunningText } from "@/lib/subtitles/segmentation/atoms";
import { breakJudge } from "@/lib/subtitles/segmentation/break-judge";
import {
  type BreakJudge,
  type BreakQuality,
  breakQuality,
} from "@/lib/subtitles/segmentation/break-quality";

/** A pause that always ends a cue: nothing should hang over it, and nothing run ahead of it. */
const longPauseMs = 1000;
/**
 * A pause that counts as the end of a sentence, unless a comma says that it goes on or words that
 * belong together stand around it; where a sentence does end it ends the cue.
 */
const sentencePauseMs = 500;

/** Cost of breaking a line or a cue, by `breakQuality`; the unit is that of `cueCost`. */
const lineCost = [0, 8, 15, 28, 40, 95, 320];
const cueCost = [0, 25, 60, 110, 150, 240, 480];

/** What is known of the gap before each atom. */
export interface Gaps {
  /** Silence before the atom, in ms. */
  pauseMs: Float64Array;
  /** 1 where a cue has to end. */
  mustBreak: Uint8Array;
  /** 1 where a sentence ends before the atom, or its speaker takes breath. */
  sentence: Uint8Array;
  lineCost: Float64Array;
  cueCost: Float64Array;
}

/**
 * Speakers breathe where sense breaks, so a pause makes a place better, by up to 70 %; but they
 * also hesitate after "the", which makes nothing better.
 */
function withPause(cost: number, pauseMs: number, quality: BreakQuality): number {
  if (pauseMs < 200 || quality === breakQuality.bad) return cost;
  return cost * (1 - 0.7 * Math.min(1, (pauseMs - 200) / 300));
}

/** Judges the gap before every atom. */
export function gapsOf(running: RunningText, atoms: Atoms, language: string): Gaps {
  const { count } = atoms;
  const gaps: Gaps = {
    pauseMs: new Float64Array(count),
    mustBreak: new Uint8Array(count),
    sentence: new Uint8Array(count),
    lineCost: new Float64Array(count),
    cueCost: new Float64Array(count),
  };
  const judgeOf = judges(language);
  let before = "";
  for (let i = 0; i < count; i++) {
    const after = running.text.slice(atoms.from[i], atoms.to[i]);
    if (i > 0) {
      const word = running.words[atoms.word[i] ?? 0];
      const last = running.words[atoms.word[i - 1] ?? 0];
      const quality = judgeOf(word?.language)(before, after);
      // What was cut out of one long word is held together as well as it can be.
      const cutOut = atoms.from[i] === atoms.to[i - 1] && writesSpaces(word?.language ?? language);
      setGap(gaps, atoms, i, cutOut && sameWord(atoms, i) ? worse(quality) : quality);
      const change = word?.speaker !== last?.speaker || word?.language !== last?.language;
      if (change) gaps.mustBreak[i] = 1;
    }
    before = after;
  }
  return gaps;
}

/** The judge of a word's language; of the document's where the word has none of its own. */
function judges(language: string): (own: string | undefined) => BreakJudge {
  const known = new Map<string, BreakJudge>();
  return (own = language) => {
    const judge = known.get(own) ?? breakJudge(own);
    known.set(own, judge);
    return judge;
  };
}

function sameWord(atoms: Atoms, i: number): boolean {
  return atoms.word[i] === atoms.word[i - 1];
}

function worse(quality: BreakQuality): BreakQuality {
  return quality === breakQuality.neutral ? breakQuality.poor : quality;
}

function setGap(gaps: Gaps, atoms: Atoms, i: number, quality: BreakQuality): void {
  const pauseMs = Math.max(0, (atoms.startMs[i] ?? 0) - (atoms.endMs[i - 1] ?? 0));
  const sentence = quality === breakQuality.sentence;
  const between = quality > breakQuality.clause && quality <= breakQuality.neutral;
  const breath = between && pauseMs >= sentencePauseMs;
  gaps.pauseMs[i] = pauseMs;
  gaps.sentence[i] = sentence || breath ? 1 : 0;
  gaps.lineCost[i] = withPause(lineCost[quality] ?? 0, pauseMs, quality);
  gaps.cueCost[i] = withPause(cueCost[quality] ?? 0, pauseMs, quality);
  if (pauseMs >= longPauseMs || (sentence && pauseMs >= sentencePauseMs)) gaps.mustBreak[i] = 1;
}
