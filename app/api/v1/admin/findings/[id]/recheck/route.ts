import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { recheckFinding } from "@/lib/topups/finding-actions";

export const POST = route(
  { auth: "operator", params: idParams, rate: { limit: 300, windowMs: 3_600_000 } },
  async ({ params }) => json(await recheckFinding(params.id)),
);
