import { requestDeletion } from "@/lib/accounts/deletion";
import { deleteAccountInput } from "@/lib/accounts/schema";
import { currentCaller } from "@/lib/auth/caller";
import { clearSessionCookies } from "@/lib/auth/cookie-session";
import { assertFresh } from "@/lib/auth/re-authentication";
import { route } from "@/lib/http/route";

/** Confirmations of one account in an hour; enough for typing slips, too few for guessing. */
const rate = { limit: 5, windowMs: 3_600_000 };

export const POST = route(
  { auth: "session", body: deleteAccountInput, rate },
  async ({ principal, body }) => {
    await assertFresh(principal);
    const { network, requestId } = await currentCaller();
    const { userId, sessionId } = principal;
    await requestDeletion({
      userId,
      confirmation: body.confirmation,
      asking: { sessionId, network, requestId },
    });
    await clearSessionCookies();
    return new Response(null, { status: 204 });
  },
);
