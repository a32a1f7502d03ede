import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { ownProfileChange } from "@/lib/profiles/schema";
import { changeProfile, removeProfile } from "@/lib/profiles/service";

export const PATCH = route(
  {
    auth: "studio",
    params: idParams,
    body: ownProfileChange,
    rate: { limit: 3_000, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, profileId: params.id };
    return json({ profile: await changeProfile({ ...own, change: body }) });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await removeProfile({ ownerId: principal.userId, profileId: params.id });
  return new Response(null, { status: 204 });
});
