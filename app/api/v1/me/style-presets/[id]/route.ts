import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { stylePresetChange } from "@/lib/style-presets/schema";
import { changeStylePreset, removeStylePreset } from "@/lib/style-presets/service";

export const PATCH = route(
  {
    auth: "studio",
    params: idParams,
    body: stylePresetChange,
    rate: { limit: 1_200, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, presetId: params.id };
    return json({ preset: await changeStylePreset({ ...own, change: body }) });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await removeStylePreset({ ownerId: principal.userId, presetId: params.id });
  return new Response(null, { status: 204 });
});
