import { json, route } from "@/lib/http/route";
import { reconciliationOverview, runView } from "@/lib/topups/payments-overview";
import { reconcilePayments } from "@/lib/topups/reconciliation";

export const GET = route({ auth: "operator" }, async () => json(await reconciliationOverview()));

export const POST = route(
  { auth: "operator", rate: { limit: 30, windowMs: 3_600_000 } },
  async () => json({ run: runView(await reconcilePayments()) }),
);
