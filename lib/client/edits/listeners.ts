import type { CueChange } from "./ordered-cues";

export type Listener = () => void;

/** Who wants to know of a document's changes, by what they want to know. */
export class Listeners {
  readonly #list = new Set<Listener>();
  readonly #texts = new Set<Listener>();
  readonly #voices = new Set<Listener>();
  readonly #content = new Set<Listener>();
  readonly #cues = new Map<string, Set<Listener>>();

  list(listener: Listener): () => void {
    return joined(this.#list, listener);
  }

  texts(listener: Listener): () => void {
    return joined(this.#texts, listener);
  }

  voices(listener: Listener): () => void {
    return joined(this.#voices, listener);
  }

  content(listener: Listener): () => void {
    return joined(this.#content, listener);
  }

  cue(cueId: string, listener: Listener): () => void {
    const listeners = this.#cues.get(cueId) ?? new Set();
    this.#cues.set(cueId, listeners);
    const leave = joined(listeners, listener);
    return () => {
      leave();
      if (listeners.size === 0 && this.#cues.get(cueId) === listeners) this.#cues.delete(cueId);
    };
  }

  /** Tells each who listens to something that changed, once. */
  tell(changes: readonly CueChange[], reordered: boolean): void {
    for (const { before, after } of changes) {
      const listeners = this.#cues.get(after?.id ?? before?.id ?? "");
      if (listeners) tell(listeners);
    }
    if (reordered) tell(this.#list);
    if (changes.length > 0) tell(this.#texts);
    if (changes.some(isAboutVoices)) tell(this.#voices);
    tell(this.#content);
  }
}

/** Whether a change is one of who speaks when; typing is none. */
export function isAboutVoices({ before, after }: CueChange): boolean {
  return (
    before?.speaker !== after?.speaker ||
    before?.startMs !== after?.startMs ||
    before?.endMs !== after?.endMs
  );
}

function joined(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** A copy, as a listener may leave while it is told. */
function tell(listeners: ReadonlySet<Listener>): void {
  for (const listener of [...listeners]) listener();
}
