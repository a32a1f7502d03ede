import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { ownSteps } from "@/lib/tracks/own-steps";
import { historyQuery } from "@/lib/tracks/sync-schema";

export const GET = route(
  {
    auth: "studio",
    params: idParams,
    query: historyQuery,
    rate: { limit: 240, windowMs: 60_000 },
  },
  async ({ principal, params, query }) =>
    json(await ownSteps({ userId: principal.userId, trackId: params.id, query })),
);
