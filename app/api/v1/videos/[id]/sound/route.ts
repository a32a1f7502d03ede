import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { serveSound } from "@/lib/videos/waveform";
import { soundQuery } from "@/lib/videos/waveform-schema";

export const GET = route(
  { auth: "studio", params: idParams, query: soundQuery },
  ({ principal, params, query }) =>
    serveSound({ userId: principal.userId, videoId: params.id, ...query }),
);
