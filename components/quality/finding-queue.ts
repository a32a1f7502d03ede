import type { Cue } from "@/lib/subtitles/model";
import { findingKey } from "@/lib/subtitles/quality/finding-key";
import {
  type Finding,
  type FindingCode,
  findingCodes,
  type Severity,
} from "@/lib/subtitles/quality/types";
import type { IgnoredView } from "@/lib/tracks/ignored-schema";

/** A finding with its name for `IgnoredView`. */
export interface QueuedFinding {
  finding: Finding;
  key: string;
}

/** What is to be looked at, the gravest first, and what somebody has decided to leave. */
export interface FindingQueue {
  open: readonly QueuedFinding[];
  left: readonly (QueuedFinding & { ignored: IgnoredView })[];
}

const gravity: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** What decides about a finding's place in the queue. */
type Place = Pick<Finding, "severity" | "startMs" | "code" | "id">;

/** By gravity, then in the order of the video: so one goes through the picture once for each. */
export function comparePlaces(a: Place, b: Place): number {
  return (
    gravity[a.severity] - gravity[b.severity] ||
    a.startMs - b.startMs ||
    findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** Names findings and puts them into their order. `cueOf`: the cues that were judged. */
export function orderFindings(
  findings: readonly Finding[],
  cueOf: (cueId: string) => Pick<Cue, "text"> | undefined,
): QueuedFinding[] {
  return [...findings]
    .sort(comparePlaces)
    .map((finding) => ({ finding, key: findingKey(finding, cueOf(finding.cueId ?? "")) }));
}

/** Puts those aside that somebody has decided to leave. `ordered`: as of `orderFindings`. */
export function queueOf(
  ordered: readonly QueuedFinding[],
  ignored: readonly IgnoredView[],
): FindingQueue {
  if (ignored.length === 0) return { open: ordered, left: [] };
  const known = new Map(ignored.map((each) => [each.key, each]));
  const left = ordered.flatMap((queued) => {
    const word = known.get(queued.key);
    return word ? [{ ...queued, ignored: word }] : [];
  });
  return { open: ordered.filter(({ key }) => !known.has(key)), left };
}

/**
 * The one after `from`, or before it, round and round. `from` needn't be there any more: where it
 * stood counts. Null: from the beginning, or from the end backwards.
 */
export function stepFrom(
  queue: readonly QueuedFinding[],
  from: Place | null,
  step: 1 | -1,
): QueuedFinding | undefined {
  if (from === null) return step === 1 ? queue[0] : queue.at(-1);
  if (step === 1) {
    return queue.find(({ finding }) => comparePlaces(finding, from) > 0) ?? queue[0];
  }
  return queue.findLast(({ finding }) => comparePlaces(finding, from) < 0) ?? queue.at(-1);
}

/** How many there are of each kind, the kinds in their order. */
export function kindsOf(queue: readonly QueuedFinding[]): { code: FindingCode; count: number }[] {
  const counts = new Map<FindingCode, number>();
  for (const { finding } of queue) counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1);
  return findingCodes.flatMap((code) => {
    const count = counts.get(code);
    return count === undefined ? [] : [{ code, count }];
  });
}

/** The findings around one of them that are on the page; a long list is never there as a whole. */
export function windowAround(
  count: number,
  index: number,
  size: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.min(index - Math.floor(size / 4), count - size));
  return { from, to: Math.min(count, from + size) };
}
