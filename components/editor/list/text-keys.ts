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

/** What decides what a key does in the text of a cue. */
export interface TextPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** The text and where the cursor stands in it. */
export interface TextCursor {
  text: string;
  from: number;
  to: number;
  /** A line of it takes more than one on the screen, so that up and down move within it. */
  wraps: boolean;
}

/** Beside writing: the text is finished, or the cursor goes on in a neighbour. */
export type TextKey = "finish" | "merge-previous" | "up" | "down";

/**
 * What a key does in a text beyond what the field does by itself. While an input method composes,
 * every key belongs to it; Safari ends the composition first and tells by the key code 229 alone.
 */
export function textKey(press: TextPress, cursor: TextCursor): TextKey | undefined {
  const { key, shiftKey, ctrlKey, altKey, metaKey, isComposing, keyCode } = press;
  if (isComposing || keyCode === 229 || shiftKey || ctrlKey || altKey || metaKey) return undefined;
  const { text, from, to, wraps } = cursor;
  const caret = from === to ? from : undefined;
  if (key === "Enter") return "finish";
  if (caret === undefined) return undefined;
  if (key === "Backspace") return caret === 0 ? "merge-previous" : undefined;
  if (key === "ArrowUp") {
    const first = wraps ? caret === 0 : !text.slice(0, caret).includes("\n");
    return first ? "up" : undefined;
  }
  if (key === "ArrowDown") {
    const last = wraps ? caret === text.length : !text.slice(caret).includes("\n");
    return last ? "down" : undefined;
  }
  return undefined;
}

/** Texts as they are stored: composed Hangul, plain line ends, no blank lines at either end. */
export function tidyText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/^\n+|\n+$/g, "");
}
