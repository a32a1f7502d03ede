import { orderParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getRefundQuote } from "@/lib/topups/refunds";

export const GET = route(
  { auth: "session", params: orderParams },
  async ({ principal: { userId: ownerId }, params: { id: orderId } }) =>
    json({ quote: await getRefundQuote({ ownerId, orderId }) }),
);
