import "server-only";
import { AppError } from "@/lib/errors";
import { type CueIndex, cueIndex } from "@/lib/subtitles/active-cues";
import type { Cue, CueProvenance } from "@/lib/subtitles/model";
import type { EditOperation, SimpleOperation } from "@/lib/subtitles/operations";
import type { Tx } from "@/lib/transaction";
import { findByClientOpIds } from "./log-repo";
import { cuesOf } from "./reading";
import { presentDraft } from "./recent-tracks";
import { lockTrack } from "./repo";
import { storeEdits } from "./storing";
import { keepBeforeBulk } from "./versions";

/** Another text, and where it comes from. */
export interface TextAgain {
  /** The cues that it stands in, in order: several where its translation was split. */
  cueIds: readonly string[];
  /** What each of them shows of it, at least one; the cues beyond those go. */
  texts: readonly string[];
  provenance: CueProvenance;
}

/**
 * Stores texts that a job has made again, as one edit of whoever ordered them, within the
 * transaction that takes their price. Where a cue's text is another than at the revision `seen`, or
 * it is gone, all that share a text with it are left as they are. Answers how many texts were
 * stored; called again for the same job it changes nothing.
 * @throws {AppError} `gone` where there is no such track any more
 */
export async function storeAgain(
  tx: Tx,
  made: {
    trackId: string;
    actorId: string;
    jobId: string;
    seen: number;
    texts: readonly TextAgain[];
  },
): Promise<number> {
  const { trackId, actorId, jobId, seen, texts } = made;
  const locked = await lockTrack(tx, trackId);
  if (!locked) throw new AppError("gone", { detail: "the translation is gone" });
  // No editor's id has a slash: none can take a job's beforehand.
  const clientOpId = `job/${jobId}`;
  if ((await findByClientOpIds(tx, trackId, [clientOpId])).size > 0) return texts.length;
  const { revision } = locked;
  const before = await cuesOf(tx, trackId, seen);
  const ordered = new Map(before.cues.map(({ id, text }) => [id, text]));
  const draft = await presentDraft(tx, trackId, revision);
  // Made once: somebody may be waiting for the track's row.
  const shown = cueIndex(draft.content().cues);
  const operations = texts.flatMap((again): SimpleOperation[] => {
    const cues = again.cueIds.flatMap((id) => draft.cue(id) ?? []);
    const same = cues.length === again.cueIds.length;
    if (!same || cues.some(({ id, text }) => text !== ordered.get(id))) return [];
    return [
      { kind: "replaceCues", remove: [...again.cueIds], insert: madeAgain(cues, again, shown) },
    ];
  });
  if (operations.length === 0) return 0;
  const operation: EditOperation = { kind: "batch", operations };
  await keepBeforeBulk(tx, { trackId, revision, actorId, operation });
  const applied = draft.apply(operation);
  if (!applied.ok) throw new AppError("internal", { detail: `made again: ${applied.code}` });
  await storeEdits(tx, {
    ...{ trackId, actorId, revision, baseRevision: revision, draft },
    // Undone as a step of its own.
    edits: [{ clientOpId, groupId: jobId, undoes: null, operation, inverse: applied.inverse }],
  });
  return operations.length;
}

function madeAgain(
  cues: readonly Cue[],
  { cueIds, texts, provenance }: TextAgain,
  shown: CueIndex,
): Cue[] {
  // The words behind a cue are evidence of what was heard, not of what was translated.
  const made = cues
    .slice(0, texts.length)
    .map((cue, i): Cue => ({ ...cue, text: texts[i] ?? "", provenance }));
  const last = made.at(-1);
  if (last && made.length < cues.length) {
    // Those that go leave it their time, unless somebody has put another cue there.
    const endMs = cues.reduce((latest, cue) => Math.max(latest, cue.endMs), last.endMs);
    const ids = new Set(cueIds);
    const there = endMs > last.endMs ? shown.activeBetween(last.endMs, endMs - 1) : [];
    if (there.every(({ id }) => ids.has(id))) last.endMs = endMs;
  }
  return made;
}
