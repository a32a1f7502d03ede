import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getJob } from "@/lib/jobs/service";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ job: await getJob({ ownerId: principal.userId, jobId: params.id }) }),
);
