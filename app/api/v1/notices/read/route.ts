import { json, route } from "@/lib/http/route";
import { readNoticesInput } from "@/lib/notices/schema";
import { markRead } from "@/lib/notices/service";

export const POST = route(
  { auth: "studio", body: readNoticesInput, rate: { limit: 600, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ unread: await markRead({ userId: principal.userId, ids: body.ids }) }),
);
