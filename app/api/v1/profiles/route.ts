import { json, route } from "@/lib/http/route";
import { ownProfileInput } from "@/lib/profiles/schema";
import { addProfile, listProfiles } from "@/lib/profiles/service";

export const GET = route({ auth: "studio" }, async ({ principal }) =>
  json({ profiles: await listProfiles(principal.userId) }),
);

export const POST = route(
  { auth: "studio", body: ownProfileInput, rate: { limit: 600, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ profile: await addProfile({ ownerId: principal.userId, profile: body }) }, 201),
);
