import { changePasswordInput } from "@/lib/accounts/schema";
import { currentCaller } from "@/lib/auth/caller";
import { changePassword } from "@/lib/auth/password-reset";
import { assertFresh } from "@/lib/auth/re-authentication";
import { route } from "@/lib/http/route";

export const PUT = route(
  {
    auth: "session",
    body: changePasswordInput,
    rate: { limit: 20, windowMs: 3_600_000 },
  },
  async ({ principal, body }) => {
    await assertFresh(principal);
    await changePassword({ principal, ...body, caller: await currentCaller() });
    return new Response(null, { status: 204 });
  },
);
