import { changeSettingsInput } from "@/lib/editor-settings/schema";
import { changeEditorSettings, editorSettingsOf } from "@/lib/editor-settings/service";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "studio" }, async ({ principal }) =>
  json({ settings: await editorSettingsOf(principal.userId) }),
);

export const PATCH = route(
  { auth: "studio", body: changeSettingsInput },
  async ({ principal, body }) =>
    json({ settings: await changeEditorSettings({ userId: principal.userId, change: body }) }),
);
