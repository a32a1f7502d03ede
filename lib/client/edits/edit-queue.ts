import { newId } from "@/lib/ids";
import type { TrackContent } from "@/lib/subtitles/model";
import type { EditOperation } from "@/lib/subtitles/operations";
import type { LoggedEdit, SendEditsInput, SendEditsResult } from "@/lib/tracks/sync-schema";
import { ApiError } from "../api";
import { nextBatch, sentEdit } from "./batches";
import type { Objection } from "./conflicts";
import type { EditFates } from "./edit-fates";
import { type Outbox, type OutboxChange, type OutboxEdit, rowOf } from "./outbox";
import type { PendingEdit } from "./pending-edits";
import { idle, inTime, type QueueState, stops } from "./queue-state";
import { Settlement } from "./settlement";
import type { Tabs } from "./tabs";
import type { TrackDocument } from "./track-document";

export type { OpenConflict } from "./conflicts";
export type { QueueState } from "./queue-state";

interface EditQueueOptions {
  trackId: string;
  document: TrackDocument;
  outbox: Outbox;
  tabs: Tabs;
  /** `leaving`: the page may be gone before the answer. */
  send: (input: SendEditsInput, options: { leaving: boolean }) => Promise<SendEditsResult>;
  /** Has the track read anew and given to `adopt`: it can't be followed from here. */
  reload?: () => void;
  /** Whose edits these are, as far as it is known. */
  actorId?: () => string | null;
  /** Whose edits are this one's as well: visitors whom the account has taken over. */
  actorWas?: readonly string[];
  fates?: EditFates;
  now?: () => number;
  random?: () => number;
}

/** An edit to be made. */
export interface NewEdit {
  operation: EditOperation;
  groupId: string;
  undoes?: string | undefined;
  carry?: boolean | undefined;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
/** A text is sent when its writer has rested so long, or has written so long without a rest. */
const restMs = 800;
const longestRestMs = 2_000;
/** An edit is sent though this machine hasn't said by then that it keeps it. */
const keepWaitMs = 2_000;

const noFates: EditFates = { dropped: () => {}, remade: () => {}, replaced: () => {} };

/**
 * Sends edits in the order in which they were made, and forgets one only when the server has it.
 * Sending twice is harmless (`clientOpId`), so every doubt is settled by sending again.
 */
export class EditQueue {
  readonly #options: EditQueueOptions;
  readonly #settlement: Settlement;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  #attempts = 0;
  /** So many edits are sent one by one, to find the one that is refused. */
  #singly = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: QueueState = idle;

  constructor(options: EditQueueOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#settlement = new Settlement({
      trackId: options.trackId,
      document: options.document,
      fates: options.fates ?? noFates,
      keep: (change) => this.#keep(change),
      now: this.#now,
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): QueueState => this.#state;

