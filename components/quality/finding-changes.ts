import type { Cue } from "@/lib/subtitles/model";
import type { Finding } from "@/lib/subtitles/quality/types";
import { comparePlaces, orderFindings, type QueuedFinding } from "./finding-queue";

/** What differs between two judgements of a track. Plain data, to be posted by a worker. */
export interface FindingChanges {
  /** Those that are new or others now, in their order. */
  put: readonly QueuedFinding[];
  /** The identities of those that are gone. */
  drop: readonly string[];
}

/** Tells of each judgement what differs from the one before. */
export class FindingTeller {
  #told = new Map<string, string>();

  tell(
    findings: readonly Finding[],
    cueOf: (cueId: string) => Pick<Cue, "text"> | undefined,
  ): FindingChanges {
    const told = this.#told;
    const now = new Map<string, string>();
    const put: QueuedFinding[] = [];
    for (const queued of orderFindings(findings, cueOf)) {
      const { id } = queued.finding;
      const sum = JSON.stringify(queued);
      if (told.get(id) !== sum && !now.has(id)) put.push(queued);
      now.set(id, sum);
    }
    this.#told = now;
    return { put, drop: [...told.keys()].filter((id) => !now.has(id)) };
  }
}

/** The findings after a change, in their order: a walk through both, without sorting anew. */
export function changeFindings(
  before: readonly QueuedFinding[],
  { put, drop }: FindingChanges,
): readonly QueuedFinding[] {
  if (put.length === 0 && drop.length === 0) return before;
  if (before.length === 0) return put;
  const going = new Set(drop);
  for (const { finding } of put) going.add(finding.id);
  const after: QueuedFinding[] = [];
  let next = 0;
  for (const queued of before) {
    if (going.has(queued.finding.id)) continue;
    for (let other = put[next]; other && isBefore(other, queued); other = put[next]) {
      after.push(other);
      next += 1;
    }
    after.push(queued);
  }
  return after.concat(put.slice(next));
}

const isBefore = (a: QueuedFinding, b: QueuedFinding) => comparePlaces(a.finding, b.finding) < 0;
