import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { servePeaks } from "@/lib/videos/waveform";
import { peaksQuery } from "@/lib/videos/waveform-schema";

const answer = route(
  { auth: "studio", params: idParams, query: peaksQuery },
  ({ request, principal, params, query }) =>
    servePeaks({ request, userId: principal.userId, videoId: params.id, level: query.level }),
);

export const GET = answer;
export const HEAD = answer;
