import "server-only";
import { transaction } from "@/lib/transaction";
import { lockSettings, readSettings, writeSettings } from "./repo";
import { type ChangeSettingsInput, storedSettings } from "./schema";
import { changedSettings, type EditorSettings, usualSettings } from "./settings";

/** How a person has set up the editor; what isn't set is as usual. */
export async function editorSettingsOf(userId: string): Promise<EditorSettings> {
  return understood(await readSettings(userId));
}

/** Changes some of it and leaves the rest, also when two tabs change at once. */
export async function changeEditorSettings(options: {
  userId: string;
  change: ChangeSettingsInput;
}): Promise<EditorSettings> {
  const { userId, change } = options;
  return transaction(async (tx) => {
    const next = changedSettings(understood(await lockSettings(tx, userId)), change);
    await writeSettings(tx, userId, next);
    return next;
  });
}

/** What can't be read any more counts as nothing: keys are quickly set again. */
function understood(stored: unknown): EditorSettings {
  const settings = storedSettings.safeParse(stored ?? {});
  return settings.success ? settings.data : usualSettings;
}
