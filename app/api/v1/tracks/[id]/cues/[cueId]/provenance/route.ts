import { json, route } from "@/lib/http/route";
import { cueParams } from "@/lib/tracks/schema";
import { cueHistory } from "@/lib/tracks/versions";

export const GET = route(
  { auth: "studio", params: cueParams },
  async ({ principal, params: { id, cueId } }) =>
    json(await cueHistory({ userId: principal.userId, trackId: id, cueId })),
);
