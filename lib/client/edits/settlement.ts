import { newId } from "@/lib/ids";
import type { TrackContent } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";
import type { LoggedEdit, SendEditsResult } from "@/lib/tracks/sync-schema";
import {
  confirmedValue,
  conflictFrom,
  divide,
  mended,
  type Objection,
  type OpenConflict,
  shownValue,
} from "./conflicts";
import { sameValue } from "./effects";
import type { OutboxChange, OutboxEdit } from "./outbox";
import { overlaps, type PendingEdit, PendingEdits, touchingOf } from "./pending-edits";
import { takeContent, takeLog } from "./rebase";
import type { TrackDocument } from "./track-document";

export interface RemadeEdit {
  clientOpId: string;
  operation: EditOperation;
  inverse?: EditOperation;
}

/** What becomes of edits that somebody may want to take back later. */
export interface EditFates {
  /** Given up: as if they had never been made. */
  dropped(clientOpIds: readonly string[]): void;
  /**
   * Made again as these: in parts, or on top of what somebody else did. `inverse` where it isn't
   * simply that part of the old one.
   */
  remade(clientOpId: string, edits: readonly RemadeEdit[]): void;
  /** The whole track was replaced. */
  replaced(): void;
}

interface SettlementOptions {
  trackId: string;
  document: TrackDocument;
  fates: EditFates;
  /** Keeps what has changed on this machine. */
  keep: (change: OutboxChange) => Promise<void>;
  now: () => number;
}

/** Most cues that are kept beside an edit, so that one that is gone can be brought back. */
const mostKeptCues = 20;

/**
 * The edits of a track between this tab and the server: which are under way, which are through,
 * and which the person is asked about. Decides, shows and keeps; sends nothing itself.
 */
export class Settlement {
  readonly pending = new PendingEdits();
  /** By cue, who has changed it last beside this tab. */
  readonly authors = new Map<string, string>();
  readonly #options: SettlementOptions;
  #conflicts: readonly OpenConflict[] = [];
  /** What is on the screen can't be brought up to date by the log alone. */
  #stale = false;
  #lastOrder = 0;

  constructor(options: SettlementOptions) {
    this.#options = options;
  }

  get conflicts(): readonly OpenConflict[] {
    return this.#conflicts;
  }

  get stale(): boolean {
    return this.#stale;
  }

  /** Shows an edit, keeps it, and puts it at the end of what is to be sent. */
  enter(row: Omit<OutboxEdit, "order" | "cues" | "fixed">, dueMs: number): PendingEdit {
    const { document, now } = this.#options;
    document.show(row.clientOpId, row.operation);
    const edit: PendingEdit = {
      ...row,
      order: this.#nextOrder(),
      fixed: false,
      state: "unsent",
      revision: null,
      sent: false,
      kept: Promise.resolve(),
      inOutbox: true,
      madeMs: now(),
      dueMs,
    };
    this.pending.add(edit);
    const before = this.pending
      .overlapping(this.pending.touchingOf(edit))
      .filter((other) => other !== edit && other.state !== "stored");
    edit.base = Math.min(edit.base, ...before.map(({ base }) => base));
    const held = before.findLast(({ state }) => state === "held");
    if (held) this.#join(edit, held);
    this.#put(edit);
    this.#reviewConflicts();
    return edit;
  }

  /** An edit that was never sent becomes another of the same cues. */
  extend(edit: PendingEdit, operation: EditOperation, dueMs: number): void {
    this.pending.change(edit, { operation });
    this.#options.document.show(edit.clientOpId, operation);
    edit.dueMs = dueMs;
    this.#put(edit);
  }

  /** Takes up what an earlier tab has left; it may be at the server. */
  restore(rows: readonly OutboxEdit[]): void {
    const { document } = this.#options;
    for (const row of rows) {
      if (this.pending.get(row.clientOpId)) continue;
      document.show(row.clientOpId, row.operation);
      this.pending.add({
        ...row,
        order: this.#nextOrder(),
        state: "unsent",
        revision: null,
        sent: true,
        kept: Promise.resolve(),
        inOutbox: true,
        madeMs: 0,
        dueMs: 0,
      });
    }
  }

  /** Takes in the answer to edits that were sent. */
  answered(batch: readonly PendingEdit[], result: SendEditsResult): void {
    const objections: { edit: PendingEdit; objection: Objection }[] = [];
    for (const outcome of result.outcomes) {
      const edit = this.pending.get(outcome.clientOpId);
      if (!edit || edit.state === "stored") continue;
      if (outcome.status === "stored") {
        Object.assign(edit, { state: "stored", revision: outcome.revision });
      } else if (outcome.status !== "held") {
        edit.state = "held";
        objections.push({ edit, objection: outcome });
      }
    }
    this.release(batch);
    this.takeLog(result.log);
    const foreign = result.log.filter(
      ({ clientOpId }) => this.pending.chainOf(clientOpId) === undefined,
    );
    const whole = !foreign.some(({ operation }) => operation.kind === "replace");
    for (const { edit, objection } of objections) {
      const seen = whole ? Math.max(edit.base, result.revision) : edit.base;
      this.#object(edit, objection, { foreign, seen });
    }
    this.#reviewConflicts();
  }

