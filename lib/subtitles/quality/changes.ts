import { plainText } from "@/lib/subtitles/markup";
import type { Cue } from "@/lib/subtitles/model";
import { compareCues, type SimpleOperation } from "@/lib/subtitles/operations";
import { nextStartMs, type RuleJudge } from "@/lib/subtitles/quality/rule-judge";
import type { RepairKind, RuleName } from "@/lib/subtitles/quality/types";

/** The cues from `from` up to, not including, `to` become those of `insert`. */
export interface Change {
  kind: RepairKind;
  from: number;
  to: number;
  insert: Cue[];
}

/** What a repair may be for. */
export type Fault = RuleName | "empty";

/** More cues at one moment than this are no subtitles that could be mended without a person. */
const mostAtOnce = 8;

/** Whether the cue at `index` stands among too many of the same moment. */
export function isCrowded(cues: readonly Cue[], index: number): boolean {
  const startMs = cues[index]?.startMs;
  const before = cues[index - mostAtOnce]?.startMs;
  return before === startMs || cues[index + mostAtOnce]?.startMs === startMs;
}

export function isEmpty(cue: Cue): boolean {
  return plainText(cue.text).trim() === "";
}

/**
 * Whether a change makes things better and nothing worse: it takes away the fault it is for, breaks
 * no rule that was kept, and leaves no smaller a share of good cues. As the number of faults falls
 * with every such change, they come to an end, and none can undo another.
 */
export function isBetter(
  cues: readonly Cue[],
  change: Change,
  fault: Fault,
  judge: RuleJudge,
): boolean {
  const { from, to, insert } = change;
  if (!staysInOrder(cues, change)) return false;
  const range = affected(cues, from, to);
  if (!range) return false;
  const before = cues.slice(range.from, range.to + 1);
  const after = [...before];
  after.splice(from - range.from, to - from, ...insert);
  const length = range.to - range.from;
  const old = faultsOf(before, length, judge);
  const now = faultsOf(after, length + insert.length - (to - from), judge);
  const fewer = Math.max(0, to - from - insert.length);
  if (now.bad > old.bad - fewer) return false;
  for (const [name, count] of now.counts) {
    if (count > (old.counts.get(name) ?? 0)) return false;
  }
  return (now.counts.get(fault) ?? 0) < (old.counts.get(fault) ?? 0);
}

function staysInOrder(cues: readonly Cue[], { from, to, insert }: Change): boolean {
  const around = [cues[from - 1], ...insert, cues[to]].filter((cue) => cue !== undefined);
  const inOrder = around.every((cue, i) => {
    const earlier = around[i - 1];
    return earlier === undefined || compareCues(earlier, cue) < 0;
  });
  // Several cues must not come to begin with a neighbour.
  const [last, next] = [insert.at(-1), cues[to]];
  const apart = insert.length < 2 || !last || !next || last.startMs < next.startMs;
  return inOrder && apart;
}

/**
 * The cues whose faults may change with those from `from` to `to`: all of their moments, and of the
 * moment before. Nothing where that is too many.
 */
function affected(
  cues: readonly Cue[],
  from: number,
  to: number,
): { from: number; to: number } | undefined {
  const start = (i: number) => cues[i]?.startMs;
  let low = from;
  while (low > 0 && start(low - 1) === start(from) && from - low <= mostAtOnce) low -= 1;
  if (low > 0) {
    const before = start(low - 1);
    for (let i = 0; low > 0 && start(low - 1) === before && i <= mostAtOnce; i++) low -= 1;
  }
  let high = to;
  while (high < cues.length && start(high) === start(to - 1) && high - to <= mostAtOnce) high += 1;
  const tooMany = from - low > 2 * mostAtOnce || high - to > mostAtOnce;
  return tooMany ? undefined : { from: low, to: high };
}

function faultsOf(cues: readonly Cue[], length: number, judge: RuleJudge) {
  const counts = new Map<Fault, number>();
  let bad = 0;
  for (let i = 0; i < length; i++) {
    const faults = faultsAt(cues, i, judge);
    for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
    if (faults.length > 0) bad += 1;
  }
  return { counts, bad };
}

/** All that is wrong with the form of one cue. */
export function faultsAt(cues: readonly Cue[], index: number, judge: RuleJudge): readonly Fault[] {
  const broken = judge.broken(cues, index);
  const cue = cues[index];
  return cue && isEmpty(cue) ? [...broken, "empty"] : broken;
}

/** The change as an edit, in the form that touches least. */
export function operationOf(cues: readonly Cue[], { from, to, insert }: Change): SimpleOperation {
  const old = cues.slice(from, to);
  const [before, after] = [old[0], insert[0]];
  if (old.length === 1 && insert.length === 1 && before && after && before.id === after.id) {
    const { id: cueId, startMs, endMs, text } = after;
    const timed = before.startMs !== startMs || before.endMs !== endMs;
    if (!timed) return { kind: "setText", cueId, text };
    if (before.text === text) return { kind: "setTimes", cueId, startMs, endMs };
  }
  if (insert.length === 0 && before && old.length === 1)
    return { kind: "removeCue", cueId: before.id };
  if (old.length === 0 && after && insert.length === 1) return { kind: "insertCue", cue: after };
  return { kind: "replaceCues", remove: old.map(({ id }) => id), insert };
}

/** The cue that starts next after those of `index`'s moment. */
export function nextCue(cues: readonly Cue[], index: number): Cue | undefined {
  const nextMs = nextStartMs(cues, index);
  for (let i = index + 1; i < cues.length; i++) {
    if (cues[i]?.startMs === nextMs) return cues[i];
  }
  return undefined;
}
