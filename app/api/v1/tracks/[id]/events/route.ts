import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { lastEventId } from "@/lib/http/server-sent-events";
import { sessionStream } from "@/lib/http/session-stream";
import { trackFrames } from "@/lib/tracks/stream";
import { eventsQuery } from "@/lib/tracks/sync-schema";

export const GET = route(
  { auth: "studio", params: idParams, query: eventsQuery },
  async ({ request, principal, params, query }) => {
    const after = lastEventId(request) ?? query.after;
    const own = { userId: principal.userId, trackId: params.id, after };
    const frames = (signal: AbortSignal) => trackFrames({ ...own, signal });
    return sessionStream({ request, principal, frames });
  },
);
