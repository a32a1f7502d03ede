import type { ChangeSettingsInput } from "@/lib/editor-settings/schema";
import { type Chord, isWriting, type Platform } from "./chord";
import {
  type CommandId,
  type CommandPlace,
  commandIds,
  commandSpec,
  keysOf,
  type OwnKeys,
} from "./command-table";
import { isReserved } from "./reserved-keys";

/** Whether two commands can be meant by one press. */
function meet(a: CommandPlace, b: CommandPlace): boolean {
  return a === "anywhere" || b === "anywhere" || a === b;
}

/** Other commands that have these keys where this one would. */
export function clashesOf(
  id: CommandId,
  chord: Chord,
  own: OwnKeys,
  platform: Platform,
): CommandId[] {
  const { when } = commandSpec(id);
  return commandIds.filter(
    (other) =>
      other !== id &&
      keysOf(other, own, platform).includes(chord) &&
      meet(when, commandSpec(other).when),
  );
}

/**
 * Why keys can't be given to a command. `reserved`: the browser's. `writes`: a single letter or the
 * like writes something, and this command is there for while somebody writes.
 */
export function keyProblem(
  id: CommandId,
  chord: Chord,
  platform: Platform,
): "reserved" | "writes" | undefined {
  if (isReserved(chord, platform)) return "reserved";
  const { when } = commandSpec(id);
  return when === "anywhere" && isWriting(chord) ? "writes" : undefined;
}

/** Gives a command these keys and takes them from those that have them. */
export function givenKeys(
  id: CommandId,
  chord: Chord,
  own: OwnKeys,
  platform: Platform,
): ChangeSettingsInput {
  const keys: Record<string, string[]> = { [id]: [chord] };
  for (const other of clashesOf(id, chord, own, platform)) {
    keys[other] = keysOf(other, own, platform).filter((key) => key !== chord);
  }
  return { keys };
}
