import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { trackQuery } from "@/lib/tracks/schema";
import { getTrack } from "@/lib/tracks/service";

export const GET = route(
  { auth: "studio", params: idParams, query: trackQuery },
  async ({ principal, params, query }) =>
    json({ track: await getTrack({ userId: principal.userId, trackId: params.id, ...query }) }),
);
