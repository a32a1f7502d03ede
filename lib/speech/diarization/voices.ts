import { clusterVectors, cosine } from "./clusters";
import { joinTurns, numberSpeakers } from "./turns";
import type { SpeakerTurn } from "./types";

/** How a voice sounds in a short stretch. */
export interface HeardVoice {
  startMs: number;
  endMs: number;
  /** Before it is a pause, or a change that was heard. */
  opens: boolean;
  /** Where the change was, if one was at its start. */
  quietMs: number;
  /** Of length 1; absent where the stretch is too short to tell. */
  voice?: Float32Array;
}

/**
 * Mean likeness down to which voices are one person's. Windows of 1.5 s of the same speaker have a
 * median of 0.66, of different ones 0.04, of similar synthetic voices 0.36 (measured with CAM++ on
 * LibriVox and the samples of shared/media).
 */
const sameVoice = 0.42;
/** Clustering takes time with the square of this; two hundred of one voice tell as much as all. */
const mostCompared = 1_200;
/** A voice heard for less than this share of the speech, or in fewer windows, is noise. */
const leastShare = 0.01;
const leastWindows = 2;
/** What changing the speaker costs, in likeness: inside a stretch, and after a pause. */
const changeCost = { inside: 0.3, opening: 0.06 };
/** Pauses within what one person says, ms. */
const pauseMs = 1_000;

/**
 * Who speaks when: voices are grouped over the whole video, so that a speaker stays the same from
 * beginning to end, and each stretch goes to the voice it is most like, with as few changes as the
 * likeness bears out.
 */
export function turnsFromVoices(
  windows: readonly HeardVoice[],
  { speakers }: { speakers?: number | undefined } = {},
): SpeakerTurn[] {
  if (windows.length === 0) return [];
  const heard = windows.flatMap(({ voice }) => (voice ? [voice] : []));
  let centres = speakers === 1 ? [] : centresOf(heard, speakers);
  if (centres.length < 2)
    return joinTurns(
      windows.map((window) => turnOf(window, "1")),
      pauseMs,
    );
  // Once more with what was assigned: the sample's noise is out and every window counts.
  centres = meansOf(windows, assign(windows, centres), centres);
  const labels = assign(windows, centres);
  const turns = windows.map((window, index) => turnOf(window, String(labels[index] ?? 0)));
  moveEdges(turns, windows, labels);
  return numberSpeakers(joinTurns(turns, pauseMs));
}

const turnOf = ({ startMs, endMs }: HeardVoice, speaker: string): SpeakerTurn => ({
  startMs,
  endMs,
  speaker,
});

/** One mean voice for each speaker. */
function centresOf(heard: readonly Float32Array[], count: number | undefined): Float32Array[] {
  const step = Math.max(1, heard.length / mostCompared);
  const sample = Array.from({ length: Math.floor(heard.length / step) }, (_, index) => {
    return heard[Math.floor(index * step)];
  }).filter((voice) => voice !== undefined);
  const leastMembers = Math.max(leastWindows, Math.ceil(sample.length * leastShare));
  const labels = clusterVectors(sample, { least: sameVoice, count, leastMembers });
  const groups = new Set(labels.filter((label) => label !== undefined));
  return [...groups].map((group) => meanOf(sample.filter((_, index) => labels[index] === group)));
}

function meanOf(voices: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(voices[0]?.length ?? 0);
  for (const voice of voices) {
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (voice[at] ?? 0);
  }
  const length = Math.sqrt(cosine(sum, sum)) || 1;
  return sum.map((value) => value / length);
}

function meansOf(
  windows: readonly HeardVoice[],
  labels: readonly number[],
  before: readonly Float32Array[],
): Float32Array[] {
  return before.map((centre, group) => {
    const own = windows.flatMap(({ voice }, index) =>
      voice && labels[index] === group ? [voice] : [],
    );
    return own.length > 0 ? meanOf(own) : centre;
  });
}

/** The cheapest sequence of speakers (Viterbi): unlikeness against the cost of changing. */
function assign(windows: readonly HeardVoice[], centres: readonly Float32Array[]): number[] {
  const states = centres.length;
  const from = new Uint8Array(windows.length * states);
  let costs = new Float64Array(states);
  windows.forEach(({ voice, opens }, at) => {
    const cheapest = costs.indexOf(Math.min(...costs));
    const change = (costs[cheapest] ?? 0) + (opens ? changeCost.opening : changeCost.inside);
    const next = new Float64Array(states);
    centres.forEach((centre, state) => {
      const stays = (costs[state] ?? 0) <= change;
      from[at * states + state] = stays ? state : cheapest;
      const unlike = voice ? 1 - cosine(voice, centre) : 0;
      next[state] = (stays ? (costs[state] ?? 0) : change) + unlike;
    });
    costs = next;
  });
  const labels = new Array<number>(windows.length).fill(0);
  let state = costs.indexOf(Math.min(...costs));
  for (let at = windows.length - 1; at >= 0; at--) {
    labels[at] = state;
    state = from[at * states + state] ?? 0;
  }
  return labels;
}

/** A change inside a stretch lies where it is quiet, not where the windows happen to meet. */
function moveEdges(
  turns: SpeakerTurn[],
  windows: readonly HeardVoice[],
  labels: readonly number[],
): void {
  windows.forEach((window, index) => {
    const turn = turns[index];
    const previous = turns[index - 1];
    if (window.opens || !turn || !previous || labels[index] === labels[index - 1]) return;
    const atMs = Math.max(previous.startMs + 1, Math.min(turn.endMs - 1, window.quietMs));
    previous.endMs = atMs;
    turn.startMs = atMs;
  });
}
