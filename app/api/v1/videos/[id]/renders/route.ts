import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { maxRendersPerDay } from "@/lib/renders/limits";
import { orderRenderInput } from "@/lib/renders/schema";
import { listRenders, orderRender } from "@/lib/renders/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json(await listRenders({ userId: principal.userId, videoId: params.id })),
);

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    body: orderRenderInput,
    rate: { limit: maxRendersPerDay, windowMs: 86_400_000 },
  },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, videoId: params.id };
    return json({ render: await orderRender({ ...which, input: body }) }, 201);
  },
);
