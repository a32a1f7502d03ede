import type { StyleOverrides, SubtitleStyle } from "@/lib/subtitles/style/types";

/** What somebody is trying out: shown on the picture, and no edit yet. */
export interface StyleDraft {
  change: StyleOverrides;
  /** The cues it is about; null: the whole track. */
  cueIds: ReadonlySet<string> | null;
}

/**
 * A look while a slider, a colour or a place is being dragged: the picture follows at once, and what
 * is sent, and undone, is one edit a gesture.
 */
class StyleDraftStore {
  readonly #listeners = new Set<() => void>();
  #draft: StyleDraft | null = null;

  readonly get = (): StyleDraft | null => this.#draft;

  readonly set = (draft: StyleDraft | null): void => {
    if (draft === this.#draft) return;
    this.#draft = draft;
    for (const listener of [...this.#listeners]) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const styleDraft = new StyleDraftStore();

/** How a cue would look of its own with the draft. */
export function draftedOverrides(
  own: StyleOverrides | undefined,
  cueId: string,
  draft: StyleDraft | null,
): StyleOverrides | undefined {
  return draft?.cueIds?.has(cueId) ? { ...own, ...draft.change } : own;
}

/** How the track would look with the draft. `base`: how it looks where it has no look of its own. */
export function draftedTrack(
  style: SubtitleStyle | null,
  draft: StyleDraft | null,
  base: SubtitleStyle,
): SubtitleStyle | null {
  return draft && draft.cueIds === null ? { ...(style ?? base), ...draft.change } : style;
}
