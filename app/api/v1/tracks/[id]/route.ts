import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getTrack } from "@/lib/tracks/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ track: await getTrack({ ownerId: principal.userId, trackId: params.id }) }),
);
