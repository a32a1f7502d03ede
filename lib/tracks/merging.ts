import type { Cue } from "@/lib/subtitles/model";
import { type EditOperation, touches } from "@/lib/subtitles/operations";
import type { FoundConflict, UnseenEdits } from "./conflicts";
import { hasRoom } from "./limits";
import type { EditOutcome, ReceivedEdits } from "./sync-schema";
import type { TrackDraft } from "./track-draft";

type Received = ReceivedEdits["edits"][number];

/** An edit that is to be stored. */
export interface AcceptedEdit extends Received {
  operation: EditOperation;
  inverse: EditOperation;
  revision: number;
  /** Of an edit that translations are to follow: its cues as they were before it. */
  carriedFrom: Cue[];
}

/** What becomes of an edit, before it is known who set the other value of a conflict. */
export type Verdict =
  | Exclude<EditOutcome, { status: "conflict" }>
  | { clientOpId: string; status: "conflict"; found: FoundConflict };

/**
 * Decides what becomes of each edit of a request. One that can't be kept holds up those after it
 * that touch the same cues, and no others.
 * @param options `draft`: the track as it is; afterwards with what was accepted. `known`: edits of
 * these ids that are stored already. `revision`: the track's.
 */
export function mergeEdits(options: {
  draft: TrackDraft;
  edits: readonly Received[];
  known: ReadonlyMap<string, { revision: number; actorId: string }>;
  unseen: UnseenEdits;
  actorId: string;
  revision: number;
}): { verdicts: Verdict[]; accepted: AcceptedEdit[] } {
  const { edits, known, unseen, actorId } = options;
  const accepted: AcceptedEdit[] = [];
  const stored = new Map(known);
  const stuck = new Set<string>();
  const verdicts: Verdict[] = [];
  for (const edit of edits) {
    const { clientOpId, operation } = edit;
    const before = stored.get(clientOpId);
    const verdict = before
      ? storedBefore(clientOpId, before, actorId)
      : judge({ ...options, edit, stuck, accepted });
    if (verdict.status === "stored") {
      stored.set(clientOpId, { revision: verdict.revision, actorId });
      if (operation) unseen.noteOwn(operation, { revision: verdict.revision, actorId });
    } else if (operation) {
      for (const { cueId } of touches(operation)) stuck.add(cueId);
    }
    verdicts.push(verdict);
  }
  return { verdicts, accepted };
}

function storedBefore(
  clientOpId: string,
  before: { revision: number; actorId: string },
  actorId: string,
): Verdict {
  return before.actorId === actorId
    ? { clientOpId, status: "stored", revision: before.revision }
    : { clientOpId, status: "refused", code: "idempotency_conflict" };
}

function judge(options: {
  draft: TrackDraft;
  edit: Received;
  unseen: UnseenEdits;
  stuck: ReadonlySet<string>;
  revision: number;
  accepted: AcceptedEdit[];
}): Verdict {
  const { draft, edit, unseen, stuck, accepted } = options;
  const { clientOpId, operation, carry } = edit;
  if (!operation) return { clientOpId, status: "refused", code: "validation_failed" };
  if (touches(operation).some(({ cueId }) => stuck.has(cueId))) {
    return { clientOpId, status: "held" };
  }
  const found = unseen.conflictOf(operation, draft);
  if (found) return { clientOpId, status: "conflict", found };
  const before = draft.extent;
  const touched = carry ? touches(operation) : [];
  const carriedFrom = touched.flatMap(({ cueId }) => draft.cue(cueId) ?? []);
  const applied = draft.apply(operation);
  if (!applied.ok) {
    return applied.code === "cue_not_found"
      ? { clientOpId, status: "gone", cueId: applied.cueId }
      : { clientOpId, status: "refused", code: "conflict" };
  }
  if (!hasRoom(before, draft.extent)) {
    draft.apply(applied.inverse);
    return { clientOpId, status: "refused", code: "limit_reached" };
  }
  const revision = options.revision + accepted.length + 1;
  accepted.push({ ...edit, operation, inverse: applied.inverse, revision, carriedFrom });
  return { clientOpId, status: "stored", revision };
}
