import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { listVersions } from "@/lib/tracks/versions";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ versions: await listVersions({ ownerId: principal.userId, trackId: params.id }) }),
);
