import { json, route } from "@/lib/http/route";
import { createJobInput, listJobsQuery } from "@/lib/jobs/schema";
import { createJob, listJobs } from "@/lib/jobs/service";

export const GET = route({ auth: "studio", query: listJobsQuery }, async ({ principal, query }) =>
  json(await listJobs({ ownerId: principal.userId, query })),
);

export const POST = route(
  {
    auth: "studio",
    body: createJobInput,
    rate: { limit: 300, windowMs: 3_600_000 },
  },
  async ({ principal, body }) =>
    json({ job: await createJob({ ownerId: principal.userId, input: body }) }, 201),
);
