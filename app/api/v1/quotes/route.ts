import { quoteInput } from "@/lib/credits/quote-schema";
import { quoteJob } from "@/lib/credits/quotes";
import { json, route } from "@/lib/http/route";

export const POST = route(
  { auth: "studio", body: quoteInput, rate: { limit: 3_000, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ quote: await quoteJob({ ownerId: principal.userId, ...body }) }),
);
