import { describe, expect, it } from "vitest";
import { type FocusPlace, type PressedKey, playerCommand } from "./player-keys";

const press = (key: string, code: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
});

const toggle = { kind: "toggle" };

describe("playerCommand", () => {
  it.each([
    [press(" ", "Space"), "page", toggle],
    [press(" ", "Space"), "control", undefined],
    [press(" ", "Space"), "text", undefined],
    [press(" ", "Space", { ctrlKey: true }), "text", toggle],
    [press("k", "KeyK"), "page", toggle],
    [press("K", "KeyK"), "control", toggle],
    [press("k", "KeyK"), "text", undefined],
    [press("k", "KeyK", { ctrlKey: true }), "page", undefined],
    [press("k", "KeyK", { metaKey: true }), "page", undefined],
    [press("k", "KeyK", { isComposing: true }), "page", undefined],
    [press("ㅏ", "KeyK"), "page", toggle],
    [press("Process", "KeyM"), "page", { kind: "mute" }],
    [press("k", "KeyT"), "page", toggle],
    [press("t", "KeyK"), "page", undefined],
    [press("j", "KeyJ"), "page", { kind: "seekBy", ms: -10_000 }],
    [press("l", "KeyL"), "page", { kind: "seekBy", ms: 10_000 }],
    [press("ArrowLeft", "ArrowLeft"), "page", { kind: "seekBy", ms: -5_000 }],
    [press("ArrowRight", "ArrowRight", { shiftKey: true }), "page", { kind: "seekBy", ms: 1_000 }],
    [press("ArrowRight", "ArrowRight"), "control", undefined],
    [press("ArrowRight", "ArrowRight", { altKey: true }), "page", undefined],
    [press(",", "Comma"), "page", { kind: "frames", count: -1 }],
    [press(".", "Period"), "control", { kind: "frames", count: 1 }],
    [press(">", "Period", { shiftKey: true }), "page", { kind: "rate", steps: 1 }],
    [press("f", "KeyF"), "page", { kind: "fullscreen" }],
    [press("c", "KeyC"), "page", { kind: "captions" }],
    [press("?", "Slash", { shiftKey: true }), "page", { kind: "shortcuts" }],
    [press("?", "Slash", { shiftKey: true }), "text", undefined],
    [press("x", "KeyX"), "page", undefined],
  ] as [PressedKey, FocusPlace, unknown][])("%j with focus on %s", (pressed, focus, command) => {
    expect(playerCommand(pressed, focus)).toEqual(command);
  });
});
