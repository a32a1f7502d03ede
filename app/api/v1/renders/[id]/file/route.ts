import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { serveRender } from "@/lib/renders/service";

const answer = route(
  { auth: "studio", params: idParams, file: true },
  ({ request, principal, params }) =>
    serveRender({ request, userId: principal.userId, renderId: params.id }),
);

export const GET = answer;
export const HEAD = answer;
