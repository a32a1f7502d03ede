import { statisticsQuery } from "@/lib/credits/schema";
import { creditStatistics } from "@/lib/credits/statistics";
import { json, route } from "@/lib/http/route";

export const GET = route(
  { auth: "session", query: statisticsQuery },
  async ({ principal, query }) => {
    const { months } = query;
    return json({ months: await creditStatistics({ ownerId: principal.userId, months }) });
  },
);
