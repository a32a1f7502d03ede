import { newId } from "@/lib/ids";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation, type EditOperation, touches } from "@/lib/subtitles/operations";
import type { EditResult, EditTrackInput, TrackView } from "@/lib/tracks/schema";
import { ApiError } from "../api";

/** Something that was done here and can be taken back. */
export interface RepairStep {
  operation: EditOperation;
  inverse: EditOperation;
  /** How many places it repairs. */
  count: number;
}

export interface RepairState {
  cues: readonly Cue[];
  /** The newest revision that `cues` include, beside what is on its way. */
  revision: number;
  undo: readonly RepairStep[];
  redo: readonly RepairStep[];
  /** `waiting`: a failure that may pass, tried again by itself. `stopped`: one that won't. */
  status: "idle" | "sending" | "waiting" | "stopped";
  /** Operations that the server hasn't confirmed. */
  unsent: number;
  error: ApiError | null;
  /** Grows whenever repairs were dropped because somebody else had changed the same cues. */
  clashes: number;
}

interface RepairSessionOptions {
  trackId: string;
  track: Pick<TrackView, "cues" | "revision">;
  send: (input: EditTrackInput) => Promise<EditResult>;
  /** Reads the track anew. */
  load: () => Promise<Pick<TrackView, "cues" | "revision">>;
}

interface Pending {
  clientOpId: string;
  operation: EditOperation;
  tries: number;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/**
 * Repairs of a track on their way: shown at once, sent one by one, taken back by their inverse. An
 * undo never takes back what somebody else has written since: such a step leaves the list.
 */
export class RepairSession {
  readonly #options: RepairSessionOptions;
  readonly #listeners = new Set<() => void>();
  #pending: Pending[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: RepairState;

  constructor(options: RepairSessionOptions) {
    this.#options = options;
    const { cues, revision } = options.track;
    this.#state = {
      cues,
      revision,
      undo: [],
      redo: [],
      status: "idle",
      unsent: 0,
      error: null,
      clashes: 0,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): RepairState => this.#state;

  /** Does it, here at once and then on the server; false when its cues aren't there any more. */
  readonly apply = (operation: EditOperation, count = 1): boolean => {
    const inverse = this.#do(operation);
    if (!inverse) return false;
    this.#update({ undo: [...this.#state.undo, { operation, inverse, count }], redo: [] });
    this.#pump();
    return true;
  };

