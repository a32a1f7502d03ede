import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { notePresence } from "@/lib/tracks/presence";
import { presenceInput } from "@/lib/tracks/sync-schema";

/** Every step from cue to cue says where the person is now, in each of their tabs. */
const rate = { limit: 600, windowMs: 60_000 };

export const POST = route(
  { auth: "studio", params: idParams, body: presenceInput, rate },
  async ({ principal, params, body }) => {
    await notePresence({ userId: principal.userId, trackId: params.id, input: body });
    return new Response(null, { status: 204 });
  },
);
