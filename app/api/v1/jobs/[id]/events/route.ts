import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { lastEventId } from "@/lib/http/server-sent-events";
import { sessionStream } from "@/lib/http/session-stream";
import { jobFrames } from "@/lib/jobs/stream";

export const GET = route(
  { auth: "studio", params: idParams },
  async ({ request, principal, params }) => {
    const own = { ownerId: principal.userId, jobId: params.id, after: lastEventId(request) };
    const frames = (signal: AbortSignal) => jobFrames({ ...own, signal });
    return sessionStream({ request, principal, frames });
  },
);