  /** Takes back the newest step; answers it, or undefined when there is none. */
  readonly undo = (): RepairStep | undefined => {
    const step = this.#state.undo.at(-1);
    if (!step || !this.#do(step.inverse)) return undefined;
    this.#update({ undo: this.#state.undo.slice(0, -1), redo: [...this.#state.redo, step] });
    this.#pump();
    return step;
  };

  /** Does again what was taken back last. */
  readonly redo = (): RepairStep | undefined => {
    const step = this.#state.redo.at(-1);
    if (!step || !this.#do(step.operation)) return undefined;
    this.#update({ redo: this.#state.redo.slice(0, -1), undo: [...this.#state.undo, step] });
    this.#pump();
    return step;
  };

  /** Tries again now. */
  readonly retry = (): void => {
    if (this.#state.status !== "waiting" && this.#state.status !== "stopped") return;
    clearTimeout(this.#timer);
    this.#update({ status: "idle", error: null });
    this.#pump();
  };

  /** Gives up what the server won't take and shows what it has. */
  readonly discard = (): void => {
    if (this.#state.status !== "stopped") return;
    this.#pending = [];
    this.#update({ status: "idle", error: null });
    void this.#reload();
  };

  /** The track was read again. Ignored while something is on its way: an answer brings the rest. */
  adopt(track: Pick<TrackView, "cues" | "revision">): void {
    if (this.#pending.length > 0 || track.revision <= this.#state.revision) return;
    this.#take(track);
  }

  #update(change: Partial<RepairState>): void {
    this.#state = { ...this.#state, ...change, unsent: this.#pending.length };
    for (const listener of [...this.#listeners]) listener();
  }

  #do(operation: EditOperation): EditOperation | undefined {
    const applied = applyOperation(this.#state.cues, operation);
    if (!applied.ok) return undefined;
    this.#pending.push({ clientOpId: newId(), operation, tries: 0 });
    this.#state = { ...this.#state, cues: applied.cues };
    return applied.inverse;
  }

  #pump(): void {
    const next = this.#pending[0];
    if (!next || this.#state.status !== "idle") return;
    this.#update({ status: "sending" });
    void this.#send(next);
  }

  async #send(next: Pending): Promise<void> {
    next.tries += 1;
    try {
      const result = await this.#options.send({
        clientOpId: next.clientOpId,
        baseRevision: this.#state.revision,
        operation: next.operation,
      });
      await this.#confirmed(next, result);
    } catch (error) {
      await this.#failed(next, error instanceof ApiError ? error : new ApiError("internal"));
    }
    this.#pump();
  }

  async #confirmed(sent: Pending, { revision, missed }: EditResult): Promise<void> {
    this.#pending = this.#pending.filter((pending) => pending !== sent);
    const fresh = missed.filter((other) => other.revision > this.#state.revision);
    // Sent twice, its own edit is among what was missed: only the whole track tells which it is.
    if (fresh.length > 0 && sent.tries > 1) return this.#reload("idle");
    let { cues } = this.#state;
    const changed = new Set<string>();
    for (const { operation } of fresh) {
      const applied = applyOperation(cues, operation);
      if (!applied.ok || operation.kind === "replace") return this.#reload("idle");
      cues = applied.cues;
      for (const cueId of cueIdsOf(operation)) changed.add(cueId);
    }
    this.#update({ status: "idle", error: null, revision, cues, ...this.#without(changed) });
  }

  async #failed(failed: Pending, error: ApiError): Promise<void> {
    if (error.code === "edit_conflict" || error.code === "gone") {
      this.#pending = [];
      this.#update({ clashes: this.#state.clashes + 1 });
      return this.#reload("idle");
    }
    if (!error.retryable) return this.#update({ status: "stopped", error });
    const backOffMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failed.tries - 1));
    const waitMs = Math.max(backOffMs, error.retryAfterMs ?? 0);
    this.#timer = setTimeout(this.retry, waitMs);
    this.#update({ status: "waiting", error });
  }

  /** What the server has, with what is still on its way on top. */
  async #reload(status: RepairState["status"] = this.#state.status): Promise<void> {
    try {
      this.#take(await this.#options.load());
      this.#update({ status, error: null });
    } catch (error) {
      const failure = error instanceof ApiError ? error : new ApiError("internal");
      this.#update({ status: "stopped", error: failure });
    }
  }

  #take({ cues: read, revision }: Pick<TrackView, "cues" | "revision">): void {
    let cues = read;
    const kept: Pending[] = [];
    for (const pending of this.#pending) {
      const applied = applyOperation(cues, pending.operation);
      if (!applied.ok) continue;
      kept.push(pending);
      cues = applied.cues;
    }
    const clashes = this.#state.clashes + (kept.length < this.#pending.length ? 1 : 0);
    this.#pending = kept;
    const changed = changedIds(this.#state.cues, cues);
    this.#update({ cues, revision, clashes, ...this.#without(changed) });
  }

  /** The steps that touch none of the cues, down to the first that does: order matters to them. */
  #without(changed: ReadonlySet<string>): Pick<RepairState, "undo" | "redo"> {
    const untouched = (steps: readonly RepairStep[]) => {
      const clash = steps.findLastIndex(({ operation }) =>
        cueIdsOf(operation).some((cueId) => changed.has(cueId)),
      );
      return clash < 0 ? steps : steps.slice(clash + 1);
    };
    return { undo: untouched(this.#state.undo), redo: untouched(this.#state.redo) };
  }
}

const cueIdsOf = (operation: EditOperation): string[] =>
  touches(operation).map(({ cueId }) => cueId);

/** Ids of the cues that came, went or differ. */
function changedIds(before: readonly Cue[], after: readonly Cue[]): Set<string> {
  const left = new Map(before.map((cue) => [cue.id, cue]));
  const changed = new Set<string>();
  for (const cue of after) {
    const old = left.get(cue.id);
    left.delete(cue.id);
    if (old !== cue && JSON.stringify(old) !== JSON.stringify(cue)) changed.add(cue.id);
  }
  for (const id of left.keys()) changed.add(id);
  return changed;
}
