import { z } from "zod";
import { unlinkIdentity } from "@/lib/auth/identities";
import { assertFresh } from "@/lib/auth/re-authentication";
import { providerSchema } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

const params = z.object({ provider: providerSchema });

export const DELETE = route(
  { auth: "session", params },
  async ({ principal, requestId, params: { provider } }) => {
    await assertFresh(principal);
    await unlinkIdentity({ userId: principal.userId, provider, requestId });
    return new Response(null, { status: 204 });
  },
);
