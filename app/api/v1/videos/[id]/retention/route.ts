import { retentionInput } from "@/lib/credits/schema";
import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { extendRetention, getRetention } from "@/lib/videos/retention";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  const retention = await getRetention({ ownerId: principal.userId, videoId: params.id });
  return json({ retention });
});

export const POST = route(
  {
    auth: "session",
    params: idParams,
    body: retentionInput,
    rate: { limit: 60, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, videoId: params.id };
    return json({ retention: await extendRetention({ ...own, ...body }) });
  },
);