  /** Takes up what earlier visits, crashed ones too, left unsent. Each edit goes to one tab. */
  readonly load = async (): Promise<void> => {
    const { outbox, tabs, trackId } = this.#options;
    try {
      await tabs.alone(`outbox.${trackId}`, async () => {
        const left = (await outbox.list(trackId)).filter((row) => this.#isMine(row));
        for (const owner of new Set(left.map((row) => row.owner))) {
          if (owner === tabs.id) continue;
          await tabs.ifGone(owner, async () => {
            const rows = left.filter((row) => row.owner === owner);
            await this.#takeOver(rows.map((row) => ({ ...row, owner: tabs.id })));
          });
        }
      });
    } catch {
      this.#update({ durable: false });
    }
  };

  /** Shows an edit at once, keeps it, and sends it when its turn comes. */
  add({ operation, groupId, undoes, carry }: NewEdit): string {
    const { document, tabs, trackId } = this.#options;
    const now = this.#now();
    const writing = operation.kind === "setText" && undoes === undefined;
    const last = writing ? this.#lastOf(operation) : undefined;
    if (last && last.groupId === groupId && last.operation.kind === "setText") {
      this.#settlement.extend(last, operation, Math.min(now + restMs, last.madeMs + longestRestMs));
      this.#changed();
      return last.clientOpId;
    }
    const edit = this.#settlement.enter(
      {
        ...{ clientOpId: newId(now), trackId, groupId, operation },
        ...(undoes !== undefined && { undoes }),
        ...(carry && { carry }),
        base: document.seenBy(operation),
        ...{ chain: tabs.id, owner: tabs.id, actorId: this.#options.actorId?.() ?? null },
      },
      writing ? now + restMs : now,
    );
    this.#changed();
    return edit.clientOpId;
  }

  /** Sends what there is without waiting for a rest. `leaving`: the page may be gone soon. */
  readonly flush = ({ leaving = false } = {}): void => {
    for (const edit of this.#settlement.pending.in("unsent")) edit.dueMs = 0;
    if (leaving && this.#state.status === "idle") void this.#send(true);
    else this.#schedule();
  };

  /** Tries again now, e.g. because the network is back or the person asks. */
  readonly retry = (): void => {
    if (this.#state.status === "idle" || this.#state.status === "sending") return;
    this.#attempts = 0;
    clearTimeout(this.#timer);
    this.#update({ status: "idle", retryAtMs: null, error: null });
    this.flush();
    this.#refresh();
  };

  /**
   * Ends a question: `mine` does the edit again on top of what there is now (a cue that is gone
   * comes back, what was refused is tried again), `theirs` gives it up.
   */
  readonly resolve = (id: string, keep: "mine" | "theirs"): void => {
    this.#settlement.resolve(id, keep, this.#options.document.revision);
    this.#changed();
    this.#refresh();
  };

  /** Takes in what the server's log tells. */
  readonly takeLog = (log: readonly LoggedEdit[]): void => {
    this.#settlement.takeLog(log);
    this.#changed();
    this.#refresh();
  };

  /** The track was read again; false when this tab knows better. */
  readonly adopt = (track: TrackContent & { revision: number }): boolean => {
    const taken = this.#settlement.adopt(track, track.revision);
    if (taken) this.#changed();
    return taken;
  };

  /** The track can't be reached any more for whoever uses this tab now: nothing is sent. */
  readonly lost = (error: ApiError): void => {
    const [now, status] = [this.#state.status, stops[error.code]];
    // Whoever isn't logged in needn't hear that for somebody else there is no such track.
    if (status && now !== "sending" && now !== "signed_out") this.#update({ status, error });
  };

  /** Who has changed a cue last, beside this tab; null: nobody since it was opened. */
  authorOf(cueId: string): string | null {
    return this.#settlement.authors.get(cueId) ?? null;
  }

  /** What the server hasn't got, e.g. for the person to save as a file. */
  readonly unsentEdits = (): OutboxEdit[] =>
    this.#settlement.pending.all.filter(({ state }) => state !== "stored").map(rowOf);

  #isMine(row: OutboxEdit): boolean {
    const actorId = this.#options.actorId?.() ?? null;
    const { actorWas = [] } = this.#options;
    return row.actorId === null || actorId === null || [actorId, ...actorWas].includes(row.actorId);
  }

  async #takeOver(left: OutboxEdit[]): Promise<void> {
    const rows = this.#settlement.order.lineUp(left);
    await this.#options.outbox.change({ put: rows });
    this.#settlement.restore(rows);
    this.#changed();
  }

  /** The newest edit of the same cue, if it may still become another. */
  #lastOf(operation: EditOperation & { kind: "setText" }): PendingEdit | undefined {
    const cue = new Map([[operation.cueId, new Set(["existence" as const])]]);
    const last = this.#settlement.pending.overlapping(cue).at(-1);
    return last?.state === "unsent" && !last.sent ? last : undefined;
  }

  #keep(change: OutboxChange): Promise<void> {
    return this.#options.outbox.change(change).catch(() => this.#update({ durable: false }));
  }

  #changed(): void {
    this.#update({});
    this.#schedule();
  }

  #update(change: Partial<QueueState>): void {
    const { pending, conflicts } = this.#settlement;
    const unsent = pending.all.length - pending.in("stored").length;
    const next = { ...this.#state, ...change, unsent, conflicts };
    const keys = Object.keys(next) as (keyof QueueState)[];
    if (keys.every((key) => next[key] === this.#state[key])) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }

  /** A track that can't be followed is read anew. */
  #refresh(): void {
    if (this.#settlement.stale) this.#options.reload?.();
  }

  #schedule(): void {
    // In other states the timer, if there is one, is that of the next try.
    if (this.#state.status !== "idle") return;
    clearTimeout(this.#timer);
    const unsent = this.#settlement.pending.in("unsent");
    if (unsent.length === 0) return;
    const waitMs = Math.min(...unsent.map(({ dueMs }) => dueMs)) - this.#now();
    this.#timer = setTimeout(() => void this.#send(false), Math.max(0, waitMs));
  }

  async #send(leaving: boolean): Promise<void> {
    const batch = nextBatch(this.#settlement.pending.in("unsent"), this.#singly > 0);
    const [first] = batch;
    if (!first || this.#state.status !== "idle") return;
    clearTimeout(this.#timer);
    for (const edit of batch) Object.assign(edit, { state: "sending", sent: true });
    this.#update({ status: "sending" });
    if (!leaving) await inTime(Promise.all(batch.map(({ kept }) => kept)), keepWaitMs);
    const actorId = this.#options.actorId?.() ?? undefined;
    const body = { baseRevision: first.base, actorId, edits: batch.map(sentEdit) };
    try {
      const result = await this.#options.send(body, { leaving });
      this.#attempts = 0;
      this.#singly = Math.max(0, this.#singly - batch.length);
      this.#settlement.answered(batch, result);
      this.#update({ status: "idle", error: null });
    } catch (error) {
      this.#settlement.release(batch);
      this.#failed(batch, error instanceof ApiError ? error : new ApiError("internal"));
    }
    this.#schedule();
    this.#refresh();
  }

  #failed(batch: readonly PendingEdit[], error: ApiError): void {
    const [first] = batch;
    const status = stops[error.code];
    if (error.retryable) {
      this.#later(error);
    } else if (status) {
      this.#update({ status, error });
    } else {
      // One of them is to blame; alone, it is found.
      if (batch.length > 1) this.#singly = batch.length;
      else if (first) this.#settlement.refuse(first, refusal(first, error));
      this.#update({ status: "idle" });
    }
  }

  #later(error: ApiError): void {
    const { random = Math.random } = this.#options;
    const backOffMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#attempts);
    // Not all tabs at once when a server comes back.
    const spreadMs = backOffMs * (0.75 + random() / 2);
    const waitMs = Math.max(spreadMs, error.retryAfterMs ?? 0);
    this.#attempts += 1;
    this.#timer = setTimeout(() => {
      this.#update({ status: "idle", retryAtMs: null });
      this.flush();
    }, waitMs);
    this.#update({ status: "waiting", error, retryAtMs: this.#now() + waitMs });
  }
}

function refusal({ clientOpId }: PendingEdit, { code }: ApiError): Objection {
  return { clientOpId, status: "refused", code: code === "network" ? "internal" : code };
}
