import { creditsEventsQuery } from "@/lib/credits/schema";
import { creditsFrames } from "@/lib/credits/stream";
import { route } from "@/lib/http/route";
import { sessionStream } from "@/lib/http/session-stream";

export const GET = route(
  { auth: "studio", query: creditsEventsQuery },
  async ({ request, principal, query }) => {
    const sinceMs = query.since === undefined ? undefined : Date.parse(query.since);
    const own = { ownerId: principal.userId, sinceMs };
    const frames = async (signal: AbortSignal) => creditsFrames({ ...own, signal });
    return sessionStream({ request, principal, frames });
  },
);
