import type { ChangeSettingsInput } from "./schema";

/** Most commands that can have own keys; there are fewer. */
export const maxCommands = 200;

/** How somebody has set up the editor, on every machine that they sign in on. */
export interface EditorSettings {
  /** Own keys by command; an empty list: none. What isn't here has its usual keys. */
  keys: Record<string, string[]>;
  /** The first-run tour was seen or skipped. */
  tourDone: boolean;
  /** Times of the source are carried over to the translations that share them. */
  carryTimes: boolean;
}

/** Of somebody who has changed nothing. */
export const usualSettings: EditorSettings = { keys: {}, tourDone: false, carryTimes: true };

/** The settings after a change. */
export function changedSettings(
  settings: EditorSettings,
  { keys: changes = {}, resetKeys = false, ...rest }: ChangeSettingsInput,
): EditorSettings {
  const next: Record<string, string[]> = resetKeys ? {} : { ...settings.keys };
  for (const [id, chords] of Object.entries(changes)) {
    if (chords === null) delete next[id];
    else next[id] = chords;
  }
  const kept = Object.entries(next).slice(-maxCommands);
  return {
    tourDone: rest.tourDone ?? settings.tourDone,
    carryTimes: rest.carryTimes ?? settings.carryTimes,
    keys: Object.fromEntries(kept),
  };
}
