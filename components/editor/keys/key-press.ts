import { focusPlace } from "@/components/player/player-keys";
import {
  type Chord,
  chordOf,
  chordParts,
  isWriting,
  type Platform,
  type PressedKey,
} from "./chord";
import {
  type CommandId,
  type CommandPlace,
  commandIds,
  commandSpec,
  keysOf,
  type OwnKeys,
} from "./command-table";

/** Where the focus is: in a cue's text, in another field, on a control that has keys, or nowhere. */
export type KeyFocus = "cue-text" | "field" | "control" | "page";

/** A press as the browser tells it. */
export interface KeyPress extends PressedKey {
  isComposing: boolean;
  keyCode: number;
}

/** Whether the press belongs to an input method: it composes, or Safari has just ended it (229). */
export const isComposed = (press: Pick<KeyPress, "isComposing" | "keyCode">): boolean =>
  press.isComposing || press.keyCode === 229;

/** Sorts a press's target. The text of a cue is marked by `data-cue-text`. */
export function keyFocus(target: EventTarget | null): KeyFocus {
  if (target instanceof HTMLElement && target.closest("[data-cue-text]")) return "cue-text";
  const place = focusPlace(target);
  return place === "text" ? "field" : place;
}

/** Buttons, sliders and menus take these; with Ctrl or Alt they are free. */
const controlKeys = /^(Shift\+)?(Space|Enter|Escape|Arrow\w+|Home|End|PageUp|PageDown)$/;

/** Whether a command's key counts where the focus is. */
function counts(place: CommandPlace, chord: Chord, focus: KeyFocus): boolean {
  if (focus === "control" && controlKeys.test(chord)) return false;
  if (place === "in-text") return focus === "cue-text";
  const inText = focus === "cue-text" || focus === "field";
  if (!inText) return true;
  // A person may give a single letter to a command that is there anywhere: texts keep theirs.
  return place === "anywhere" && !isWriting(chord) && !isFieldsOwn(chord, focus);
}

/** Other fields than a cue's text keep undoing and finding the words in them. */
function isFieldsOwn(chord: Chord, focus: KeyFocus): boolean {
  const { modifiers, key } = chordParts(chord);
  const undoing = modifiers.includes("Mod") && (key === "Z" || key === "Y");
  return focus === "field" && (undoing || chord === "Mod+Enter" || chord === "Alt+Enter");
}

export interface KeyMap {
  platform: Platform;
  own: OwnKeys;
}

/** The commands that a press may mean where the focus is, in the order of the table. */
export function commandsOf(press: KeyPress, focus: KeyFocus, map: KeyMap): CommandId[] {
  if (isComposed(press)) return [];
  const chord = chordOf(press, map.platform);
  if (chord === undefined) return [];
  return commandIds.filter(
    (id) =>
      keysOf(id, map.own, map.platform).includes(chord) &&
      counts(commandSpec(id).when, chord, focus),
  );
}
