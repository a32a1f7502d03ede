import { newId } from "@/lib/ids";
import type { TrackContent } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";
import type { LoggedEdit, SendEditsResult } from "@/lib/tracks/sync-schema";
import {
  conflictFrom,
  cuesToKeep,
  divide,
  mended,
  type Objection,
  type OpenConflict,
} from "./conflicts";
import type { EditFates } from "./edit-fates";
import { EditOrder } from "./edit-order";
import { type OutboxChange, type OutboxEdit, rowOf } from "./outbox";
import { overlaps, type PendingEdit, PendingEdits, pendingFrom, touchingOf } from "./pending-edits";
import { Questions } from "./questions";
import { takeContent, takeLog } from "./rebase";
import type { TrackDocument } from "./track-document";

interface SettlementOptions {
  trackId: string;
  document: TrackDocument;
  fates: EditFates;
  /** Keeps what has changed on this machine. */
  keep: (change: OutboxChange) => Promise<void>;
  now: () => number;
}

/**
 * The edits of a track between this tab and the server: which are under way, which are through,
 * and which the person is asked about. Decides, shows and keeps; sends nothing itself.
 */
export class Settlement {
  readonly pending = new PendingEdits();
  /** By cue, who has changed it last beside this tab. */
  readonly authors = new Map<string, string>();
  readonly order: EditOrder;
  readonly #options: SettlementOptions;
  readonly #questions = new Questions();
  /** What is on the screen can't be brought up to date by the log alone. */
  #stale = false;
  /** What is read anew holds, even if it is older. */
  #behind = false;

  constructor(options: SettlementOptions) {
    this.#options = options;
    this.order = new EditOrder(options.now);
  }

  get conflicts(): readonly OpenConflict[] {
    return this.#questions.all;
  }

  get stale(): boolean {
    return this.#stale;
  }

  /** Shows an edit, keeps it, and puts it at the end of what is to be sent. */
  enter(row: Omit<OutboxEdit, "order" | "cues" | "fixed" | "sees">, dueMs: number): PendingEdit {
    const { document, now } = this.#options;
    const below = this.pending.overlapping(touchingOf(row.operation));
    const before = below.filter(({ state }) => state !== "stored");
    const base = Math.min(row.base, ...before.map((each) => each.base));
    document.show(row.clientOpId, row.operation);
    const sees = this.pending.chainsBeside(row.chain);
    const made = { ...row, base, sees, order: this.order.next(), fixed: false };
    const edit = pendingFrom(made, { sent: false, madeMs: now(), dueMs });
    this.pending.add(edit);
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
      this.pending.add(pendingFrom(row, { sent: true, madeMs: 0, dueMs: 0 }));
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
    if (taken.behind) this.#behind = true;
    for (const { clientOpId, operation, actorId } of log) {
      if (this.pending.chainOf(clientOpId) !== undefined) continue;
      for (const cueId of touchingOf(operation).keys()) this.authors.set(cueId, actorId);
    }
    this.#settle(taken);
  }

  /** Takes in the track read anew; false when this tab knows better. */
  adopt(content: TrackContent, revision: number): boolean {
    const { document } = this.#options;
    const isNewer = revision > document.revision;
    const isWanted = this.#stale && (this.#behind || revision === document.revision);
    if (!isNewer && !isWanted) return false;
    this.#stale = false;
    this.#behind = false;
    this.#settle(takeContent(content, revision, document, this.pending));
    return true;
  }

  /** Ends a question; see `EditQueue.resolve`. */
  resolve(id: string, keep: "mine" | "theirs", base: number): void {
    const conflict = this.#questions.take(id);
    if (!conflict) return;
    const held = conflict.clientOpIds.flatMap((each) => this.pending.get(each) ?? []);
    if (keep === "theirs") {
      this.#drop(held);
    } else {
      // First without any of them, then one on top of the other.
      this.#options.document.hide(held.map(({ clientOpId }) => clientOpId));
      this.pending.remove(held);
      for (const edit of held) this.#remake(edit, conflict, base);
    }
    this.#reviewConflicts();
  }

