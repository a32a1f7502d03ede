import { orderParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { confirmOrder } from "@/lib/topups/confirm";
import { confirmOrderInput } from "@/lib/topups/schema";

export const POST = route(
  {
    auth: "session",
    params: orderParams,
    body: confirmOrderInput,
    rate: { limit: 120, windowMs: 600_000 },
  },
  async ({ principal: { userId }, params: { id: orderId }, body, locale }) =>
    json({ order: await confirmOrder({ ...body, userId, orderId, locale }) }),
);
