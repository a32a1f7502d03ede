import { newId } from "@/lib/ids";
import type { EditResult, EditTrackInput } from "@/lib/tracks/schema";
import { ApiError } from "../api";
import type { EditStore, StoredEdit } from "./edit-store";
import type { TrackDocument } from "./track-document";

/** A cue that somebody else changed meanwhile: the person chooses. */
export interface OpenConflict {
  cueId: string;
  yours: string;
  theirs: string;
  /** The revision that holds `theirs`. */
  revision: number;
}

export interface QueueState {
  /** `waiting`: a failure that may pass, tried again at `retryAtMs`. `stopped`: one that won't. */
  status: "idle" | "sending" | "waiting" | "stopped";
  /** Edits that the server hasn't confirmed, those in conflict included. */
  unsent: number;
  retryAtMs: number | null;
  error: ApiError | null;
  /** The cue of the edit that `error` is about. */
  failedCueId: string | null;
  conflicts: readonly OpenConflict[];
  /** False when this browser lets nothing be stored: closing the tab would lose unsent edits. */
  durable: boolean;
}

interface EditQueueOptions {
  trackId: string;
  revision: number;
  document: TrackDocument;
  store: EditStore;
  send: (input: EditTrackInput) => Promise<EditResult>;
  /**
   * Has the track read anew and given to `adopt`: somebody replaced it as a whole, or did what
   * can't be followed from here.
   */
  reload?: () => void;
  now?: () => number;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/**
 * Sends edits one by one in the order of typing, and forgets one only when the server has it.
 * Sending twice is harmless (`clientOpId`), so every doubt is settled by sending again.
 */
export class EditQueue {
  readonly #options: EditQueueOptions;
  readonly #listeners = new Set<() => void>();
  #queue: StoredEdit[] = [];
  /** Edits of cues in conflict, kept stored until the person has chosen. */
  readonly #held = new Map<string, StoredEdit[]>();
  /** The newest revision per cue that the person knows of, through own edits or a choice made. */
  readonly #known = new Map<string, number>();
  #revision: number;
  /** What is on the screen can't be brought up to date by edits alone. */
  #stale = false;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: QueueState = {
    status: "idle",
    unsent: 0,
    retryAtMs: null,
    error: null,
    failedCueId: null,
    conflicts: [],
    durable: true,
  };

  constructor(options: EditQueueOptions) {
    this.#options = options;
    this.#revision = options.revision;
  }

