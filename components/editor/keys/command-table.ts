import type { Chord, Platform } from "./chord";

/**
 * `anywhere`: also while writing. `not-in-text`: single keys, which belong to a text while one is
 * written. `in-text`: only in the text of a cue.
 */
export type CommandPlace = "anywhere" | "not-in-text" | "in-text";

export const commandGroups = [
  "play",
  "cue",
  "time",
  "edit",
  "find",
  "quality",
  "view",
  "more",
] as const;
export type CommandGroup = (typeof commandGroups)[number];

export interface CommandSpec {
  group: CommandGroup;
  when: CommandPlace;
  keys: Record<Platform, readonly Chord[]>;
  /** Held down, it goes on. */
  repeats?: boolean;
}

function command(
  group: CommandGroup,
  when: CommandPlace,
  other: readonly Chord[],
  options: { mac?: readonly Chord[]; repeats?: boolean } = {},
): CommandSpec {
  const { mac = other, repeats = false } = options;
  return { group, when, keys: { other, mac }, ...(repeats && { repeats }) };
}

const again = { repeats: true } as const;

/**
 * Everything that can be done by a key, with the keys it has unless a person gives it others. What
 * a command does, the part of the editor says that it belongs to (`useCommand`); its name is
 * `editor.commands.<id>` in the texts, with "_" for ".".
 *
 * Keys of the browser and the system stay theirs (`reserved-keys.ts`, held by a test).
 */
