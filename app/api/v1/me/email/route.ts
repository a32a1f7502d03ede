import { changeEmailInput } from "@/lib/accounts/schema";
import { currentCaller } from "@/lib/auth/caller";
import { beginEmailChange } from "@/lib/auth/email-change";
import { assertFresh } from "@/lib/auth/re-authentication";
import { json, route } from "@/lib/http/route";

export const POST = route(
  { auth: "session", body: changeEmailInput },
  async ({ principal, body }) => {
    await assertFresh(principal);
    const caller = await currentCaller();
    await beginEmailChange({ userId: principal.userId, ...body, caller });
    return json({ status: "confirmation_sent" }, 202);
  },
);
