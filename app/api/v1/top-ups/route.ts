import { env } from "@/lib/env";
import { publicOrigin } from "@/lib/http/origin";
import { json, route } from "@/lib/http/route";
import { createOrder, listOrders } from "@/lib/topups/orders";
import { createOrderInput, listOrdersQuery } from "@/lib/topups/schema";

export const GET = route(
  { auth: "session", query: listOrdersQuery },
  async ({ principal: { userId }, query, locale }) =>
    json(await listOrders({ ...query, userId, locale })),
);

export const POST = route(
  { auth: "session", body: createOrderInput, rate: { limit: 20, windowMs: 3_600_000 } },
  async ({ request, principal: { userId }, body, locale }) => {
    const origin = publicOrigin(request, env().APP_URL);
    return json(await createOrder({ ...body, userId, origin, locale }), 201);
  },
);
