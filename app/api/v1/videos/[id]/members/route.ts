import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { invite, listPeople } from "@/lib/sharing/members";
import { inviteInput } from "@/lib/sharing/schema";

export const GET = route({ auth: "session", params: idParams }, async ({ principal, params }) =>
  json(await listPeople({ userId: principal.userId, videoId: params.id })),
);

export const POST = route(
  {
    auth: "session",
    params: idParams,
    body: inviteInput,
    rate: { limit: 120, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    await invite({ userId: principal.userId, videoId: params.id, input: body });
    // The same whether or not there is such an account.
    return new Response(null, { status: 204 });
  },
);
