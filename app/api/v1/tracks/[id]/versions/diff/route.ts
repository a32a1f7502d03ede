import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { versionDiffQuery } from "@/lib/tracks/schema";
import { versionDiff } from "@/lib/tracks/version-diff";

export const GET = route(
  {
    auth: "studio",
    params: idParams,
    query: versionDiffQuery,
    rate: { limit: 600, windowMs: 3_600_000 },
  },
  async ({ principal, params, query }) =>
    json(await versionDiff({ userId: principal.userId, trackId: params.id, ...query })),
);
