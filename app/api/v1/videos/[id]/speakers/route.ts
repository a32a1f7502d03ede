import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { listSpeakers } from "@/lib/speakers/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ speakers: await listSpeakers({ ownerId: principal.userId, videoId: params.id }) }),
);
