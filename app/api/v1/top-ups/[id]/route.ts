import { orderParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { getOrder } from "@/lib/topups/orders";

export const GET = route(
  { auth: "session", params: orderParams },
  async ({ principal: { userId }, params: { id: orderId }, locale }) =>
    json({ order: await getOrder({ userId, orderId, locale }) }),
);
