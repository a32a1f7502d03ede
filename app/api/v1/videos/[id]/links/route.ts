import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { createLink, listLinks } from "@/lib/sharing/links";
import { createLinkInput } from "@/lib/sharing/schema";

export const GET = route({ auth: "session", params: idParams }, async ({ principal, params }) =>
  json({ links: await listLinks({ userId: principal.userId, videoId: params.id }) }),
);

export const POST = route(
  {
    auth: "session",
    params: idParams,
    body: createLinkInput,
    rate: { limit: 60, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) =>
    json(await createLink({ userId: principal.userId, videoId: params.id, input: body }), 201),
);
