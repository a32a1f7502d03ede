import { z } from "zod";

const commandId = z.string().regex(/^[a-z]+(\.[a-z-]+)?$/, "No command.");
/** As in "Mod+Shift+M"; see `components/editor/keys/chord.ts`. */
const chord = z
  .string()
  .regex(/^(?:(?:Ctrl|Mod|Alt|Shift)\+){0,4}[^\s+\p{Cc}\p{Cs}]{1,20}$/u, "No combination of keys.");

/** Most commands that can have own keys; there are fewer. */
const maxCommands = 200;
const fewCommands = (keys: object) => Object.keys(keys).length <= maxCommands;

/** How somebody has set up the editor, on every machine that they sign in on. */
export interface EditorSettings {
  /** Own keys by command; an empty list: none. What isn't here has its usual keys. */
  keys: Record<string, string[]>;
  /** The first-run tour was seen or skipped. */
  tourDone: boolean;
  /** Times of the source are carried over to the translations that share them. */
  carryTimes: boolean;
}

export const usualSettings: EditorSettings = { keys: {}, tourDone: false, carryTimes: true };

const keys = z.array(chord).max(3);

/** What is stored; what another version has stored and this one doesn't know falls away. */
export const storedSettings: z.ZodType<EditorSettings> = z.object({
  keys: z.record(z.string(), keys).catch({}).default({}),
  tourDone: z.boolean().catch(false).default(false),
  carryTimes: z.boolean().catch(true).default(true),
});

/** Changes what is given and nothing else; `keys: {id: null}` gives a command its usual keys. */
export const changeSettingsInput = z.strictObject({
  keys: z.record(commandId, keys.nullable()).refine(fewCommands, "Too many.").optional(),
  /** All commands have their usual keys again, before `keys` counts. */
  resetKeys: z.boolean().optional(),
  tourDone: z.boolean().optional(),
  carryTimes: z.boolean().optional(),
});
export type ChangeSettingsInput = z.infer<typeof changeSettingsInput>;

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