  #put(edit: PendingEdit): void {
    const { document, keep } = this.#options;
    const cues = cuesToKeep([...this.pending.touchingOf(edit).keys()], document);
    if (cues) edit.cues = cues;
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
      const chains = new Set([...stored, ...this.pending.all].map(({ chain }) => chain));
      const put = refixed.filter(({ inOutbox }) => inOutbox).map(rowOf);
      for (const [i, chain] of [...chains].entries()) {
        const checked = { trackId, chain, checkedTo: this.pending.checkedTo(chain) };
        void keep(i === 0 ? { put, remove, checked } : { checked });
      }
    }
    this.#reviewConflicts();
  }

  /** What is objected to waits for the person, part by part; the rest goes on. */
  #object(
    edit: PendingEdit,
    objection: Objection,
    { foreign, seen }: { foreign: readonly LoggedEdit[]; seen: number },
  ): void {
    const { document, fates, keep, now } = this.#options;
    const { waiting, going } = divide(edit, objection, { foreign, document });
    const [same] = waiting;
    if (waiting.length === 1 && same === edit.operation) {
      this.#hold(edit, objection);
      void keep({ put: [rowOf(edit)] });
      return;
    }
    const parts = waiting.map(
      (operation): PendingEdit => ({ ...edit, clientOpId: newId(), operation, state: "held" }),
    );
    if (going) {
      const rest = { clientOpId: newId(), operation: going, base: seen, sent: false };
      parts.unshift({ ...edit, ...rest, state: "unsent", fixed: true, dueMs: now() });
    }
    document.hide([edit.clientOpId]);
    this.pending.remove([edit]);
    for (const part of parts) {
      this.pending.add(part);
      document.show(part.clientOpId, part.operation);
    }
    this.#restack(edit);
    if (parts.length === 0) fates.dropped([edit.clientOpId]);
    else fates.remade(edit.clientOpId, parts);
    for (const part of parts) if (part.state === "held") this.#hold(part, objection);
    // Together, so that a crash in between loses nothing.
    void keep({ put: parts.map(rowOf), remove: [edit.clientOpId] });
  }

  /** What was done after an edit is shown over it. */
  #restack(edit: PendingEdit): void {
    const { document } = this.#options;
    const near = this.pending.overlapping(touchingOf(edit.operation));
    const later = near.filter(({ order }) => order > edit.order);
    document.hide(later.map(({ clientOpId }) => clientOpId));
    for (const { clientOpId, operation } of later) document.show(clientOpId, operation);
  }

  #hold(edit: PendingEdit, objection: Objection): void {
    edit.fixed = true;
    this.#questions.ask(conflictFrom(objection, edit, this.#options.document));
    for (const later of this.pending.overlapping(this.pending.touchingOf(edit))) {
      if (later.order > edit.order && later.state === "unsent") this.#join(later, edit);
    }
  }

  /** An edit that builds on one in question waits with it. */
  #join(edit: PendingEdit, held: PendingEdit): void {
    const open = this.#questions.about(held.clientOpId);
    if (!open || !overlaps(this.pending.touchingOf(edit), this.pending.touchingOf(held))) return;
    Object.assign(edit, { state: "held", fixed: true });
    this.#questions.append(open, edit.clientOpId);
    void this.#options.keep({ put: [rowOf(edit)] });
  }

  #drop(edits: readonly PendingEdit[]): void {
    const ids = edits.map(({ clientOpId }) => clientOpId);
    this.pending.remove(edits);
    this.#options.document.hide(ids);
    void this.#options.keep({ remove: ids });
    this.#options.fates.dropped(ids);
  }

  #remake(edit: PendingEdit, conflict: OpenConflict, base: number): void {
    const { document, keep, fates, now } = this.#options;
    const operation = conflict.kind === "refused" ? edit.operation : mended(edit, document);
    if (!operation) {
      this.#drop([edit]);
      return;
    }
    const row = { ...edit, clientOpId: newId(), operation, base, fixed: false };
    const plan = document.plan(operation);
    fates.remade(edit.clientOpId, [{ ...row, ...(plan.ok && { inverse: plan.inverse }) }]);
    document.show(row.clientOpId, operation);
    // In its old place: what was done after it stands on it.
    this.pending.add({ ...row, state: "unsent", sent: false, dueMs: now() });
    this.#restack(row);
    // Together, so that a crash in between loses nothing.
    void keep({ put: [rowOf(row)], remove: [edit.clientOpId] });
  }

  /** A question to which both sides have the same answer by now is over. */
  #reviewConflicts(): void {
    const { document } = this.#options;
    const agreed = this.#questions.review(document, this.#stale, ({ clientOpIds }) =>
      clientOpIds.flatMap((id) => this.pending.get(id)?.operation ?? []),
    );
    for (const id of agreed) this.resolve(id, "theirs", document.revision);
  }
}
