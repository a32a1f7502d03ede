import { json, route } from "@/lib/http/route";
import { claimHere, takeOverTrial } from "@/lib/trial/browser";
import { claimInput } from "@/lib/trial/schema";

export const GET = route({ auth: "session" }, async () =>
  json({ claim: (await claimHere()) ?? null }),
);

export const POST = route(
  { auth: "session", body: claimInput, rate: { limit: 60, windowMs: 3_600_000 } },
  async ({ principal, body }) => {
    await takeOverTrial(principal.userId, body);
    return new Response(null, { status: 204 });
  },
);
