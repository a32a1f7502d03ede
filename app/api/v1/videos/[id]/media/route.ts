import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { serveViewedFile } from "@/lib/videos/viewing";

const answer = route(
  { auth: "studio", params: idParams, file: true },
  ({ request, principal, params }) =>
    serveViewedFile({ request, userId: principal.userId, videoId: params.id, file: "media" }),
);

export const GET = answer;
export const HEAD = answer;
