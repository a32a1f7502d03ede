import { json, route } from "@/lib/http/route";
import { versionParams } from "@/lib/tracks/schema";
import { restoreVersion } from "@/lib/tracks/versions";

export const POST = route(
  { auth: "studio", params: versionParams, rate: { limit: 120, windowMs: 3_600_000 } },
  async ({ principal, params: { id, number } }) =>
    json(await restoreVersion({ userId: principal.userId, trackId: id, number })),
);
