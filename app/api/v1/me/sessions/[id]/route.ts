import { currentWhence } from "@/lib/auth/caller";
import { assertFresh } from "@/lib/auth/re-authentication";
import { endSession } from "@/lib/auth/sessions";
import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";

export const DELETE = route(
  { auth: "session", params: idParams },
  async ({ principal, params: { id: sessionId } }) => {
    await assertFresh(principal);
    const from = await currentWhence();
    await endSession({ userId: principal.userId, sessionId, reason: "owner", from });
    return new Response(null, { status: 204 });
  },
);
