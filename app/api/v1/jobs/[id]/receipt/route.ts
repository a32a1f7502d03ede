import { getReceipt } from "@/lib/credits/receipts";
import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ receipt: await getReceipt({ ownerId: principal.userId, jobId: params.id }) }),
);
