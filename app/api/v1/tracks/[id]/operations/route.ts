import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { editTrackInput } from "@/lib/tracks/schema";
import { editTrack } from "@/lib/tracks/service";

export const POST = route(
  { auth: "studio", params: idParams, body: editTrackInput },
  async ({ principal, params, body }) =>
    json(await editTrack({ ownerId: principal.userId, trackId: params.id, edit: body })),
);
