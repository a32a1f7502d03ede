import type { Chord, Platform } from "./chord";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** What browsers, systems and input methods do themselves, and a page shouldn't or can't take. */
const reserved: Record<Platform, readonly Chord[]> = {
  other: [
    ...["W", "T", "N", "R", "L", "P", "D", "J", "U", "Q", "C", "X", "V"].map((key) => `Mod+${key}`),
    ...["W", "T", "N", "R", "V", "I", "J", "C", "B", "Delete", "Tab"].map(
      (key) => `Mod+Shift+${key}`,
    ),
    ...["Tab", "F4", "F5", "PageUp", "PageDown", "0", "=", "-", ...digits].map(
      (key) => `Mod+${key}`,
    ),
    ...["D", "E", "F", "F4", "Tab", "Space", "Home"].map((key) => `Alt+${key}`),
    ...["F1", "F5", "F6", "F7", "F10", "F11", "F12", "Shift+F10", "Tab", "Shift+Tab"],
    // The full and half width of Korean input methods.
    "Shift+Space",
  ],
  mac: [
    ...["W", "T", "N", "Q", "H", "M", "R", "L", "P", "D", "J", "U", "Y", "C", "X", "V"].map(
      (key) => `Mod+${key}`,
    ),
    ...["W", "T", "N", "R", "V", "3", "4", "5", "Backspace", "/"].map((key) => `Mod+Shift+${key}`),
    ...["Tab", "Space", ",", "`", "[", "]", "0", "=", "-", ...digits].map((key) => `Mod+${key}`),
    ...["ArrowLeft", "ArrowRight"].flatMap((key) => [`Mod+${key}`, `Mod+Alt+${key}`, `Alt+${key}`]),
    ...["I", "J", "U", "C"].map((key) => `Mod+Alt+${key}`),
    ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Space", "Tab"].map(
      (key) => `Ctrl+${key}`,
    ),
    ...["F11", "F12", "Tab", "Shift+Tab"],
  ],
};

/** Whether a combination belongs to the browser, the system or the input method. */
export const isReserved = (chord: Chord, platform: Platform): boolean =>
  reserved[platform].includes(chord);
