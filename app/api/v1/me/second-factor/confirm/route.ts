import { currentWhence } from "@/lib/auth/caller";
import { secondFactorInput } from "@/lib/auth/schema";
import { confirmSecondFactor } from "@/lib/auth/second-factor";
import { json, route } from "@/lib/http/route";

/** Whoever began was fresh; here the code proves that the secret has arrived in an app. */
export const POST = route(
  { auth: "session", body: secondFactorInput, rate: { limit: 30, windowMs: 3_600_000 } },
  async ({ principal, body }) =>
    json(
      await confirmSecondFactor({
        userId: principal.userId,
        code: body.code,
        from: await currentWhence(),
      }),
    ),
);
