import { json, route } from "@/lib/http/route";
import { listVideos } from "@/lib/videos/overview";
import { listVideosQuery } from "@/lib/videos/schema";

export const GET = route({ auth: "studio", query: listVideosQuery }, async ({ principal, query }) =>
  json(await listVideos({ ownerId: principal.userId, query })),
);
