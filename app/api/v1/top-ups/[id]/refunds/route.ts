import { orderParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { requestRefund } from "@/lib/topups/refunds";
import { refundInput } from "@/lib/topups/schema";

/** Money goes back the way it came and nowhere else: no fresh proof of who asks is needed. */
export const POST = route(
  {
    auth: "session",
    params: orderParams,
    body: refundInput,
    rate: { limit: 20, windowMs: 3_600_000 },
  },
  async ({ principal: { userId: ownerId }, params: { id: orderId }, body }) =>
    json({ refund: await requestRefund({ ...body, ownerId, orderId }) }, 201),
);