  /** Edits of a request that came to nothing are to be sent again. */
  release(batch: readonly PendingEdit[]): void {
    for (const edit of batch) if (edit.state === "sending") edit.state = "unsent";
  }

  /** The server won't ever take it as it is. */
  refuse(edit: PendingEdit, objection: Objection): void {
    edit.state = "held";
    this.#object(edit, objection, { foreign: [], seen: edit.base });
    this.#reviewConflicts();
  }

  /** Takes in what the server's log tells, in answers and by itself. */
  takeLog(log: readonly LoggedEdit[]): void {
    const { document, fates } = this.#options;
    const taken = takeLog(log, document, this.pending);
    const newest = log.some(
      ({ operation, revision }) => operation.kind === "replace" && revision > document.revision,
    );
    if (newest && !this.#stale) fates.replaced();
    if (taken.stale) this.#stale = true;
    for (const { clientOpId, operation, actorId } of log) {
      if (this.pending.chainOf(clientOpId) !== undefined) continue;
      for (const cueId of touchingOf(operation).keys()) this.authors.set(cueId, actorId);
    }
    this.#settle(taken);
  }

  /** Takes in the track read anew; false when this tab knows better. */
  adopt(content: TrackContent, revision: number): boolean {
    const { document } = this.#options;
    if (revision < document.revision || (revision === document.revision && !this.#stale)) {
      return false;
    }
    this.#stale = false;
    this.#settle(takeContent(content, revision, document, this.pending));
    return true;
  }

  /** Ends a question; see `EditQueue.resolve`. */
  resolve(id: string, keep: "mine" | "theirs", base: number): void {
    const conflict = this.#conflicts.find((open) => open.id === id);
    if (!conflict) return;
    this.#conflicts = this.#conflicts.filter((open) => open !== conflict);
    const held = conflict.clientOpIds.flatMap((each) => this.pending.get(each) ?? []);
    if (keep === "theirs") this.#drop(held);
    else for (const edit of held) this.#remake(edit, conflict, base);
    this.#reviewConflicts();
  }

  #nextOrder(): number {
    // Later than those of tabs that are gone.
    this.#lastOrder = Math.max(this.#lastOrder + 1, this.#options.now() * 1_000);
    return this.#lastOrder;
  }

  #put(edit: PendingEdit): void {
    const { document, keep } = this.#options;
    const ids = [...this.pending.touchingOf(edit).keys()];
    if (ids.length <= mostKeptCues) {
      edit.cues = ids.flatMap((id) => document.cue(id) ?? []).map(({ words: _, ...cue }) => cue);
    }
    edit.kept = keep({ put: [rowOf(edit)] });
  }

  #settle({ through, refixed }: Pick<ReturnType<typeof takeLog>, "through" | "refixed">): void {
    const { document, keep, trackId } = this.#options;
    document.hide(through.map(({ clientOpId }) => clientOpId));
    const stored = this.pending.in("stored").filter(({ inOutbox }) => inOutbox);
    for (const edit of stored) edit.inOutbox = false;
    this.pending.remove(through);
    const remove = stored.map(({ clientOpId }) => clientOpId);
    if (remove.length + refixed.length > 0) {
      const chains = new Set([...stored, ...refixed].map(({ chain }) => chain));
      const put = refixed.filter(({ inOutbox }) => inOutbox).map(rowOf);
      for (const [i, chain] of [...chains].entries()) {
        const checked = { trackId, chain, checkedTo: this.#checkedTo(chain) };
        void keep(i === 0 ? { put, remove, checked } : { checked });
      }
    }
    this.#reviewConflicts();
  }

