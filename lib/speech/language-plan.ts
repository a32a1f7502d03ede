import type { Stretch } from "./chunks";
import { type SpeechRun, speechRuns, spreadOver } from "./language-runs";
import type { HeardLanguage } from "./types";

/** What was heard in one window. */
export interface LanguageWindow extends Stretch {
  language: string | null;
  /** 0..1, where the engine tells. */
  probability?: number;
}

/** What was heard where, and what follows from it. */
export interface HeardLanguages {
  /** That of most of the speech; null: none could be told. */
  language: string | null;
  windows: LanguageWindow[];
  /** In order, from the first to the last sound of each; one where everything is in one language. */
  stretches: (Stretch & { language: string })[];
}

export interface ListenOptions {
  speech: readonly Stretch[];
  /** Asks the engine about a window of at most 30 s, among these languages or any. */
  listen: (window: Stretch, among?: readonly string[]) => Promise<HeardLanguage>;
  /** How often it may be asked when everything is in one language, and when it isn't. */
  looks: { first: number; most: number };
  /** Whether short windows can be told apart too, to find a change to within a sentence. */
  precise: boolean;
}

/** openai/whisper, faster-whisper `language_detection_threshold`: below this it is a guess. */
const sureProbability = 0.5;

/**
 * Finds the languages of a video by listening to windows spread over its speech. When all that are
 * sure agree, that is it. When they don't, it listens closer: to all of the speech as far as it
 * may, to the places between two languages in any case.
 */
export async function hearLanguages(options: ListenOptions): Promise<HeardLanguages> {
  const runs = speechRuns(options.speech);
  const heard: (LanguageWindow | undefined)[] = runs.map(() => undefined);
  let looks = 0;
  const look = async (index: number) => {
    const run = runs[index];
    if (!run || heard[index]) return;
    looks += 1;
    heard[index] = windowOf(run, await options.listen(run));
  };
  // One after the other: a service that refuses is asked once, not several times at once.
  for (const index of spreadOver(runs, options.looks.first)) await look(index);
  if (languagesIn(heard).size > 1) {
    const half = Math.floor(options.looks.most / 2);
    const count = runs.length <= options.looks.most ? runs.length : half;
    for (const index of spreadOver(runs, count)) await look(index);
    for (let next = betweenTwo(heard); next !== undefined && looks < options.looks.most; ) {
      await look(next);
      next = betweenTwo(heard);
    }
  }
  const windows = heard.filter((window) => window !== undefined);
  const language = mostHeard(windows);
  if (language === null) return { language, windows, stretches: [] };
  const groups = withoutFlips(groupRuns(runs, heard, language));
  if (options.precise) await sharpen(groups, options.listen);
  return { language: mostSpoken(groups), windows, stretches: groups.map(stretchOf) };
}

function windowOf(run: SpeechRun, { language, probability }: HeardLanguage): LanguageWindow {
  const { startMs, endMs } = run;
  return {
    startMs,
    endMs,
    language: language ?? null,
    ...(probability !== undefined && { probability }),
  };
}

const isSure = ({ language, probability = 1 }: LanguageWindow) =>
  language !== null && probability >= sureProbability;

function languagesIn(heard: readonly (LanguageWindow | undefined)[]): Set<string | null> {
  return new Set(heard.flatMap((window) => (window && isSure(window) ? [window.language] : [])));
}

/** The middle of the widest gap between two neighbouring windows that differ. */
function betweenTwo(heard: readonly (LanguageWindow | undefined)[]): number | undefined {
  let widest = { from: 0, to: 1 };
  let before = -1;
  heard.forEach((window, index) => {
    if (!window) return;
    const differs = before >= 0 && heard[before]?.language !== window.language;
    if (differs && index - before > widest.to - widest.from) widest = { from: before, to: index };
    before = index;
  });
  return widest.to - widest.from > 1 ? Math.floor((widest.from + widest.to) / 2) : undefined;
}