  /** The newest revision that is wholly on the screen: the base of an edit begun now. */
  get revision(): number {
    return this.#revision;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): QueueState => this.#state;

  /** Takes up what an earlier visit left unsent. */
  async load(): Promise<void> {
    try {
      const left = await this.#options.store.list(this.#options.trackId);
      const known = new Set(this.#queue.map((edit) => edit.clientOpId));
      this.#queue = [...left.filter((edit) => !known.has(edit.clientOpId)), ...this.#queue];
      for (const edit of this.#queue) this.#options.document.setDraft(edit.cueId, edit.text);
      this.#update({});
      this.#pump();
    } catch {
      this.#update({ durable: false });
    }
  }

  /** Shows the new text at once, stores it, and sends it when its turn comes. */
  async add(edit: { cueId: string; text: string; baseRevision: number }): Promise<void> {
    const { document, store, trackId } = this.#options;
    const stored: StoredEdit = { clientOpId: newId(), trackId, ...edit };
    document.setDraft(edit.cueId, edit.text);
    const held = this.#held.get(edit.cueId);
    if (held) {
      held.push(stored);
      const conflicts = this.#state.conflicts.map((conflict) =>
        conflict.cueId === edit.cueId ? { ...conflict, yours: edit.text } : conflict,
      );
      this.#update({ conflicts });
    } else {
      this.#queue.push(stored);
      this.#update({});
    }
    await store.put(stored).catch(() => this.#update({ durable: false }));
    this.#pump();
  }

  /** Tries again now, e.g. because the network is back or the person asks. */
  readonly retry = (): void => {
    if (this.#state.status !== "waiting" && this.#state.status !== "stopped") return;
    clearTimeout(this.#timer);
    this.#attempts = 0;
    this.#update({ status: "idle", retryAtMs: null, error: null, failedCueId: null });
    this.#pump();
  };

  /** Gives up the edits of the cue that `error` is about and shows the server's text again. */
  readonly discardFailed = (): void => {
    const cueId = this.#state.failedCueId;
    if (this.#state.status !== "stopped" || cueId === null) return;
    const given = this.#queue.filter((edit) => edit.cueId === cueId);
    this.#queue = this.#queue.filter((edit) => edit.cueId !== cueId);
    this.#forget(given);
    this.#options.document.setDraft(cueId, undefined);
    // What was given up may have been of a track that is another by now.
    this.#stale = true;
    this.retry();
    this.#refresh();
  };

  /** Ends a conflict: `mine` writes over theirs, `theirs` drops the person's own text. */
  async resolve(cueId: string, keep: "mine" | "theirs"): Promise<void> {
    const conflict = this.#state.conflicts.find((open) => open.cueId === cueId);
    if (!conflict) return;
    const held = this.#held.get(cueId) ?? [];
    this.#held.delete(cueId);
    this.#known.set(cueId, conflict.revision);
    this.#options.document.setServerText(cueId, conflict.theirs);
    this.#update({ conflicts: this.#state.conflicts.filter((open) => open !== conflict) });
    if (keep === "mine") {
      // Stored anew before the old ones go, so that a crash in between loses nothing.
      await this.add({ cueId, text: conflict.yours, baseRevision: conflict.revision });
    } else {
      this.#options.document.setDraft(cueId, undefined);
    }
    this.#forget(held);
    this.#refresh();
  }

  /** The track was read again. Refused (false) while edits are under way: they would be mixed up. */
  adopt(track: { revision: number; cues: Parameters<TrackDocument["adopt"]>[0]["cues"] }): boolean {
    if (this.#queue.length > 0 || this.#held.size > 0) return false;
    if (track.revision < this.#revision) return false;
    this.#revision = track.revision;
    this.#stale = false;
    this.#options.document.adopt(track);
    return true;
  }

  #update(change: Partial<QueueState>): void {
    const held = [...this.#held.values()].reduce((sum, edits) => sum + edits.length, 0);
    this.#state = { ...this.#state, ...change, unsent: this.#queue.length + held };
    for (const listener of [...this.#listeners]) listener();
  }

  #forget(edits: readonly StoredEdit[]): void {
    const ids = edits.map((edit) => edit.clientOpId);
    if (ids.length > 0)
      this.#options.store.remove(ids).catch(() => this.#update({ durable: false }));
  }

  #pump(): void {
    const next = this.#queue[0];
    if (!next || this.#state.status !== "idle") return;
    this.#update({ status: "sending" });
    void this.#send(next);
  }

  async #send(edit: StoredEdit): Promise<void> {
    try {
      const result = await this.#options.send({
        clientOpId: edit.clientOpId,
        baseRevision: Math.max(edit.baseRevision, this.#known.get(edit.cueId) ?? 0),
        operation: { kind: "setText", cueId: edit.cueId, text: edit.text },
      });
      this.#confirmed(edit, result);
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError("internal");
      const conflict = failure.code === "edit_conflict" ? conflictOf(failure) : undefined;
      if (conflict) this.#conflicted(conflict);
      else if (failure.retryable) this.#later(failure, edit);
      else this.#update({ status: "stopped", error: failure, failedCueId: edit.cueId });
    }
    this.#pump();
  }

  #confirmed(edit: StoredEdit, { revision, missed }: EditResult): void {
    const { document, store } = this.#options;
    const fresh = missed.filter((other) => other.revision > this.#revision);
    for (const { operation } of fresh) {
      if (!this.#stale && !document.applyServer(operation)) this.#stale = true;
    }
    // When the server had this edit already, it is among what was missed, in its place.
    const repeated = missed.at(-1)?.revision === revision;
    if (!repeated) document.setServerText(edit.cueId, edit.text);
    // The base of an edit begun now stays what the person can see.
    if (!this.#stale) this.#revision = Math.max(this.#revision, revision);
    this.#known.set(edit.cueId, revision);
    this.#queue = this.#queue.filter((queued) => queued !== edit);
    const later = this.#queue.filter((queued) => queued.cueId === edit.cueId);
    if (later.length === 0) document.setDraft(edit.cueId, undefined);
    // What was typed on top of this edit is no conflict with it, also after a reload.
    for (const queued of later) {
      queued.baseRevision = Math.max(queued.baseRevision, revision);
      store.put(queued).catch(() => this.#update({ durable: false }));
    }
    this.#forget([edit]);
    this.#attempts = 0;
    this.#update({ status: "idle", error: null, failedCueId: null });
    this.#refresh();
  }

  /** A track that can't be followed is read anew as soon as nothing of its own is under way. */
  #refresh(): void {
    if (this.#stale && this.#queue.length === 0 && this.#held.size === 0) this.#options.reload?.();
  }

  #conflicted({ cueId, theirs, revision }: TextConflict): void {
    const held = this.#queue.filter((queued) => queued.cueId === cueId);
    const yours = held.at(-1)?.text ?? theirs;
    this.#queue = this.#queue.filter((queued) => queued.cueId !== cueId);
    this.#held.set(cueId, held);
    const conflicts = [...this.#state.conflicts, { cueId, yours, theirs, revision }];
    this.#update({ status: "idle", error: null, failedCueId: null, conflicts });
    // Both wrote the same: nothing to ask.
    if (yours === theirs) void this.resolve(cueId, "theirs");
  }

  #later(error: ApiError, edit: StoredEdit): void {
    const backOffMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#attempts);
    const waitMs = Math.max(backOffMs, error.retryAfterMs ?? 0);
    this.#attempts += 1;
    this.#timer = setTimeout(() => {
      this.#update({ status: "idle", retryAtMs: null });
      this.#pump();
    }, waitMs);
    const retryAtMs = (this.#options.now ?? Date.now)() + waitMs;
    this.#update({ status: "waiting", error, failedCueId: edit.cueId, retryAtMs });
  }
}

/** A conflict about a text, the only kind that this queue can have. */
interface TextConflict {
  revision: number;
  cueId: string;
  yours: string;
  theirs: string;
}

function conflictOf(error: ApiError): TextConflict | undefined {
  const data = error.data;
  if (typeof data !== "object" || data === null) return undefined;
  const { revision, cueId, yours, theirs } = data as Record<string, unknown>;
  const complete =
    typeof revision === "number" &&
    typeof cueId === "string" &&
    typeof yours === "string" &&
    typeof theirs === "string";
  return complete ? { revision, cueId, yours, theirs } : undefined;
}
