import { idParams } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { lastEventId, serverSentEvents } from "@/lib/http/server-sent-events";
import { jobFrames } from "@/lib/jobs/stream";

export const GET = route(
  { auth: "session", params: idParams },
  async ({ request, principal, params }) => {
    const own = { ownerId: principal.userId, jobId: params.id };
    const { signal } = request;
    const frames = await jobFrames({ ...own, after: lastEventId(request), signal });
    return serverSentEvents(frames, signal);
  },
);
