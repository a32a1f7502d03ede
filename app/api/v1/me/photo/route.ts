import { removePhoto, servePhoto, storePhoto } from "@/lib/accounts/photo";
import { withPhotoForm } from "@/lib/accounts/photo-form";
import { json, route } from "@/lib/http/route";

const answer = route({ auth: "session", file: true }, ({ request, principal }) =>
  servePhoto({ request, userId: principal.userId }),
);

export const GET = answer;
export const HEAD = answer;

export const PUT = route(
  { auth: "session", rate: { limit: 60, windowMs: 3_600_000 } },
  async ({ request, principal }) => {
    const { userId } = principal;
    const account = await withPhotoForm(request, (form) => storePhoto({ userId, ...form }));
    return json({ account });
  },
);

export const DELETE = route({ auth: "session" }, async ({ principal }) =>
  json({ account: await removePhoto(principal.userId) }),
);