export const commandTable = {
  "play.toggle": command("play", "not-in-text", ["Space", "K"]),
  "play.toggle-writing": command("play", "anywhere", ["Mod+Space"], { mac: ["Alt+Space"] }),
  "play.shuttle-back": command("play", "not-in-text", ["J"]),
  "play.shuttle-forward": command("play", "not-in-text", ["L"]),
  // Where browsers go back a page: half a second is what the hand wants here, and it stays.
  "play.back": command("play", "anywhere", ["Alt+ArrowLeft"], {
    mac: ["Ctrl+Alt+ArrowLeft"],
    ...again,
  }),
  "play.forward": command("play", "anywhere", ["Alt+ArrowRight"], {
    mac: ["Ctrl+Alt+ArrowRight"],
    ...again,
  }),
  "play.jump-back": command("play", "not-in-text", ["ArrowLeft"], again),
  "play.jump-forward": command("play", "not-in-text", ["ArrowRight"], again),
  "play.back-frame": command("play", "not-in-text", [","], again),
  "play.forward-frame": command("play", "not-in-text", ["."], again),
  "play.slower": command("play", "not-in-text", ["Shift+,"]),
  "play.faster": command("play", "not-in-text", ["Shift+."]),
  "play.cue": command("play", "anywhere", ["Mod+Shift+Space"], { mac: ["Alt+Shift+Space"] }),
  "play.loop-cue": command("play", "not-in-text", ["R"]),
  "play.mute": command("play", "not-in-text", ["M"]),

  "cue.next": command("cue", "anywhere", ["Alt+ArrowDown"], again),
  "cue.previous": command("cue", "anywhere", ["Alt+ArrowUp"], again),
  "cue.edit": command("cue", "not-in-text", ["Enter", "F2"]),
  "cue.close": command("cue", "in-text", ["Escape"]),
  "cue.split": command("cue", "anywhere", ["Mod+Enter"]),
  "cue.merge-next": command("cue", "anywhere", ["Mod+Shift+M"]),
  "cue.merge-previous": command("cue", "not-in-text", ["Shift+M"]),
  "cue.insert-after": command("cue", "anywhere", ["Alt+Enter"]),
  "cue.insert-before": command("cue", "anywhere", ["Alt+Shift+Enter"]),
  // Not while writing: Ctrl+Delete takes a word away there.
  "cue.delete": command("cue", "not-in-text", ["Mod+Delete", "Delete"], {
    mac: ["Mod+Backspace", "Delete"],
  }),
  "cue.duplicate": command("cue", "not-in-text", ["Shift+D"]),
  "cue.select-all": command("cue", "not-in-text", ["Mod+A"]),

  "time.set-start": command("time", "not-in-text", ["["]),
  "time.set-end": command("time", "not-in-text", ["]"]),
  // Option with a bracket writes quotation marks on a Mac.
  "time.set-start-writing": command("time", "anywhere", ["Alt+["], { mac: ["Ctrl+["] }),
  "time.set-end-writing": command("time", "anywhere", ["Alt+]"], { mac: ["Ctrl+]"] }),
  "time.set-start-shift-rest": command("time", "anywhere", ["F9"]),
  "time.nudge-start-back": command("time", "not-in-text", ["A"], again),
  "time.nudge-start-forward": command("time", "not-in-text", ["S"], again),
  "time.nudge-end-back": command("time", "not-in-text", ["D"], again),
  "time.nudge-end-forward": command("time", "not-in-text", ["F"], again),
  "time.shift-back": command("time", "not-in-text", ["Shift+A"], again),
  "time.shift-forward": command("time", "not-in-text", ["Shift+S"], again),
  "time.snap-speech": command("time", "not-in-text", ["Q"]),
  "time.snap-shot": command("time", "not-in-text", ["W"]),
  "time.shift-dialog": command("time", "not-in-text", ["T"]),
  "time.stretch-dialog": command("time", "not-in-text", ["Shift+T"]),

  "edit.undo": command("edit", "anywhere", ["Mod+Z"], again),
  "edit.redo": command("edit", "anywhere", ["Mod+Shift+Z", "Mod+Y"], {
    mac: ["Mod+Shift+Z"],
    ...again,
  }),
  "edit.save": command("edit", "anywhere", ["Mod+S"]),

  "find.open": command("find", "anywhere", ["Mod+F"]),
  // Cmd+H hides the window on a Mac.
  "find.replace-open": command("find", "anywhere", ["Mod+H"], { mac: ["Mod+Alt+F"] }),
  "find.next": command("find", "anywhere", ["F3"], again),
  "find.previous": command("find", "anywhere", ["Shift+F3"], again),

  "quality.next": command("quality", "anywhere", ["F8"], again),
  "quality.previous": command("quality", "anywhere", ["Shift+F8"], again),
  "quality.fix": command("quality", "not-in-text", ["X"]),
  "quality.fix-kind": command("quality", "not-in-text", ["Shift+X"]),
  "quality.ignore": command("quality", "not-in-text", ["I"]),

  "source.next-stale": command("quality", "not-in-text", ["Y"], again),
  "source.previous-stale": command("quality", "not-in-text", ["Shift+Y"], again),
  "source.accept": command("quality", "not-in-text", ["Shift+K"]),
  "source.copy": command("quality", "not-in-text", ["Shift+C"]),
  "source.retranslate": command("quality", "not-in-text", ["Shift+R"]),

  "view.timeline-in": command("view", "not-in-text", ["="], again),
  "view.timeline-out": command("view", "not-in-text", ["-"], again),
  "view.timeline-fit": command("view", "not-in-text", ["0"]),
  "view.follow": command("view", "not-in-text", ["Shift+L"]),
  "view.captions": command("view", "not-in-text", ["C"]),
  "view.fullscreen": command("view", "not-in-text", ["Shift+F"]),
  "view.bilingual": command("view", "not-in-text", ["B"]),
  "view.exact-preview": command("view", "not-in-text", ["P"]),
  "view.safe-areas": command("view", "not-in-text", ["G"]),

  "version.name": command("more", "not-in-text", ["Shift+V"]),
  "notes.add": command("more", "not-in-text", ["N"]),
  "file.export": command("more", "anywhere", ["Mod+Shift+E"]),
  "file.import": command("more", "anywhere", ["Mod+O"]),
  "share.open": command("more", "not-in-text", ["Shift+U"]),
  "help.keys": command("more", "not-in-text", ["Shift+/"]),
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof commandTable;

export const commandIds = Object.keys(commandTable) as CommandId[];

/** False for the id of another version of the table, as stored settings may have. */
export const isCommandId = (id: string): id is CommandId => Object.hasOwn(commandTable, id);

export const commandSpec = (id: CommandId): CommandSpec => commandTable[id];

/** Own keys by command; none for a command that shall have no key. */
export type OwnKeys = Partial<Record<CommandId, readonly Chord[]>>;

/** The keys of a command: a person's own, else the usual ones of the machine. */
export function keysOf(id: CommandId, own: OwnKeys, platform: Platform): readonly Chord[] {
  return own[id] ?? commandSpec(id).keys[platform];
}
