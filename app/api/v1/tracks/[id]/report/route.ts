import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { trackReport } from "@/lib/tracks/reports";
import { reportQuery } from "@/lib/tracks/schema";

export const GET = route(
  { auth: "studio", params: idParams, query: reportQuery },
  async ({ principal, params, query }) => {
    const options = { ownerId: principal.userId, trackId: params.id, ...query };
    const { report, evidence, profile, revision } = await trackReport(options);
    return json({ report, evidence, profile, revision });
  },
);
