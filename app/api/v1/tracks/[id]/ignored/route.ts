import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { heedFindings, ignoreFindings, listIgnored } from "@/lib/tracks/ignored";
import { heedInput, ignoreInput } from "@/lib/tracks/ignored-schema";

const rate = { limit: 1_200, windowMs: 3_600_000 } as const;

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ ignored: await listIgnored({ userId: principal.userId, trackId: params.id }) }),
);

export const PUT = route(
  { auth: "studio", params: idParams, body: ignoreInput, rate },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, trackId: params.id };
    return json({ ignored: await ignoreFindings({ ...which, input: body }) });
  },
);

export const DELETE = route(
  { auth: "studio", params: idParams, body: heedInput, rate },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, trackId: params.id };
    return json({ ignored: await heedFindings({ ...which, keys: body.keys }) });
  },
);
