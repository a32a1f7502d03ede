import { json, route } from "@/lib/http/route";
import { listVideos } from "@/lib/videos/overview";
import { listVideosQuery } from "@/lib/videos/schema";
import { listSharedVideos } from "@/lib/videos/viewing";

export const GET = route(
  { auth: "studio", query: listVideosQuery },
  async ({ principal: { userId }, query }) =>
    json(
      query.of === "shared"
        ? await listSharedVideos({ userId, query })
        : await listVideos({ ownerId: userId, query }),
    ),
);
