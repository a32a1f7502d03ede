import { type CueIndex, cueIndex } from "@/lib/subtitles/active-cues";
import type { Cue } from "@/lib/subtitles/model";
import type { TrackView } from "@/lib/tracks/schema";

type Listener = () => void;

/**
 * The cues on the screen: what the server last said, with the person's unconfirmed texts on top.
 * A change tells only the listeners of its cue, so that typing costs the same in a list of twenty
 * thousand as in a list of ten.
 */
export class TrackDocument {
  #ids: readonly string[] = [];
  #server = new Map<string, Cue>();
  #shown = new Map<string, Cue>();
  readonly #drafts = new Map<string, string>();
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

  /** Replaces what the server said; unconfirmed texts stay on top. */
  adopt(track: Pick<TrackView, "cues">): void {
    this.#take(track.cues);
    for (const listeners of [
      this.#listListeners,
      ...this.#cueListeners.values(),
      this.#textListeners,
    ]) {
      for (const listener of [...listeners]) listener();
    }
  }

  /** The server's text of one cue; a cue that isn't there is left alone. */
  setServerText(cueId: string, text: string): void {
    const cue = this.#server.get(cueId);
    if (!cue || cue.text === text) return;
    this.#server.set(cueId, { ...cue, text });
    this.#show(cueId);
  }

  /** The person's own text, shown instead of the server's until `undefined` takes it away. */
  setDraft(cueId: string, text: string | undefined): void {
    if (text === undefined) this.#drafts.delete(cueId);
    else this.#drafts.set(cueId, text);
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
    const sorted = [...cues].sort((a, b) => a.startMs - b.startMs);
    this.#ids = sorted.map((cue) => cue.id);
    this.#server = new Map(sorted.map((cue) => [cue.id, cue]));
    this.#shown = new Map(sorted.map((cue) => [cue.id, this.#withDraft(cue)]));
    this.#index = cueIndex(sorted);
  }

  #withDraft(cue: Cue): Cue {
    const draft = this.#drafts.get(cue.id);
    return draft === undefined || draft === cue.text ? cue : { ...cue, text: draft };
  }

  #show(cueId: string): void {
    const cue = this.#server.get(cueId);
    if (!cue) return;
    const next = this.#withDraft(cue);
    if (next.text === this.#shown.get(cueId)?.text) return;
    this.#shown.set(cueId, next);
    for (const listener of [...(this.#cueListeners.get(cueId) ?? [])]) listener();
    for (const listener of [...this.#textListeners]) listener();
  }
}
