import { json, route } from "@/lib/http/route";
import { stylePresetInput } from "@/lib/style-presets/schema";
import { addStylePreset, listStylePresets } from "@/lib/style-presets/service";

export const GET = route({ auth: "studio" }, async ({ principal }) =>
  json({ presets: await listStylePresets(principal.userId) }),
);

export const POST = route(
  { auth: "studio", body: stylePresetInput, rate: { limit: 600, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ preset: await addStylePreset({ ownerId: principal.userId, preset: body }) }, 201),
);
