/** A stretch of time: from startMs up to, not including, endMs; integer ms. */
export interface Stretch {
  startMs: number;
  endMs: number;
}

/** A piece of the audio that is sent to the engine by itself. */
export interface Chunk extends Stretch {
  /** Its place in the order of time, from 0. */
  index: number;
}

interface PlanOptions {
  /** Where someone speaks, as `findSpeech` gives it. */
  speech: readonly Stretch[];
  /** Length of the whole audio, in ms. */
  durationMs: number;
  /** The length of chunk that suits the engine, in ms. */
  targetMs: number;
  /** The longest chunk the engine takes, in ms. */
  maxMs: number;
  /** Where a chunk must begin, in ms: changes of language. */
  cuts?: readonly number[];
  /** How much of the silence around speech goes with it, in ms: first and last sounds are soft. */
  padMs?: number;
}

/**
 * Cuts audio for recognition. Every ms of speech is in exactly one chunk; no chunk is longer than
 * `maxMs`; cuts fall on silences, the longer the better, so that the lengths come near
 * `targetMs`; speech itself is cut only where it runs on for longer than `maxMs`; long silences
 * are left out. The same input gives the same plan.
 */
export function planChunks(options: PlanOptions): Chunk[] {
  const { durationMs, targetMs, maxMs, cuts = [], padMs = 300 } = options;
  if (!(targetMs > 0 && maxMs > 0)) throw new RangeError("chunks need a length");
  const pieces = tidy(options.speech, durationMs)
    .flatMap((stretch) => cutAt(stretch, cuts))
    .flatMap((stretch) => divide(stretch, maxMs));
  const groups = runsOf(pieces, longSilenceMs(durationMs), cuts).flatMap((run) =>
    group(run, { targetMs: Math.min(targetMs, maxMs), maxMs }),
  );
  return groups.map((span, index) => {
    const before = groups[index - 1]?.endMs;
    const after = groups[index + 1]?.startMs;
    const roomMs = Math.floor((maxMs - (span.endMs - span.startMs)) / 2);
    // Half of a silence each: neighbours never share a ms.
    const left = before === undefined ? span.startMs : Math.floor((span.startMs - before) / 2);
    const right =
      after === undefined ? durationMs - span.endMs : Math.floor((after - span.endMs) / 2);
    return {
      index,
      startMs: span.startMs - Math.min(padMs, left, roomMs),
      endMs: span.endMs + Math.min(padMs, right, roomMs),
    };
  });
}

/**
 * A silence this long is not sent: a third of Whisper's window, in which it may invent text. For
 * long audio more, so that there are never more than about 300 chunks for this reason.
 */
function longSilenceMs(durationMs: number): number {
  return Math.max(10_000, durationMs / 300);
}

/** In order, inside the audio, none touching another. */
function tidy(speech: readonly Stretch[], durationMs: number): Stretch[] {
  const clean: Stretch[] = [];
  for (const { startMs, endMs } of speech.toSorted((a, b) => a.startMs - b.startMs)) {
    const start = Math.max(0, Math.round(startMs));
    const end = Math.min(durationMs, Math.round(endMs));
    const last = clean.at(-1);
    if (end <= start) continue;
    if (last && start <= last.endMs) last.endMs = Math.max(last.endMs, end);
    else clean.push({ startMs: start, endMs: end });
  }
  return clean;
}

function cutAt({ startMs, endMs }: Stretch, cuts: readonly number[]): Stretch[] {
  const inside = cuts.filter((cut) => cut > startMs && cut < endMs).toSorted((a, b) => a - b);
  const edges = [startMs, ...new Set(inside.map(Math.round)), endMs];
  return edges.slice(1).map((edge, index) => ({ startMs: edges[index] ?? startMs, endMs: edge }));
}

/** Speech without a pause for longer than a chunk may be: equal parts. */
function divide({ startMs, endMs }: Stretch, maxMs: number): Stretch[] {
  const parts = Math.ceil((endMs - startMs) / maxMs);
  const at = (part: number) => startMs + Math.floor(((endMs - startMs) * part) / parts);
  return Array.from({ length: parts }, (_, part) => ({ startMs: at(part), endMs: at(part + 1) }));
}

function runsOf(
  pieces: readonly Stretch[],
  separatorMs: number,
  cuts: readonly number[],
): Stretch[][] {
  const runs: Stretch[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const apart =
      !last ||
      piece.startMs - last.endMs >= separatorMs ||
      cuts.some((cut) => last.endMs <= cut && cut <= piece.startMs);
    if (run && !apart) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

/** A silence of a second is as good as a longer one: a sentence has ended there. */
const goodSilenceMs = 1_000;
/** What cutting without any silence costs, in chunks as long as nothing at all. */
const badCut = 0.5;

/**
 * The cheapest way to group neighbouring pieces into chunks: a chunk costs the square of how far
 * its length is from the target, a cut the more the shorter its silence.
 */
function group(run: readonly Stretch[], limits: { targetMs: number; maxMs: number }): Stretch[] {
  // best[end]: the cheapest grouping of the pieces before `end`, and where its last group starts.
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= run.length; end++) {
    const endMs = run[end - 1]?.endMs ?? 0;
    let choice = { cost: Number.POSITIVE_INFINITY, from: end - 1 };
    for (let from = end - 1; from >= 0; from--) {
      const startMs = run[from]?.startMs ?? 0;
      const lengthMs = endMs - startMs;
      if (lengthMs > limits.maxMs) break;
      const silenceMs = from === 0 ? goodSilenceMs : startMs - (run[from - 1]?.endMs ?? 0);
      const cost =
        (best[from]?.cost ?? 0) +
        (lengthMs / limits.targetMs - 1) ** 2 +
        badCut * (1 - Math.min(silenceMs, goodSilenceMs) / goodSilenceMs);
      if (cost < choice.cost) choice = { cost, from };
    }
    best.push(choice);
  }
  const groups: Stretch[] = [];
  for (let end = run.length; end > 0; ) {
    const from = best[end]?.from ?? 0;
    groups.push({ startMs: run[from]?.startMs ?? 0, endMs: run[end - 1]?.endMs ?? 0 });
    end = from;
  }
  return groups.reverse();
}
