import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { retryJob } from "@/lib/jobs/retry";
import { retryJobInput } from "@/lib/jobs/schema";

export const POST = route(
  { auth: "studio", params: idParams, body: retryJobInput },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, jobId: params.id };
    return json({ job: await retryJob({ ...own, ...body }) });
  },
);
