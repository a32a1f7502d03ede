import type { Cue } from "@/lib/subtitles/model";
import { inTrackOrder, type SimpleOperation } from "@/lib/subtitles/operations";
import { type Fault, faultsAt, isCrowded } from "@/lib/subtitles/quality/changes";
import { Mender } from "@/lib/subtitles/quality/mender";
import { RuleJudge } from "@/lib/subtitles/quality/rule-judge";
import {
  type Finding,
  type FindingCode,
  type RepairKind,
  repairKinds,
  type TrackEvidence,
} from "@/lib/subtitles/quality/types";
import type { RuleProfile } from "@/lib/subtitles/rules";

/** What repairs are worked out from. */
export interface RepairContext {
  cues: readonly Cue[];
  evidence: TrackEvidence;
  profile: RuleProfile;
  /** BCP 47, the track's. */
  language: string;
}

/** Bringing back what two signals call invented is a person's choice. */
const safeKinds: readonly RepairKind[] = repairKinds.filter((kind) => kind !== "restore");

/**
 * The edit that repairs a finding; nothing where there is none that takes the fault away and breaks
 * no other rule. The same cues give the same edit.
 */
export function proposeRepair(
  finding: Pick<Finding, "id" | "code" | "cueId">,
  context: RepairContext,
): SimpleOperation | undefined {
  return menderOf(context).proposal(finding);
}

/**
 * Repairs everything of these kinds (left out: all but `restore`), or only what was found under
 * `codes`, and nothing of `skip` (ids of findings), until no repair is left that changes anything. `operations` lead from the given cues to those that come back, in a track's
 * order; no rule that a cue kept is broken by them, and no word lost.
 */
export function repairAll({
  kinds = safeKinds,
  codes,
  skip,
  ...context
}: RepairContext & {
  kinds?: readonly RepairKind[] | undefined;
  codes?: readonly FindingCode[] | undefined;
  skip?: ReadonlySet<string> | undefined;
}): {
  operations: SimpleOperation[];
  cues: readonly Cue[];
} {
  const mender = menderOf(context);
  const operations: SimpleOperation[] = [];
  const form = new Set(kinds.filter((kind) => kind !== "restore"));
  const removed = (kinds.includes("restore") ? context.evidence.removed : []).filter(
    ({ id }) => !skip?.has(`removed_text:${id}`),
  );
  let before = -1;
  // A cue that is shortened may no longer stand where a text was removed.
  while (operations.length !== before) {
    before = operations.length;
    operations.push(...removed.flatMap((text) => mender.restore(text) ?? []));
    operations.push(...mendAll(mender, judgeOf(context), { kinds: form, codes, skip }));
  }
  const cues = operations.length === 0 ? inTrackOrder(context.cues) : [...mender.cues];
  return { operations, cues };
}

function mendAll(
  mender: Mender,
  judge: RuleJudge,
  {
    kinds,
    codes,
    skip,
  }: {
    kinds: ReadonlySet<RepairKind>;
    codes: readonly FindingCode[] | undefined;
    skip: ReadonlySet<string> | undefined;
  },
): SimpleOperation[] {
  const operations: SimpleOperation[] = [];
  const mend = (index: number, faults: readonly Fault[]): number | undefined => {
    for (const fault of faults) {
      if (codes && !codes.includes(fault)) continue;
      if (skip?.has(`${fault}:${mender.cues[index]?.id}`)) continue;
      const change = mender.changeAt(index, fault, kinds);
      if (!change) continue;
      operations.push(mender.make(change));
      return change.from;
    }
    return undefined;
  };
  let before = -1;
  while (operations.length !== before) {
    before = operations.length;
    for (let i = 0; i < mender.cues.length && kinds.size > 0; i++) {
      if (isCrowded(mender.cues, i)) continue;
      const changed = mend(i, faultsAt(mender.cues, i, judge));
      // What changed may now let the cue before be repaired, or need more itself.
      if (changed !== undefined) i = Math.max(-1, changed - 2);
    }
  }
  return operations;
}

function judgeOf({ profile, evidence }: RepairContext): RuleJudge {
  return new RuleJudge(profile, evidence);
}

function menderOf(context: RepairContext): Mender {
  const { evidence, language } = context;
  return new Mender(inTrackOrder(context.cues), { judge: judgeOf(context), evidence, language });
}
