import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { serveVideoFile } from "@/lib/videos/serving";

const answer = route({ auth: "studio", params: idParams }, ({ request, principal, params }) =>
  serveVideoFile({ request, ownerId: principal.userId, videoId: params.id, file: "thumbnail" }),
);

export const GET = answer;
export const HEAD = answer;
