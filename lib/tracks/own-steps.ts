import "server-only";
import { trackAccess } from "@/lib/sharing/access";
import { type Step, stepsOf } from "./history";
import { carriedOf, loadEdits, type OwnEditRow, ownEdits, sizesOf } from "./history-repo";
import { assertSame } from "./same-account";
import type { HistoryQuery, HistoryStep, HistoryView } from "./sync-schema";

/** Most of a page of steps, in bytes of JSON: one bulk edit has a megabyte or two. */
const maxPageBytes = 4 * 1024 ** 2;

/**
 * One's own steps, newest first, over all sessions and tabs: what undo and redo will do. Steps from
 * before the whole track was replaced aren't among them.
 * @throws {AppError} `not_found`; `other_account` when the page that asks is another account's
 */
export async function ownSteps(options: {
  userId: string;
  trackId: string;
  query: HistoryQuery;
}): Promise<HistoryView> {
  const { userId, trackId, query } = options;
  const { before = Number.POSITIVE_INFINITY, limit } = query;
  await assertSame(userId, query.actorId);
  await trackAccess({ userId, trackId, need: "viewer" });
  const stacks = stepsOf(await ownEdits(trackId, userId));
  const older = stacks.undo.filter(({ revisions }) => (revisions[0] ?? 0) < before).reverse();
  const undo = await withinBytes(trackId, older.slice(0, limit));
  const wanted = query.before === undefined ? stacks.redo.reverse().slice(0, limit) : [];
  const redo = await withinBytes(trackId, wanted);
  const edits = await loadEdits(
    trackId,
    [...undo, ...redo].flatMap(({ revisions }) => revisions),
  );
  const ids = [...edits.values()].map(({ clientOpId }) => clientOpId);
  const carried = await carriedOf(trackId, ids);
  const view = (step: Step) => viewOf(step, edits, carried);
  return {
    undo: undo.flatMap(view),
    redo: redo.flatMap(view),
    more: undo.length < older.length,
  };
}

/** As many of the steps as a page holds; one at least. */
async function withinBytes(trackId: string, steps: Step[]): Promise<Step[]> {
  const sizes = await sizesOf(
    trackId,
    steps.flatMap(({ revisions }) => revisions),
  );
  let bytes = 0;
  return steps.filter(({ revisions }, at) => {
    for (const revision of revisions) bytes += sizes.get(revision) ?? 0;
    return at === 0 || bytes <= maxPageBytes;
  });
}

function viewOf(
  step: Step,
  edits: ReadonlyMap<number, OwnEditRow>,
  carried: ReadonlySet<string>,
): HistoryStep[] {
  const rows = step.revisions.flatMap((revision) => edits.get(revision) ?? []);
  const last = rows.at(-1);
  if (!last) return [];
  return [
    {
      groupId: step.groupId,
      edits: rows.map(({ revision, operation, inverse }) => ({ revision, operation, inverse })),
      carry: rows.some(({ clientOpId }) => carried.has(clientOpId)),
      at: last.at.toISOString(),
    },
  ];
}
