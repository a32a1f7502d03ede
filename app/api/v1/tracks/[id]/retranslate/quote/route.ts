import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { retranslationQuoteInput } from "@/lib/retranslation/schema";
import { quoteRetranslation } from "@/lib/retranslation/service";

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    body: retranslationQuoteInput,
    rate: { limit: 3_000, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, trackId: params.id, ...body };
    return json({ quote: await quoteRetranslation(which) });
  },
);
