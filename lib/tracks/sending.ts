import "server-only";
import { AppError } from "@/lib/errors";
import { assertStillAllowed, trackAccess } from "@/lib/sharing/access";
import { carryTimes } from "@/lib/subtitles/operations/editing/carry";
import { type Tx, transaction } from "@/lib/transaction";
import { UnseenEdits } from "./conflicts";
import { carriedId } from "./history";
import { maxMissedBytes, readAnew } from "./limits";
import { bytesAfter, findByClientOpIds, namesOf, operationsAfter } from "./log-repo";
import { type AcceptedEdit, mergeEdits, type Verdict } from "./merging";
import { presentDraft } from "./recent-tracks";
import { lockTrack, lockWithTranslations } from "./repo";
import { assertSame } from "./same-account";
import { type StoredEdit, storeEdits } from "./storing";
import type { EditOutcome, LoggedEdit, ReceivedEdits, SendEditsResult } from "./sync-schema";
import { isBulk, keepBeforeBulk } from "./versions";

/**
 * Adds edits to a track. Each is kept when what it changes hasn't been changed by somebody else
 * since `baseRevision`, and has an outcome of its own; the same edit sent again is stored once.
 * @throws {AppError} `not_found`, `forbidden`; `other_account` when they are another account's,
 * so that they wait for it as they do after a log-out
 */
export async function sendEdits(options: {
  actorId: string;
  trackId: string;
  input: ReceivedEdits;
}): Promise<SendEditsResult> {
  const { actorId, trackId } = options;
  await assertSame(actorId, options.input.actorId);
  const { videoId } = await trackAccess({ userId: actorId, trackId, need: "editor" });
  return transaction((tx) => send(tx, { ...options, videoId }));
}

async function send(
  tx: Tx,
  options: { actorId: string; videoId: string; trackId: string; input: ReceivedEdits },
): Promise<SendEditsResult> {
  const { actorId, videoId, trackId, input } = options;
  const { baseRevision, edits } = input;
  const carries = edits.some(({ carry }) => carry);
  const family = carries ? await lockWithTranslations(tx, trackId) : [];
  const locked = carries ? family.find(({ id }) => id === trackId) : await lockTrack(tx, trackId);
  if (!locked) throw new AppError("not_found");
  await assertStillAllowed(tx, { userId: actorId, videoId, need: "editor" });
  const { revision } = locked;
  const log = await missedSince(tx, { trackId, seen: baseRevision, now: revision, actorId });
  const ids = edits.map(({ clientOpId }) => clientOpId);
  const known = await findByClientOpIds(tx, trackId, ids);
  const theirs = log.filter((each) => known.get(each.clientOpId)?.actorId !== actorId);
  const draft = await presentDraft(tx, trackId, revision);
  const unseen = new UnseenEdits(theirs);
  const merged = mergeEdits({ draft, edits, known, unseen, actorId, revision });
  // What undo and redo come back to is in the history already.
  const bulk = merged.accepted.find(({ operation, undoes }) => !undoes && isBulk(operation));
  if (bulk) await keepBeforeBulk(tx, { trackId, revision, actorId, operation: bulk.operation });
  const stored = await storeEdits(tx, {
    ...{ trackId, actorId, revision, baseRevision, draft },
    edits: merged.accepted.map(storedEdit),
  });
  const translations = family.filter(({ id }) => id !== trackId);
  return {
    revision: stored.revision,
    outcomes: await outcomesOf(tx, merged.verdicts, stored.revision),
    log: [...log, ...stored.log],
    carried: await carryOver(tx, { translations, accepted: merged.accepted, actorId }),
  };
}

/**
 * Edits that an editor hasn't seen; of more than can be told that there are some. Who has seen
 * more than there is reads the track anew as well.
 */
async function missedSince(
  tx: Tx,
  options: { trackId: string; seen: number; now: number; actorId: string },
): Promise<LoggedEdit[]> {
  const { trackId, seen, now, actorId } = options;
  if (seen === now) return [];
  const isTooMuch = seen > now || (await bytesAfter(tx, trackId, seen)) > maxMissedBytes;
  return isTooMuch ? [readAnew(now, actorId)] : operationsAfter(tx, trackId, seen);
}

function storedEdit({ clientOpId, groupId, undoes, ...edit }: AcceptedEdit): StoredEdit {
  const { operation, inverse } = edit;
  return { clientOpId, groupId, undoes: undoes ?? null, operation, inverse };
}

/** Verdicts as the sender gets them: with the names of those who set other values. */
async function outcomesOf(
  tx: Tx,
  verdicts: readonly Verdict[],
  revision: number,
): Promise<EditOutcome[]> {
  const others = verdicts.flatMap((each) =>
    each.status === "conflict" ? [each.found.actorId] : [],
  );
  const names = await namesOf(tx, [...new Set(others)]);
  return verdicts.map((verdict) => {
    if (verdict.status !== "conflict") return verdict;
    const { clientOpId, status, found } = verdict;
    const { actorId: id, ...values } = found;
    const name = names.get(id);
    const by = name === undefined ? null : { id, name };
    return { clientOpId, status, conflict: { ...values, revision, by } };
  });
}

/** Has translations follow the times of their source, each edit as one of theirs. */
async function carryOver(
  tx: Tx,
  options: {
    translations: readonly { id: string; revision: number }[];
    accepted: readonly AcceptedEdit[];
    actorId: string;
  },
): Promise<SendEditsResult["carried"]> {
  const { translations, accepted, actorId } = options;
  const moving = accepted.filter(({ carriedFrom }) => carriedFrom.length > 0);
  if (moving.length === 0) return [];
  const carried: SendEditsResult["carried"] = [];
  for (const { id: trackId, revision } of translations) {
    const draft = await presentDraft(tx, trackId, revision);
    const edits = moving.flatMap((edit): StoredEdit[] => {
      const there = edit.carriedFrom.flatMap(({ id }) => draft.cue(id) ?? []);
      const operation = carryTimes(edit.operation, edit.carriedFrom, there);
      if (!operation) return [];
      const applied = draft.apply(operation);
      if (!applied.ok) return [];
      const { inverse } = applied;
      const clientOpId = carriedId(edit.clientOpId);
      return [{ ...storedEdit(edit), clientOpId, operation, inverse }];
    });
    if (edits.length === 0) continue;
    const base = { trackId, actorId, revision, baseRevision: revision };
    const stored = await storeEdits(tx, { ...base, draft, edits });
    carried.push({ trackId, revision: stored.revision });
  }
  return carried;
}
