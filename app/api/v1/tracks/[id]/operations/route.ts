import { readJson } from "@/lib/http/json-body";
import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { editTrackInput, maxEditBytes } from "@/lib/tracks/schema";
import { editTrack } from "@/lib/tracks/service";

export const POST = route(
  { auth: "studio", params: idParams },
  async ({ request, principal, params }) => {
    // A repair of a whole track is longer than other bodies may be.
    const edit = editTrackInput.parse(await readJson(request, maxEditBytes));
    return json(await editTrack({ ownerId: principal.userId, trackId: params.id, edit }));
  },
);
