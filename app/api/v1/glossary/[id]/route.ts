import { glossaryTermChange } from "@/lib/glossary/schema";
import { changeTerm, removeTerm } from "@/lib/glossary/service";
import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";

export const PATCH = route(
  {
    auth: "studio",
    params: idParams,
    body: glossaryTermChange,
    rate: { limit: 3_000, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, termId: params.id };
    return json({ term: await changeTerm({ ...own, change: body }) });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await removeTerm({ ownerId: principal.userId, termId: params.id });
  return new Response(null, { status: 204 });
});
