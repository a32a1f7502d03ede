import { download } from "@/lib/http/download";
import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { reportAsJson } from "@/lib/tracks/report-file";
import { reportQuery } from "@/lib/tracks/schema";

export const GET = route(
  {
    auth: "studio",
    params: idParams,
    query: reportQuery,
    rate: { limit: 60, windowMs: 3_600_000 },
  },
  async ({ principal, params, query, locale }) => {
    const choice = { userId: principal.userId, trackId: params.id, ...query, locale };
    const file = await reportAsJson(choice);
    return download("application/json", file.fileName, file.text);
  },
);
