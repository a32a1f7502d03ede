import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getFindingDetail } from "@/lib/topups/finding-detail";
import { changeFinding } from "@/lib/topups/findings";
import { changeFindingInput } from "@/lib/topups/findings-schema";

export const GET = route({ auth: "operator", params: idParams }, async ({ params }) =>
  json(await getFindingDetail(params.id)),
);

export const PATCH = route(
  {
    auth: "operator",
    params: idParams,
    body: changeFindingInput,
    rate: { limit: 600, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const who = { findingId: params.id, actorId: principal.userId };
    return json({ finding: await changeFinding({ ...body, ...who }) });
  },
);
