import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { releaseWallet } from "@/lib/topups/finding-actions";

export const POST = route(
  { auth: "operator", params: idParams, rate: { limit: 100, windowMs: 3_600_000 } },
  async ({ principal, params }) =>
    json(await releaseWallet({ findingId: params.id, actorId: principal.userId })),
);
