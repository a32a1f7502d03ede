import type { Stretch } from "./chunks";

/** Speech of at most 30 s with no long pause inside: what one look at its language covers. */
export interface SpeechRun extends Stretch {
  spans: Stretch[];
  /** Speech in it, without the pauses, in ms. */
  speechMs: number;
}

/** Whisper looks at 30 s. */
const windowMs = 30_000;
/** After a pause this long another person may go on in another language. */
const pauseMs = 3_000;

/** Speech in runs, in order; a stretch that is longer than a window is several. */
export function speechRuns(speech: readonly Stretch[]): SpeechRun[] {
  const runs: SpeechRun[] = [];
  for (const span of speech.flatMap(inWindows)) {
    const run = runs.at(-1);
    const fits = run && span.endMs - run.startMs <= windowMs && span.startMs - run.endMs < pauseMs;
    if (run && fits) {
      run.spans.push(span);
      run.endMs = span.endMs;
      run.speechMs += span.endMs - span.startMs;
    } else {
      runs.push({ ...span, spans: [span], speechMs: span.endMs - span.startMs });
    }
  }
  return runs;
}

function inWindows({ startMs, endMs }: Stretch): Stretch[] {
  const parts = Math.ceil((endMs - startMs) / windowMs);
  const at = (part: number) => startMs + Math.floor(((endMs - startMs) * part) / parts);
  return Array.from({ length: parts }, (_, part) => ({ startMs: at(part), endMs: at(part + 1) }));
}

/** Indexes of `count` runs (or all) that lie evenly over the speech, each once, in order. */
export function spreadOver(runs: readonly SpeechRun[], count: number): number[] {
  if (count >= runs.length) return runs.map((_, index) => index);
  const totalMs = runs.reduce((sum, run) => sum + run.speechMs, 0);
  const chosen = new Set<number>();
  let doneMs = 0;
  runs.forEach((run, index) => {
    // The middles of `count` equal parts of the speech; the run that one of them falls into.
    const before = Math.round((doneMs / totalMs) * count);
    doneMs += run.speechMs;
    if (Math.round((doneMs / totalMs) * count) > before) chosen.add(index);
  });
  return [...chosen];
}
