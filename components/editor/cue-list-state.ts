/** Which cue has the focus of the list, and whether its text is open. */
export interface CueListState {
  selectedId: string | null;
  editing: boolean;
  /** Changes to another number above 0 when the selected row must take the focus. */
  focusRequest: number;
}

export type CueListAction =
  /** `focus`: by key, so the row takes the focus; a click has it already. */
  | { kind: "select"; cueId: string; focus: boolean }
  | { kind: "edit"; cueId: string }
  | { kind: "close"; focus: boolean };

export const initialCueListState: CueListState = {
  selectedId: null,
  editing: false,
  focusRequest: 0,
};

/** The list as it opens, with a cue chosen where the address asks for one. */
export const listStateAt = (cueId: string | null): CueListState => ({
  ...initialCueListState,
  selectedId: cueId,
});

export function cueListReducer(state: CueListState, action: CueListAction): CueListState {
  const focusRequest = state.focusRequest + 1;
  switch (action.kind) {
    case "select":
      return {
        selectedId: action.cueId,
        editing: false,
        focusRequest: action.focus ? focusRequest : 0,
      };
    case "edit":
      return { selectedId: action.cueId, editing: true, focusRequest };
    case "close":
      return {
        ...state,
        editing: false,
        focusRequest: action.focus ? focusRequest : 0,
      };
  }
}

/** The place to go to from `index` by a key of the list; undefined when the key does nothing. */
export function nextIndex(key: string, index: number, count: number): number | undefined {
  const last = count - 1;
  const wanted: Record<string, number> = {
    ArrowUp: Math.max(0, index - 1),
    ArrowDown: Math.min(last, index + 1),
    PageUp: Math.max(0, index - 10),
    PageDown: Math.min(last, index + 10),
    Home: 0,
    End: last,
  };
  const next = wanted[key];
  return next === undefined || count === 0 ? undefined : next;
}

/** The part of a key press that decides whether a text is finished. */
interface EnterPress {
  key: string;
  shiftKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/**
 * Whether Enter finishes the text. While an input method composes, Enter belongs to it; Safari
 * ends the composition first and tells by the key code 229 alone.
 */
export function finishesText({ key, shiftKey, isComposing, keyCode }: EnterPress): boolean {
  return key === "Enter" && !shiftKey && !isComposing && keyCode !== 229;
}

/** Texts as they are stored: composed Hangul, plain line ends, no blank lines at either end. */
export function tidyText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/^\n+|\n+$/g, "");
}
