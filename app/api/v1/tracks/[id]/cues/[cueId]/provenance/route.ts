import { json, route } from "@/lib/http/route";
import { cueParams } from "@/lib/tracks/schema";
import { cueHistory } from "@/lib/tracks/versions";

/** It looks through all edits of the track: hence the rate. */
export const GET = route(
  { auth: "studio", params: cueParams, rate: { limit: 240, windowMs: 60_000 } },
  async ({ principal, params: { id, cueId } }) =>
    json(await cueHistory({ userId: principal.userId, trackId: id, cueId })),
);
