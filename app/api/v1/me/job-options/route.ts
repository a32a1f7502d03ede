import { json, route } from "@/lib/http/route";
import { jobPreferenceOf, setJobPreference } from "@/lib/jobs/preferences";
import { jobPreference } from "@/lib/jobs/schema";

export const GET = route({ auth: "studio" }, async ({ principal }) =>
  json(await jobPreferenceOf(principal.userId)),
);

export const PUT = route({ auth: "studio", body: jobPreference }, async ({ principal, body }) =>
  json(await setJobPreference({ ownerId: principal.userId, choice: body })),
);
