import { type CueIndex, cueIndex } from "@/lib/subtitles/active-cues";
import type { Cue } from "@/lib/subtitles/model";
import { applyOperation, inTrackOrder, type SubtitleOperation } from "@/lib/subtitles/operations";
import type { TrackView } from "@/lib/tracks/schema";

type Listener = () => void;

/**
 * The cues on the screen: what the server last said, with the person's unconfirmed texts on top,
 * and on top of those what is being written.
 * A change tells only the listeners of its cue, so that typing costs the same in a list of twenty
 * thousand as in a list of ten.
 */
export class TrackDocument {
  #ids: readonly string[] = [];
  #server = new Map<string, Cue>();
  #shown = new Map<string, Cue>();
  readonly #drafts = new Map<string, string>();
  #typed: { cueId: string; text: string } | undefined;
  #index: CueIndex = cueIndex([]);
  readonly #listListeners = new Set<Listener>();
  readonly #cueListeners = new Map<string, Set<Listener>>();
  readonly #textListeners = new Set<Listener>();

  constructor(cues: readonly Cue[]) {
    this.#take(cues);
  }

  /** In the order of the track; the same array until cues come or go. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The same object until the cue changes. */
  cue(cueId: string): Cue | undefined {
    return this.#shown.get(cueId);
  }

  /** The cues on the picture at a time, with their present texts. */
  activeAt(ms: number): Cue[] {
    return this.#index.activeAt(ms).map((cue) => this.#shown.get(cue.id) ?? cue);
  }

  /** Replaces what the server said; unconfirmed texts stay on top. Tells only what changed. */
  adopt(track: Pick<TrackView, "cues">): void {
    const ids = this.#ids;
    const shown = this.#shown;
    this.#take(track.cues);
    const changed = [...this.#cueListeners].filter(([id]) => shown.get(id) !== this.#shown.get(id));
    for (const [, listeners] of changed) tell(listeners);
    if (ids !== this.#ids) tell(this.#listListeners);
    tell(this.#textListeners);
  }

  /** The server's text of one cue; a cue that isn't there is left alone. */
  setServerText(cueId: string, text: string): void {
    const cue = this.#server.get(cueId);
    if (!cue || cue.text === text) return;
    this.#server.set(cueId, { ...cue, text });
    this.#show(cueId);
  }

  /**
   * Something that somebody else did. False when it can't be told from here what the track is like
   * now: it has to be read anew.
   */
  applyServer(operation: SubtitleOperation): boolean {
    if (operation.kind === "setText") {
      this.setServerText(operation.cueId, operation.text);
      return this.#server.has(operation.cueId);
    }
    const applied = applyOperation(inTrackOrder([...this.#server.values()]), operation);
    if (applied.ok) this.adopt({ cues: applied.cues });
    return applied.ok;
  }

  /** The person's own text, shown instead of the server's until `undefined` takes it away. */
  setDraft(cueId: string, text: string | undefined): void {
    if (text === undefined) this.#drafts.delete(cueId);
    else this.#drafts.set(cueId, text);
    this.#show(cueId);
  }

  /** What is being written at this moment, so that the picture shows it; `undefined` ends it. */
  setTyped(cueId: string, text: string | undefined): void {
    this.#typed = text === undefined ? undefined : { cueId, text };
    this.#show(cueId);
  }

  /** Cues came, went or moved. */
  readonly subscribeList = (listener: Listener): (() => void) => {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  };

  /** Any text changed. */
  readonly subscribeTexts = (listener: Listener): (() => void) => {
    this.#textListeners.add(listener);
    return () => this.#textListeners.delete(listener);
  };

  /** One cue changed. */
  subscribeCue(cueId: string, listener: Listener): () => void {
    const listeners = this.#cueListeners.get(cueId) ?? new Set();
    listeners.add(listener);
    this.#cueListeners.set(cueId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#cueListeners.delete(cueId);
    };
  }

  #take(cues: readonly Cue[]): void {
    const before = this.#shown;
    const sorted = inTrackOrder(cues);
    const ids = sorted.map((cue) => cue.id);
    const same = ids.length === this.#ids.length && ids.every((id, i) => id === this.#ids[i]);
    if (!same) this.#ids = ids;
    this.#server = new Map(sorted.map((cue) => [cue.id, cue]));
    this.#shown = new Map(
      sorted.map((cue) => {
        const next = this.#withDraft(cue);
        const old = before.get(cue.id);
        return [cue.id, old && looksLike(old, next) ? old : next];
      }),
    );
    this.#index = cueIndex(sorted);
  }

  #withDraft(cue: Cue): Cue {
    const typed = this.#typed?.cueId === cue.id ? this.#typed.text : undefined;
    const draft = typed ?? this.#drafts.get(cue.id);
    return draft === undefined || draft === cue.text ? cue : { ...cue, text: draft };
  }

  #show(cueId: string): void {
    const cue = this.#server.get(cueId);
    if (!cue) return;
    const next = this.#withDraft(cue);
    if (next.text === this.#shown.get(cueId)?.text) return;
    this.#shown.set(cueId, next);
    tell(this.#cueListeners.get(cueId));
    tell(this.#textListeners);
  }
}

/** A copy, as a listener may leave while it is told. */
function tell(listeners: ReadonlySet<Listener> = new Set()): void {
  for (const listener of [...listeners]) listener();
}

function looksLike(a: Cue, b: Cue): boolean {
  const sameTimes = a.startMs === b.startMs && a.endMs === b.endMs;
  return sameTimes && a.text === b.text && a.speaker === b.speaker;
}
