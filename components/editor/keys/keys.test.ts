import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ariaChord, type Chord, chordNames, chordOf, isWriting, type Platform } from "./chord";
import { CommandRegistry } from "./command-registry";
import { commandIds, commandSpec, keysOf } from "./command-table";
import { commandsOf, type KeyFocus, type KeyPress } from "./key-press";
import { messageKey } from "./message-key";
import { clashesOf, givenKeys, keyProblem } from "./remap";
import { isReserved } from "./reserved-keys";

const platforms: Platform[] = ["mac", "other"];

const press = (change: Partial<KeyPress>): KeyPress => ({
  ...{ key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...{ isComposing: false, keyCode: 65 },
  ...change,
});

describe("chordOf", () => {
  it.each<[string, Partial<KeyPress>, Platform, Chord | undefined]>([
    ["a letter", { key: "k", code: "KeyK" }, "other", "K"],
    ["a letter of a Hangul layout by its place", { key: "ㅏ", code: "KeyK" }, "other", "K"],
    ["a letter of another layout by its name", { key: "k", code: "KeyV" }, "other", "K"],
    ["Ctrl as Mod", { key: "z", code: "KeyZ", ctrlKey: true }, "other", "Mod+Z"],
    ["Command as Mod", { key: "z", code: "KeyZ", metaKey: true }, "mac", "Mod+Z"],
    ["Ctrl of a Mac", { key: "[", code: "BracketLeft", ctrlKey: true }, "mac", "Ctrl+["],
    [
      "what Option writes on a Mac",
      { key: "“", code: "BracketLeft", altKey: true },
      "mac",
      "Alt+[",
    ],
    ["a dead key", { key: "Dead", code: "KeyN", altKey: true }, "mac", "Alt+N"],
    ["punctuation with Shift", { key: "<", code: "Comma", shiftKey: true }, "other", "Shift+,"],
    [
      "the question mark elsewhere",
      { key: "?", code: "Minus", shiftKey: true },
      "other",
      "Shift+/",
    ],
    ["Space", { key: " ", code: "Space", ctrlKey: true }, "other", "Mod+Space"],
    ["arrows", { key: "ArrowUp", code: "ArrowUp", altKey: true }, "other", "Alt+ArrowUp"],
    ["function keys", { key: "F9", code: "F9" }, "other", "F9"],
    [
      "nothing of a modifier alone",
      { key: "Shift", code: "ShiftLeft", shiftKey: true },
      "other",
      undefined,
    ],
    [
      "nothing of the key between Hangul and Latin",
      { key: "HangulMode", code: "Lang1" },
      "other",
      undefined,
    ],
    ["nothing of the system's key", { key: "k", code: "KeyK", metaKey: true }, "other", undefined],
  ])("reads %s", (_, change, platform, chord) => {
    expect(chordOf(press(change), platform)).toBe(chord);
  });
});

describe("names of keys", () => {
  it("are those of the machine", () => {
    expect(chordNames("Mod+Shift+Z", "mac")).toEqual(["⌘", "⇧", "Z"]);
    expect(chordNames("Mod+Shift+Z", "other")).toEqual(["Ctrl", "Shift", "Z"]);
    expect(chordNames("Shift+/", "other")).toEqual(["?"]);
    expect(chordNames("Alt+ArrowLeft", "other")).toEqual(["Alt", "←"]);
    expect(ariaChord("Mod+Enter", "other")).toBe("Control+Enter");
    expect(ariaChord("Mod+Enter", "mac")).toBe("Meta+Enter");
  });
});

describe("the usual keys", () => {
  it.each(platforms)("leave the browser and the system theirs (%s)", (platform) => {
    const taken = commandIds.filter((id) =>
      keysOf(id, {}, platform).some((chord) => isReserved(chord, platform)),
    );
    expect(taken).toEqual([]);
  });

  it.each(platforms)("mean one thing in each place (%s)", (platform) => {
    const double = commandIds.filter((id) =>
      keysOf(id, {}, platform).some((chord) => clashesOf(id, chord, {}, platform).length > 0),
    );
    expect(double).toEqual([]);
  });

  it.each(platforms)(
    "write nothing where they are there while somebody writes (%s)",
    (platform) => {
      const writing = commandIds.filter(
        (id) => commandSpec(id).when === "anywhere" && keysOf(id, {}, platform).some(isWriting),
      );
      expect(writing).toEqual([]);
    },
  );

  it("are written in one way", () => {
    const chord = /^(Ctrl\+)?(Mod\+)?(Alt\+)?(Shift\+)?[^\s+]+$/;
    for (const platform of platforms) {
      for (const id of commandIds) {
        for (const key of keysOf(id, {}, platform)) expect(key, id).toMatch(chord);
      }
    }
  });

  it.each(["ko", "en"])("belong to commands that have a name (%s)", (locale) => {
    const { commands } = JSON.parse(readFileSync(`messages/${locale}/editor.json`, "utf8"));
    expect(Object.keys(commands).sort()).toEqual(commandIds.map(messageKey).sort());
  });
});

describe("commandsOf", () => {
  const map = { platform: "other", own: {} } as const;
  it.each<[Partial<KeyPress>, KeyFocus, string[]]>([
    [{ key: "k", code: "KeyK" }, "page", ["play.toggle"]],
    [{ key: "ㅏ", code: "KeyK" }, "page", ["play.toggle"]],
    [{ key: "k", code: "KeyK" }, "control", ["play.toggle"]],
    [{ key: "k", code: "KeyK" }, "cue-text", []],
    [{ key: "k", code: "KeyK" }, "field", []],
    [{ key: " ", code: "Space" }, "page", ["play.toggle"]],
    [{ key: " ", code: "Space" }, "control", []],
    [{ key: "Enter", code: "Enter" }, "page", ["cue.edit"]],
    [{ key: "Enter", code: "Enter" }, "control", []],
    [{ key: "Enter", code: "Enter", ctrlKey: true }, "cue-text", ["cue.split"]],
    [{ key: "Enter", code: "Enter", ctrlKey: true }, "field", []],
    [{ key: "Escape", code: "Escape" }, "cue-text", ["cue.close"]],
    [{ key: "Escape", code: "Escape" }, "page", []],
    [{ key: "z", code: "KeyZ", ctrlKey: true }, "cue-text", ["edit.undo"]],
    [{ key: "z", code: "KeyZ", ctrlKey: true }, "field", []],
    [{ key: "a", code: "KeyA", ctrlKey: true }, "cue-text", []],
    [{ key: "Delete", code: "Delete", ctrlKey: true }, "cue-text", []],
    [{ key: "F8", code: "F8" }, "field", ["quality.next"]],
  ])("%o in %s: %s", (change, focus, ids) => {
    expect(commandsOf(press(change), focus, map)).toEqual(ids);
  });

  it.each([{ isComposing: true }, { keyCode: 229 }])("leaves all keys of %o alone", (change) => {
    for (const key of ["Enter", "Escape", "z", "k"]) {
      for (const focus of ["cue-text", "field", "control", "page"] as const) {
        const found = commandsOf(press({ key, ctrlKey: true, ...change }), focus, map);
        expect(found).toEqual([]);
      }
    }
  });

  it("keeps writing from a single letter that a person has given away", () => {
    const own = { platform: "other", own: { "cue.split": ["S"] } } as const;
    const s = press({ key: "s", code: "KeyS" });
    expect(commandsOf(s, "cue-text", own)).toEqual([]);
    expect(commandsOf(s, "page", own)).toContain("cue.split");
  });
});

describe("own keys", () => {
  it("are taken from whoever has them", () => {
    const change = givenKeys("play.cue", "Mod+Enter", {}, "other");
    expect(change).toEqual({ keys: { "play.cue": ["Mod+Enter"], "cue.split": [] } });
    const one = givenKeys("cue.duplicate", "Delete", {}, "other");
    expect(one.keys).toEqual({ "cue.duplicate": ["Delete"], "cue.delete": ["Mod+Delete"] });
  });

  it("don't clash where they can't meet", () => {
    expect(clashesOf("cue.close", "K", {}, "other")).toEqual([]);
    expect(clashesOf("cue.duplicate", "K", {}, "other")).toEqual(["play.toggle"]);
  });

  it("can't be the browser's, or letters where somebody writes", () => {
    expect(keyProblem("cue.split", "Mod+W", "other")).toBe("reserved");
    expect(keyProblem("cue.split", "S", "other")).toBe("writes");
    expect(keyProblem("cue.duplicate", "S", "other")).toBeUndefined();
    expect(keyProblem("cue.split", "F4", "other")).toBeUndefined();
  });
});

describe("CommandRegistry", () => {
  it("asks the latest who offers, and the one before when that goes", () => {
    const registry = new CommandRegistry();
    const done: string[] = [];
    const offer = (name: string, enabled = true) => ({ enabled, run: () => done.push(name) });
    expect(registry.run("cue.split")).toBe(false);
    registry.register("cue.split", offer("list"));
    const leave = registry.register("cue.split", offer("text"));
    expect(registry.run("cue.split")).toBe(true);
    leave();
    expect(registry.run("cue.split")).toBe(true);
    expect(done).toEqual(["text", "list"]);
    registry.register("cue.split", offer("off", false));
    expect([registry.has("cue.split"), registry.can("cue.split")]).toEqual([true, false]);
    expect(registry.run("cue.split")).toBe(false);
    expect(registry.known).toEqual(["cue.split"]);
  });
});
