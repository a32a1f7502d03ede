import { type TrackChange, trackChanges } from "./sync-schema";

/** What a follower of a track is to look at, gathered from notifications since the last look. */
export class TrackHints {
  readonly #trackId: string;
  #edits = true;
  #presence = true;
  #access = false;
  #changed = new Set<TrackChange>();

  constructor(trackId: string) {
    this.#trackId = trackId;
  }

  /** Takes in a notification, "" where some may have been lost. Answers whether it is about this. */
  take(payload: string): boolean {
    if (payload === "") {
      this.lookAtAll();
      this.#changed = new Set<TrackChange>(trackChanges);
      return true;
    }
    const [trackId, kind, what] = payload.split(" ");
    if (trackId !== this.#trackId) return false;
    if (kind === "edits") this.#edits = true;
    if (kind === "presence") this.#presence = true;
    const change = kind === "changed" && trackChanges.find((each) => each === what);
    if (change) this.#changed.add(change);
    if (change === "access") this.#access = true;
    return true;
  }

  /** Nobody has said anything for a while. */
  lookAtAll(): void {
    this.#edits = true;
    this.#presence = true;
    this.#access = true;
  }

  /** What there is to look at; nothing is left of it afterwards. */
  drain(): {
    looksAt: { edits: boolean; presence: boolean; access: boolean };
    changed: TrackChange[];
  } {
    const drained = {
      looksAt: { edits: this.#edits, presence: this.#presence, access: this.#access },
      changed: [...this.#changed],
    };
    this.#edits = false;
    this.#presence = false;
    this.#access = false;
    this.#changed.clear();
    return drained;
  }
}
