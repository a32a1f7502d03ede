/**
 * A combination of keys in writing: modifiers and one key joined by "+", as in "Mod+Shift+M",
 * "Alt+ArrowLeft", "Space", ",". `Mod` is Command on a Mac and Ctrl elsewhere. The order of
 * modifiers is always Ctrl, Mod, Alt, Shift, so that equal combinations are equal texts.
 */
export type Chord = string;

export type Platform = "mac" | "other";

/** The part of a `KeyboardEvent` that decides. */
export interface PressedKey {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Punctuation goes by its place on the keyboard: Shift changes what it writes, not what it is. */
const punctuation: Record<string, string> = {
  Comma: ",",
  Period: ".",
  Slash: "/",
  Semicolon: ";",
  Quote: "'",
  BracketLeft: "[",
  BracketRight: "]",
  Backslash: "\\",
  Minus: "-",
  Equal: "=",
  Backquote: "`",
  Space: "Space",
  NumpadAdd: "=",
  NumpadSubtract: "-",
};

const modifierKeys = new Set([
  "Control",
  "Shift",
  "Alt",
  "AltGraph",
  "Meta",
  "OS",
  "CapsLock",
  "Fn",
  "HangulMode",
  "HanjaMode",
  "Hangul",
  "Process",
  "Dead",
  "Unidentified",
]);

/**
 * The key of a press, without modifiers. Letters go by what the layout writes, and by their place
 * where it writes something else, as with a Korean input method or Alt on a Mac.
 */
function baseKey({ key, code, shiftKey }: PressedKey): { key: string; shift: boolean } | undefined {
  if (/^[a-z]$/i.test(key)) return { key: key.toUpperCase(), shift: shiftKey };
  // Not every layout has the question mark on the same key.
  if (key === "?") return { key: "/", shift: true };
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return { key: letter, shift: shiftKey };
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit) return { key: digit, shift: shiftKey };
  const mark = punctuation[code];
  if (mark) return { key: mark, shift: shiftKey };
  if (modifierKeys.has(key) || key.length === 0) return undefined;
  return { key: key.length === 1 ? key.toUpperCase() : key, shift: shiftKey };
}

/** The combination that is pressed; undefined while only modifiers are. */
export function chordOf(pressed: PressedKey, platform: Platform): Chord | undefined {
  const base = baseKey(pressed);
  if (!base) return undefined;
  const mac = platform === "mac";
  const parts: string[] = [];
  if (mac && pressed.ctrlKey) parts.push("Ctrl");
  if (mac ? pressed.metaKey : pressed.ctrlKey) parts.push("Mod");
  // The Windows key is the system's.
  if (!mac && pressed.metaKey) return undefined;
  if (pressed.altKey) parts.push("Alt");
  if (base.shift) parts.push("Shift");
  return [...parts, base.key].join("+");
}

/** A combination taken apart. "+" itself is written "=" with Shift, so it never stands alone. */
export function chordParts(chord: Chord): { modifiers: string[]; key: string } {
  const parts = chord.split("+");
  return { modifiers: parts.slice(0, -1), key: parts.at(-1) ?? "" };
}

/** Whether a combination would write something where text is written. */
export function isWriting(chord: Chord): boolean {
  const { modifiers, key } = chordParts(chord);
  const plain = modifiers.every((modifier) => modifier === "Shift");
  return plain && !/^(F\d{1,2}|Escape|Insert)$/.test(key);
}

const macNames: Record<string, string> = {
  Mod: "⌘",
  Ctrl: "⌃",
  Alt: "⌥",
  Shift: "⇧",
  Backspace: "⌫",
  Delete: "⌦",
  Enter: "↵",
  Escape: "Esc",
};
const otherNames: Record<string, string> = { Mod: "Ctrl", Escape: "Esc" };
const namesOfBoth: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "Page Up",
  PageDown: "Page Down",
};

/** The keys as a person finds them on the keyboard, one a key. */
export function chordNames(chord: Chord, platform: Platform): string[] {
  const { modifiers, key } = chordParts(chord);
  const names = platform === "mac" ? macNames : otherNames;
  if (chord === "Shift+/") return ["?"];
  return [...modifiers, key].map((part) => names[part] ?? namesOfBoth[part] ?? part);
}

/** For `aria-keyshortcuts`, which has names of its own. */
export function ariaChord(chord: Chord, platform: Platform): string {
  const { modifiers, key } = chordParts(chord);
  const mod = platform === "mac" ? "Meta" : "Control";
  const named = modifiers.map((part) =>
    part === "Mod" ? mod : part === "Ctrl" ? "Control" : part,
  );
  return [...named, key].join("+");
}

/** Which names and defaults this machine has; "other" where there is no screen. */
export function platformHere(): Platform {
  if (typeof navigator === "undefined") return "other";
  return /mac|iphone|ipad/i.test(navigator.platform) ? "mac" : "other";
}
