import { idParams } from "@/lib/http/params";
import { json, route } from "@/lib/http/route";
import { editByteRate } from "@/lib/tracks/limits";
import { maxEditBytes } from "@/lib/tracks/schema";
import { sendEdits } from "@/lib/tracks/sending";
import { sendEditsInput } from "@/lib/tracks/sync-schema";

/** Ten requests a second over several tabs: an editor sends one at a time. */
const rate = { limit: 600, windowMs: 60_000 };

export const POST = route(
  {
    auth: "studio",
    params: idParams,
    body: sendEditsInput,
    rate,
    // A repair of a whole track is longer than other bodies may be.
    longBody: { maxBytes: maxEditBytes, inAll: editByteRate },
  },
  async ({ principal, params, body }) =>
    json(await sendEdits({ actorId: principal.userId, trackId: params.id, input: body })),
);
