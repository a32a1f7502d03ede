import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { retranslateInput } from "@/lib/retranslation/schema";
import { retranslate } from "@/lib/retranslation/service";

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    body: retranslateInput,
    rate: { limit: 600, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const { cueIds, ...input } = body;
    const which = { userId: principal.userId, trackId: params.id, cueIds };
    return json({ job: await retranslate({ ...which, input }) }, 201);
  },
);
