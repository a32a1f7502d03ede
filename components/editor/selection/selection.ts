/** Which cues of the list are chosen, and whether one's text is open. */
export interface EditorSelection {
  /** The cue with the focus: what commands of one cue are about. */
  cueId: string | null;
  /** All that are chosen when it is more than one, `cueId` among them; else empty. */
  range: ReadonlySet<string>;
  /** The text of `cueId` is open. */
  editing: boolean;
  /** Where the range was begun: Shift reaches from here. */
  anchorId: string | null;
  /** Where the caret goes when a text opens; a number is a place in the text. */
  caret: "start" | "end" | number;
  /** Changes to another number above 0 when the selected row must take the focus. */
  focusRequest: number;
}

export type SelectionAction =
  /** `focus`: by key, so the row takes the focus; a click has it already. */
  | { kind: "select"; cueId: string | null; focus: boolean }
  /** Everything from where the range was begun. `ids`: all cues in the order of the track. */
  | { kind: "extend"; cueId: string; ids: readonly string[]; focus: boolean }
  /** One more, or one less. */
  | { kind: "toggle"; cueId: string }
  | { kind: "set"; cueIds: readonly string[]; focus: boolean }
  | { kind: "edit"; cueId: string; caret?: EditorSelection["caret"] }
  | { kind: "close"; focus: boolean }
  /**
   * Cues came or went: what isn't there is not chosen. `before`: all cues as they were; `focus`:
   * the focus is in the list, and goes on to the next row.
   */
  | { kind: "listChanged"; before: readonly string[]; ids: readonly string[]; focus: boolean };

const alone: ReadonlySet<string> = new Set();

export const noSelection: EditorSelection = {
  cueId: null,
  range: alone,
  editing: false,
  anchorId: null,
  caret: "end",
  focusRequest: 0,
};

/** The editor as it opens, with a cue chosen where somebody asks for one. */
export const selectionAt = (cueId: string | null): EditorSelection => ({
  ...noSelection,
  cueId,
  anchorId: cueId,
});

export function selectionReducer(state: EditorSelection, action: SelectionAction): EditorSelection {
  const focusRequest = state.focusRequest + 1;
  switch (action.kind) {
    case "select":
      return {
        ...selectionAt(action.cueId),
        focusRequest: action.focus ? focusRequest : 0,
      };
    case "extend":
      return extend(state, action, action.focus ? focusRequest : 0);
    case "toggle":
      return toggle(state, action.cueId);
    case "set":
      return setOf(state, action.cueIds, action.focus ? focusRequest : 0);
    case "edit":
      return {
        ...selectionAt(action.cueId),
        editing: true,
        caret: action.caret ?? "end",
        focusRequest,
      };
    case "close":
      if (!state.editing) return state;
      return { ...state, editing: false, focusRequest: action.focus ? focusRequest : 0 };
    case "listChanged":
      return withoutGone(state, action);
  }
}

function extend(
  state: EditorSelection,
  { cueId, ids }: { cueId: string; ids: readonly string[] },
  focusRequest: number,
): EditorSelection {
  const anchorId = state.anchorId ?? state.cueId ?? cueId;
  const from = ids.indexOf(anchorId);
  const to = ids.indexOf(cueId);
  if (from < 0 || to < 0) return selectionAt(cueId);
  const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  return {
    ...noSelection,
    cueId,
    anchorId,
    range: range.length > 1 ? new Set(range) : alone,
    focusRequest,
  };
}

function toggle(state: EditorSelection, cueId: string): EditorSelection {
  const range = new Set(state.range);
  if (state.cueId !== null) range.add(state.cueId);
  if (range.has(cueId) && range.size > 1) range.delete(cueId);
  else range.add(cueId);
  const focused = range.has(cueId) ? cueId : ([...range].at(-1) ?? null);
  return {
    ...noSelection,
    cueId: focused,
    anchorId: focused,
    range: range.size > 1 ? range : alone,
  };
}

function setOf(
  state: EditorSelection,
  cueIds: readonly string[],
  focusRequest: number,
): EditorSelection {
  const range = new Set(cueIds);
  const cueId = state.cueId !== null && range.has(state.cueId) ? state.cueId : (cueIds[0] ?? null);
  return {
    ...noSelection,
    cueId,
    anchorId: cueIds[0] ?? null,
    range: range.size > 1 ? range : alone,
    focusRequest,
  };
}

/** A cue that went leaves the choice to the one that stands in its place. */
function withoutGone(
  state: EditorSelection,
  { before, ids, focus }: { before: readonly string[]; ids: readonly string[]; focus: boolean },
): EditorSelection {
  const there = new Set(ids);
  const range = [...state.range].filter((id) => there.has(id));
  const gone = state.cueId !== null && !there.has(state.cueId);
  if (!gone && range.length === state.range.size) return state;
  const cueId = gone ? (range[0] ?? neighbour(state.cueId, before, ids)) : state.cueId;
  return {
    ...state,
    cueId,
    editing: gone ? false : state.editing,
    anchorId: state.anchorId !== null && there.has(state.anchorId) ? state.anchorId : cueId,
    range: range.length > 1 ? new Set(range) : alone,
    // The row that had the focus went away with it.
    focusRequest: gone && focus && cueId !== null ? state.focusRequest + 1 : state.focusRequest,
  };
}

function neighbour(
  cueId: string | null,
  before: readonly string[],
  ids: readonly string[],
): string | null {
  const there = new Set(ids);
  const at = cueId === null ? -1 : before.indexOf(cueId);
  if (at < 0) return null;
  const after = before.slice(at + 1).find((id) => there.has(id));
  return after ?? before.slice(0, at).findLast((id) => there.has(id)) ?? null;
}

/** What commands of a range are about, in the order of the track: the range, or the one cue. */
export function chosenIds(
  selection: Pick<EditorSelection, "cueId" | "range">,
  ids: readonly string[],
): string[] {
  const { cueId, range } = selection;
  if (range.size > 0) return ids.filter((id) => range.has(id));
  return cueId === null ? [] : [cueId];
}
