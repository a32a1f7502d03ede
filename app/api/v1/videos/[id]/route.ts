import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { deleteVideo, getVideo } from "@/lib/videos/overview";
import { renameVideoInput } from "@/lib/videos/schema";
import { renameVideo } from "@/lib/videos/service";
import { viewVideo } from "@/lib/videos/viewing";

export const GET = route({ auth: "studio", params: idParams }, async ({ principal, params }) =>
  json({ video: await viewVideo({ userId: principal.userId, videoId: params.id }) }),
);

export const PATCH = route(
  { auth: "studio", params: idParams, body: renameVideoInput },
  async ({ principal, params, body }) => {
    const own = { ownerId: principal.userId, videoId: params.id };
    await renameVideo({ ...own, title: body.title });
    return json({ video: await getVideo(own) });
  },
);

export const DELETE = route({ auth: "studio", params: idParams }, async ({ principal, params }) => {
  await deleteVideo({ ownerId: principal.userId, videoId: params.id });
  return new Response(null, { status: 204 });
});
