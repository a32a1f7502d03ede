import { orderParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { abandonOrder } from "@/lib/topups/orders";
import { abandonOrderInput } from "@/lib/topups/schema";

export const POST = route(
  {
    auth: "session",
    params: orderParams,
    body: abandonOrderInput,
    rate: { limit: 60, windowMs: 600_000 },
  },
  async ({ principal: { userId }, params: { id: orderId }, body, locale }) =>
    json({ order: await abandonOrder({ ...body, userId, orderId, locale }) }),
);