/** By how sure the windows are together; without a sure one the unsure decide. */
function mostHeard(windows: readonly LanguageWindow[]): string | null {
  const sure = windows.filter(isSure);
  const votes = new Map<string, number>();
  for (const { language, probability = 1 } of sure.length > 0 ? sure : windows) {
    if (language !== null) votes.set(language, (votes.get(language) ?? 0) + probability);
  }
  return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Neighbouring speech of one language. */
interface Group {
  language: string;
  spans: Stretch[];
  speechMs: number;
  /** Of its surest window; 0: nobody listened to it, or the window was unsure. */
  probability: number;
}

/** Runs that nobody listened to, and unsure ones, go with what was heard before them. */
function groupRuns(
  runs: readonly SpeechRun[],
  heard: readonly (LanguageWindow | undefined)[],
  most: string,
): Group[] {
  const groups: Group[] = [];
  const first = heard.find((window) => window && isSure(window))?.language ?? most;
  runs.forEach((run, index) => {
    const window = heard[index];
    const sure = window && isSure(window) ? window : undefined;
    const last = groups.at(-1);
    const language = sure?.language ?? last?.language ?? first;
    addTo(groups, {
      language,
      spans: [...run.spans],
      speechMs: run.speechMs,
      probability: sure ? (sure.probability ?? 1) : 0,
    });
  });
  return groups;
}

function addTo(groups: Group[], next: Group): void {
  const last = groups.at(-1);
  if (last?.language !== next.language) {
    groups.push(next);
    return;
  }
  last.spans.push(...next.spans);
  last.speechMs += next.speechMs;
  last.probability = Math.max(last.probability, next.probability);
}

/** A language heard for less than this, and so unsurely, is a slip of the ear: a name, a song. */
const shortFlipMs = 4_000;
const unsureFlipMs = 15_000;
const sureFlip = 0.7;

/** Takes the shortest doubtful stretch into its longer neighbour until none is left. */
function withoutFlips(groups: readonly Group[]): Group[] {
  const left = [...groups];
  while (left.length > 1) {
    const [flip] = left
      .filter(
        ({ speechMs, probability }) =>
          speechMs < shortFlipMs || (speechMs < unsureFlipMs && probability < sureFlip),
      )
      .toSorted((a, b) => a.speechMs - b.speechMs);
    if (!flip) break;
    const at = left.indexOf(flip);
    const [before, after] = [left[at - 1], left[at + 1]];
    const into = (before?.speechMs ?? 0) >= (after?.speechMs ?? 0) ? before : after;
    if (into) flip.language = into.language;
    const merged: Group[] = [];
    for (const group of left) addTo(merged, group);
    left.splice(0, left.length, ...merged);
  }
  return left;
}

/** A run's length to each side of a change is looked through for its exact place. */
const changeMs = 30_000;
/** So much speech tells two known languages apart. */
const shortWindowMs = 4_000;

/**
 * Moves each change to the pause where it happens: a run that holds both languages was counted to
 * the one it has more of. Searches by halves, listening to a few seconds for one of the two.
 */
async function sharpen(groups: Group[], listen: ListenOptions["listen"]): Promise<void> {
  for (let at = 0; at + 1 < groups.length; at++) {
    const [before, after] = [groups[at], groups[at + 1]];
    if (!before || !after) continue;
    const changeAt = after.spans[0]?.startMs ?? 0;
    const spans = [
      ...before.spans.filter((span) => span.startMs >= changeAt - changeMs),
      ...after.spans.filter((span) => span.endMs <= changeAt + changeMs),
    ];
    let low = 0;
    let high = spans.length;
    // Before `low` all is in the first language, from `high` on all in the second.
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const window = shortWindow(spans, middle);
      const { language } = await listen(window, [before.language, after.language]);
      if (language === after.language) high = middle;
      else low = middle + 1;
    }
    moveChange(before, after, spans[low]?.startMs ?? after.spans[0]?.startMs ?? changeAt);
  }
}

function shortWindow(spans: readonly Stretch[], from: number): Stretch {
  const startMs = spans[from]?.startMs ?? 0;
  let endMs = spans[from]?.endMs ?? startMs;
  for (let at = from; at < spans.length && endMs - startMs < shortWindowMs; at++) {
    endMs = spans[at]?.endMs ?? endMs;
  }
  return { startMs, endMs: Math.min(endMs, startMs + changeMs) };
}

/** Neither side may lose everything: it was heard for longer than a slip. */
function moveChange(before: Group, after: Group, changeAt: number): void {
  const spans = [...before.spans, ...after.spans];
  const first = spans.filter((span) => span.startMs < changeAt);
  const second = spans.filter((span) => span.startMs >= changeAt);
  if (first.length === 0 || second.length === 0) return;
  before.spans = first;
  after.spans = second;
  for (const group of [before, after]) {
    group.speechMs = group.spans.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  }
}

function mostSpoken(groups: readonly Group[]): string | null {
  const spokenMs = new Map<string, number>();
  for (const { language, speechMs } of groups) {
    spokenMs.set(language, (spokenMs.get(language) ?? 0) + speechMs);
  }
  return [...spokenMs].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function stretchOf({ language, spans }: Group): Stretch & { language: string } {
  return { startMs: spans[0]?.startMs ?? 0, endMs: spans.at(-1)?.endMs ?? 0, language };
}
