import { updateProfileInput } from "@/lib/accounts/schema";
import { getAccount, updateProfile } from "@/lib/accounts/service";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "session" }, async ({ principal }) =>
  json({ account: await getAccount(principal.userId) }),
);

export const PATCH = route(
  { auth: "session", body: updateProfileInput },
  async ({ principal, body }) =>
    json({ account: await updateProfile({ userId: principal.userId, input: body }) }),
);
