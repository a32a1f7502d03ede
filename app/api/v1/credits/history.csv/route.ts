import { historyFile } from "@/lib/credits/history-file";
import { historyChoice } from "@/lib/credits/schema";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";

export const GET = route(
  { auth: "session", query: historyChoice, rate: { limit: 60, windowMs: 3_600_000 } },
  async ({ principal, query, locale }) => {
    const file = await historyFile({ ownerId: principal.userId, choice: query, locale });
    return download("text/csv", file.fileName, file.body);
  },
);
