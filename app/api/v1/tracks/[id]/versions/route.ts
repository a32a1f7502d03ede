import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { nameVersionInput, versionsQuery } from "@/lib/tracks/schema";
import { listVersions, nameVersion } from "@/lib/tracks/versions";

export const GET = route(
  { auth: "studio", params: idParams, query: versionsQuery },
  async ({ principal, params, query }) => {
    const which = { userId: principal.userId, trackId: params.id };
    return json(await listVersions({ ...which, query }));
  },
);

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    body: nameVersionInput,
    rate: { limit: 120, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, trackId: params.id };
    return json({ version: await nameVersion({ ...which, name: body.name }) }, 201);
  },
);
