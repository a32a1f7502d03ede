import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { cancelJob } from "@/lib/jobs/service";

export const POST = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ job: await cancelJob({ ownerId: principal.userId, jobId: params.id }) }),
);
