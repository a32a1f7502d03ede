import { z } from "zod";
import { type EditorSettings, maxCommands } from "./settings";

const commandId = z.string().regex(/^[a-z]+(\.[a-z-]+)?$/, "No command.");
/** As in "Mod+Shift+M"; see `components/editor/keys/chord.ts`. */
const chord = z
  .string()
  .regex(/^(?:(?:Ctrl|Mod|Alt|Shift)\+){0,4}[^\s+\p{Cc}\p{Cs}]{1,20}$/u, "No combination of keys.");

const fewCommands = (keys: object) => Object.keys(keys).length <= maxCommands;

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
