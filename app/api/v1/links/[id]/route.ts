import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { revokeLink } from "@/lib/sharing/links";

export const DELETE = route(
  { auth: "session", params: idParams },
  async ({ principal, params }) => {
    await revokeLink({ userId: principal.userId, linkId: params.id });
    return new Response(null, { status: 204 });
  },
);
