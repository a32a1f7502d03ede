import type { Cue } from "@/lib/subtitles/model";

/** A cue before and after a repair; one of the two is absent where it came or went. */
export interface CueChange {
  cueId: string;
  before?: Cue;
  after?: Cue;
}

/** What differs between two lists of cues, in order of time. Cues that are the same object are. */
export function changedCues(before: readonly Cue[], after: readonly Cue[]): CueChange[] {
  const left = new Map(before.map((cue) => [cue.id, cue]));
  const changes: CueChange[] = [];
  for (const cue of after) {
    const old = left.get(cue.id);
    left.delete(cue.id);
    if (old === undefined) changes.push({ cueId: cue.id, after: cue });
    else if (!sameCue(old, cue)) changes.push({ cueId: cue.id, before: old, after: cue });
  }
  for (const cue of left.values()) changes.push({ cueId: cue.id, before: cue });
  return changes.sort((a, b) => startOf(a) - startOf(b));
}

const startOf = ({ before, after }: CueChange): number => (before ?? after)?.startMs ?? 0;

/** Whether a viewer sees the same. */
function sameCue(a: Cue, b: Cue): boolean {
  if (a === b) return true;
  const sameTimes = a.startMs === b.startMs && a.endMs === b.endMs;
  return sameTimes && a.text === b.text && a.speaker === b.speaker;
}
