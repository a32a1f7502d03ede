/** What a key does to the player. */
export type PlayerCommand =
  | { kind: "toggle" | "mute" | "captions" | "fullscreen" | "shortcuts" }
  | { kind: "seekBy"; ms: number }
  | { kind: "frames"; count: 1 | -1 }
  | { kind: "rate"; steps: 1 | -1 };

/** The part of a `KeyboardEvent` that decides. */
export interface PressedKey {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
}

/**
 * Where the focus is. `text`: a field takes every single key. `control`: a button, a slider or a
 * menu takes Space, Enter and the arrows. `page`: nothing does.
 */
export type FocusPlace = "text" | "control" | "page";

const letters: Record<string, PlayerCommand> = {
  k: { kind: "toggle" },
  j: { kind: "seekBy", ms: -10_000 },
  l: { kind: "seekBy", ms: 10_000 },
  f: { kind: "fullscreen" },
  m: { kind: "mute" },
  c: { kind: "captions" },
};

/**
 * The command of a key, or undefined when the key isn't ours. Letters go by their place on the
 * keyboard when the layout writes something else there, as with a Korean input method.
 */
export function playerCommand(pressed: PressedKey, focus: FocusPlace): PlayerCommand | undefined {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  if (pressed.isComposing || metaKey || altKey) return undefined;
  // The one key that also works while writing.
  if (ctrlKey) return code === "Space" && !shiftKey ? { kind: "toggle" } : undefined;
  if (focus === "text") return undefined;
  if (key === "?") return { kind: "shortcuts" };
  if (focus === "page" && code === "Space" && !shiftKey) return { kind: "toggle" };
  if (focus === "page" && (key === "ArrowLeft" || key === "ArrowRight")) {
    const direction = key === "ArrowLeft" ? -1 : 1;
    return { kind: "seekBy", ms: direction * (shiftKey ? 1_000 : 5_000) };
  }
  if (code === "Comma")
    return shiftKey ? { kind: "rate", steps: -1 } : { kind: "frames", count: -1 };
  if (code === "Period")
    return shiftKey ? { kind: "rate", steps: 1 } : { kind: "frames", count: 1 };
  if (shiftKey) return undefined;
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : /^Key([A-Z])$/.exec(code)?.[1];
  return letter === undefined ? undefined : letters[letter.toLowerCase()];
}

const textFields = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select";
const controls =
  "button, a[href], summary, input, [role=slider], [role=menu], [role=listbox], [role=option], [role=tab], [role=dialog], [role=alertdialog]";

/** Sorts an event's target. `data-player-keys` gives a part of the page wholly to the player. */
export function focusPlace(target: EventTarget | null): FocusPlace {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.isContentEditable || target.closest(`${textFields}, [role=combobox]`)) return "text";
  if (target.closest("[data-player-keys]")) return "page";
  return target.closest(controls) ? "control" : "page";
}
