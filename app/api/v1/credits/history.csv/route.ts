import { historyFile } from "@/lib/credits/history-file";
import { historyChoice } from "@/lib/credits/schema";
import { contentDisposition } from "@/lib/http/content-disposition";
import { route } from "@/lib/http/route";

export const GET = route(
  { auth: "session", query: historyChoice, rate: { limit: 60, windowMs: 3_600_000 } },
  async ({ principal, query, locale }) => {
    const file = await historyFile({ ownerId: principal.userId, choice: query, locale });
    return new Response(file.body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": contentDisposition("attachment", file.fileName),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  },
);
