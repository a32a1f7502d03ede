import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { readReport } from "@/lib/tracks/reports";
import { reportQuery } from "@/lib/tracks/schema";

export const GET = route(
  { auth: "studio", params: idParams, query: reportQuery },
  async ({ principal, params, query }) => {
    const options = { userId: principal.userId, trackId: params.id, ...query };
    const { report, evidence, profile, revision, left } = await readReport(options);
    return json({ report, evidence, profile, revision, left });
  },
);
