import { json, route } from "@/lib/http/route";
import { acceptLink } from "@/lib/sharing/links";
import { acceptShareInput } from "@/lib/sharing/schema";

export const POST = route(
  { auth: "session", body: acceptShareInput, rate: { limit: 60, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json({ share: await acceptLink({ userId: principal.userId, token: body.token }) }),
);
