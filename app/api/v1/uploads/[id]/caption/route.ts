import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { orderCaption, withdrawCaption } from "@/lib/videos/caption-orders";
import { orderCaptionInput } from "@/lib/videos/schema";
import { getUpload } from "@/lib/videos/uploads";

export const PUT = route(
  {
    auth: "studio",
    params: idParams,
    body: orderCaptionInput,
    rate: { limit: 600, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, uploadId: params.id };
    const job = await orderCaption({ ...own, input: body });
    return json({ upload: await getUpload(own), job });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  const own = { ownerId: principal.userId, uploadId: params.id };
  await withdrawCaption(own);
  return json({ upload: await getUpload(own) });
});
