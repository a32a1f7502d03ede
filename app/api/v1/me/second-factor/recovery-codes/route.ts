import { currentWhence } from "@/lib/auth/caller";
import { assertFresh } from "@/lib/auth/re-authentication";
import { renewRecoveryCodes } from "@/lib/auth/second-factor";
import { json, route } from "@/lib/http/route";

export const POST = route(
  { auth: "session", rate: { limit: 30, windowMs: 3_600_000 } },
  async ({ principal }) => {
    await assertFresh(principal);
    return json(
      await renewRecoveryCodes({ userId: principal.userId, from: await currentWhence() }),
    );
  },
);
