import type { VersionDiffView } from "@/lib/tracks/schema";

export type Difference = VersionDiffView["cues"][number];

export const diffKinds = ["all", "added", "removed", "text", "times", "speaker", "style"] as const;
export type DiffKind = (typeof diffKinds)[number];

/** The same seen from the other side: what would come is what came, and the other way round. */
export function flipped(diff: VersionDiffView): VersionDiffView {
  const { added, removed, ...rest } = diff.counts;
  return {
    ...diff,
    counts: { ...rest, added: removed, removed: added },
    cues: diff.cues.map((cue) => ({ ...cue, before: cue.after, after: cue.before })),
  };
}

/** Whether a difference is of a kind; one cue can be of several. */
export function isOfKind({ before, after, aspects }: Difference, kind: DiffKind): boolean {
  switch (kind) {
    case "all":
      return true;
    case "added":
      return before === null;
    case "removed":
      return after === null;
    default:
      return aspects.includes(kind);
  }
}

/** Kinds that there are, in their order, after "all". */
export function kindsIn(cues: readonly Difference[]): DiffKind[] {
  return diffKinds.filter((kind) => kind === "all" || cues.some((cue) => isOfKind(cue, kind)));
}

/** Where a difference is, in ms. */
export function placeOf({ before, after }: Difference): number {
  return (after ?? before)?.startMs ?? 0;
}
