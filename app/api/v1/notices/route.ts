import { json, route } from "@/lib/http/route";
import { listNoticesQuery } from "@/lib/notices/schema";
import { listNotices } from "@/lib/notices/service";

export const GET = route(
  { auth: "studio", query: listNoticesQuery },
  async ({ principal, query }) => json(await listNotices({ userId: principal.userId, ...query })),
);
