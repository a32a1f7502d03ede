import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { retryJob } from "@/lib/jobs/service";

export const POST = route({ auth: "session", params: idParams }, async ({ principal, params }) =>
  json({ job: await retryJob({ ownerId: principal.userId, jobId: params.id }) }),
);
