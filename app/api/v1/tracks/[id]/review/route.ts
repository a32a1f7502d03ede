import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { setReviewInput } from "@/lib/reviews/schema";
import { setReview } from "@/lib/reviews/service";

export const PUT = route(
  {
    auth: "studio",
    params: idParams,
    body: setReviewInput,
    rate: { limit: 300, windowMs: 3_600_000 },
  },
  async ({ principal, params, body }) => {
    const which = { userId: principal.userId, trackId: params.id };
    return json({ review: await setReview({ ...which, ...body }) });
  },
);
