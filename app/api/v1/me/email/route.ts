import { changeEmailInput } from "@/lib/accounts/schema";
import { beginEmailChange } from "@/lib/auth/email-change";
import { assertFresh } from "@/lib/auth/re-authentication";
import { json, route } from "@/lib/http/route";

export const POST = route(
  { auth: "session", body: changeEmailInput },
  async ({ principal, body }) => {
    await assertFresh(principal);
    await beginEmailChange({ userId: principal.userId, ...body });
    return json({ status: "confirmation_sent" }, 202);
  },
);
