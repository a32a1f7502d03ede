import { listHistory } from "@/lib/credits/history";
import { historyQuery } from "@/lib/credits/schema";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "studio", query: historyQuery }, async ({ principal, query }) =>
  json(await listHistory({ ownerId: principal.userId, query })),
);
