import { z } from "zod";
import { currentWhence } from "@/lib/auth/caller";
import { unlinkIdentity } from "@/lib/auth/identities";
import { assertFresh } from "@/lib/auth/re-authentication";
import { providerSchema } from "@/lib/auth/schema";
import { route } from "@/lib/http/route";

const params = z.object({ provider: providerSchema });

export const DELETE = route(
  { auth: "session", params },
  async ({ principal, params: { provider } }) => {
    await assertFresh(principal);
    await unlinkIdentity({ userId: principal.userId, provider, from: await currentWhence() });
    return new Response(null, { status: 204 });
  },
);
