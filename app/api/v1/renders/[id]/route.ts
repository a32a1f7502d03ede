import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getRender, removeRender } from "@/lib/renders/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ render: await getRender({ userId: principal.userId, renderId: params.id }) }),
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await removeRender({ userId: principal.userId, renderId: params.id });
  return new Response(null, { status: 204 });
});