  #checkedTo(chain: string): number | null {
    const following = this.pending.all.filter(
      (edit) => edit.chain === chain && !edit.fixed && edit.inOutbox,
    );
    return following.length === 0 ? null : Math.min(...following.map(({ base }) => base));
  }

  #object(
    edit: PendingEdit,
    objection: Objection,
    { foreign, seen }: { foreign: readonly LoggedEdit[]; seen: number },
  ): void {
    const { document, keep, now } = this.#options;
    const { waiting, going } = divide(edit, objection, foreign);
    if (going) {
      const { clientOpId: _, state: __, ...same } = edit;
      const row = { ...same, clientOpId: newId(), operation: going, base: seen };
      this.pending.add({ ...row, state: "unsent", sent: false, fixed: true, dueMs: now() });
      document.show(row.clientOpId, going);
      const { clientOpId } = edit;
      const rest = waiting ? [{ clientOpId, operation: waiting }] : [];
      this.#options.fates.remade(clientOpId, [row, ...rest]);
      void keep({ put: [rowOf({ ...row, fixed: true })] });
    }
    if (!waiting) {
      this.#drop([edit], { silently: going !== null });
      return;
    }
    if (going) {
      this.pending.remove([edit]);
      edit.operation = waiting;
      this.pending.add(edit);
      document.show(edit.clientOpId, waiting);
    }
    edit.fixed = true;
    void keep({ put: [rowOf(edit)] });
    this.#ask(conflictFrom(objection, edit, document), edit);
    for (const later of this.pending.overlapping(this.pending.touchingOf(edit))) {
      if (later.order > edit.order && later.state === "unsent") this.#join(later, edit);
    }
  }

  /** One question for all that is about the same. */
  #ask(asked: OpenConflict, edit: PendingEdit): void {
    const open = this.#conflicts.find(
      ({ kind, cueId, property }) =>
        kind === asked.kind && cueId === asked.cueId && property === asked.property,
    );
    if (open) this.#append(open, edit);
    else this.#conflicts = [...this.#conflicts, asked];
  }

  #append(open: OpenConflict, edit: PendingEdit): void {
    const clientOpIds = [...open.clientOpIds, edit.clientOpId];
    this.#conflicts = this.#conflicts.map((each) =>
      each === open ? { ...open, clientOpIds } : each,
    );
  }

  /** An edit that builds on one in question waits with it. */
  #join(edit: PendingEdit, held: PendingEdit): void {
    const open = this.#conflicts.find((each) => each.clientOpIds.includes(held.clientOpId));
    if (!open || !overlaps(this.pending.touchingOf(edit), this.pending.touchingOf(held))) return;
    Object.assign(edit, { state: "held", fixed: true });
    this.#append(open, edit);
    void this.#options.keep({ put: [rowOf(edit)] });
  }

  #drop(edits: readonly PendingEdit[], { silently = false } = {}): void {
    const ids = edits.map(({ clientOpId }) => clientOpId);
    this.pending.remove(edits);
    this.#options.document.hide(ids);
    void this.#options.keep({ remove: ids });
    if (!silently) this.#options.fates.dropped(ids);
  }

  #remake(edit: PendingEdit, conflict: OpenConflict, base: number): void {
    const { document, keep, fates, now } = this.#options;
    const operation = conflict.kind === "refused" ? edit.operation : mended(edit, document);
    if (!operation) {
      this.#drop([edit]);
      return;
    }
    this.pending.remove([edit]);
    document.hide([edit.clientOpId]);
    const row = { ...edit, clientOpId: newId(), operation, base, fixed: false };
    const plan = document.plan(operation);
    const inverse = plan.ok ? { inverse: plan.inverse } : {};
    fates.remade(edit.clientOpId, [{ clientOpId: row.clientOpId, operation, ...inverse }]);
    document.show(row.clientOpId, operation);
    const order = this.#nextOrder();
    this.pending.add({ ...row, order, state: "unsent", sent: false, dueMs: now() });
    // Together, so that a crash in between loses nothing.
    void keep({ put: [rowOf({ ...row, order })], remove: [edit.clientOpId] });
  }

  /** Brings the questions up to date; one to which both sides have the same answer is over. */
  #reviewConflicts(): void {
    const { document } = this.#options;
    const agreed: string[] = [];
    this.#conflicts = this.#conflicts.map((open) => {
      if (open.kind !== "changed" || open.property === "existence") return open;
      const yours = shownValue(document, open.cueId, open.property);
      const theirs = this.#stale
        ? open.theirs
        : confirmedValue(document, open.cueId, open.property);
      if (sameValue(yours, theirs)) agreed.push(open.id);
      const same = sameValue(yours, open.yours) && sameValue(theirs, open.theirs);
      return same ? open : { ...open, yours, theirs };
    });
    for (const id of agreed) this.resolve(id, "theirs", document.revision);
  }
}

/** Of an edit, what is kept on this machine. */
export function rowOf(edit: OutboxEdit): OutboxEdit {
  const { clientOpId, trackId, groupId, undoes, carry, operation } = edit;
  const { base, order, chain, owner, actorId, fixed, cues } = edit;
  return {
    ...{ clientOpId, trackId, groupId, operation, base, order, chain, owner, actorId, fixed },
    ...(undoes !== undefined && { undoes }),
    ...(carry !== undefined && { carry }),
    ...(cues !== undefined && { cues }),
  };
}
